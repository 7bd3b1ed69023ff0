"""A module's calls to take part in can be read, and every line of a caller is heard in some call."""

from __future__ import annotations

from collections.abc import Iterator

from course.authoring.findings import Finding
from course.authoring.repo import Repo
from course.authoring.rules import of_module
from course.i18n import gettext as _
from course.manifest import Module


@of_module
def dialogues_can_be_read(repo: Repo, module: Module) -> Iterator[Finding]:
    """The file is what `course.ui.dialogue` reads; endings and lines that no way leads to are named."""
    from course.ui.dialogue.script import OVER, DialogueError, read
    from course.ui.dialogue.ways import level_of, ways

    path = repo.dialogue(module)
    if not path.is_file():
        return
    file = repo.name(path)
    try:
        script = read(path)
    except DialogueError as error:
        problem = str(error).removeprefix(file).lstrip(":： ")
        yield Finding(file, "", problem, _("Mend this entry, then check again: the first fault hides those after it."))
        return
    for call in script.calls:
        met = {(call.ending(way.caller.anger).key, OVER) if way.scene == OVER else (way.scene, level_of(way.caller.anger))
               for way in ways(call)}  # fmt: skip
        written = {(ending.key, OVER) for ending in call.endings}
        written |= {(name, level) for name, scene in call.scenes.items() for level in scene.says}
        for name, part in sorted(written - met):
            problem = _("Nobody meets {name} ({part}).").format(name=name, part=part)
            yield Finding(file, call.key, problem, _("Take it out, or change the numbers so that a way leads there."))
        for name, part in sorted(met - written):
            problem = _("The caller of {name} may be {part} and has no words for it.").format(name=name, part=part)
            yield Finding(file, call.key, problem, _("Write them under says.{part}.").format(part=part))
