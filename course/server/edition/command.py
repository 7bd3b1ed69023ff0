"""`course static`: says what will be recorded, records it, and writes the pages."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import click
from jupyter_core.paths import jupyter_runtime_dir

from course.i18n import LANGUAGES, current_language, gettext
from course.manifest import ManifestError, Module, syllabus
from course.reader.record import Record
from course.reader.running import Outputs, RunError
from course.runs.recording import around, common, thinned
from course.runs.version import version
from course.server.edition.folder import FolderError, check, filled
from course.server.edition.pages import Edition, edition_script, keeper, pages
from course.server.edition.recordings import Recorded, Recorder, RecordingError
from course.server.edition.scripts import scripts
from course.simulations import simulation_class

MEGABYTE = 1_000_000


@click.command("static", help=gettext("Write the course as files, for any host of files, a USB stick or a folder."))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--module", "wanted", multiple=True, help=gettext("Only this module, such as m02; may be given again."))
@click.option(
    "--language", "languages", type=click.Choice(LANGUAGES), multiple=True, help=gettext("Only en, or only zh.")
)
def command(folder: Path, wanted: tuple[str, ...], languages: tuple[str, ...]) -> None:
    """Write an edition into `folder`."""
    chosen = [*dict.fromkeys(_module(name).id for name in wanted)] or [module.id for module in syllabus().ready]
    modules = tuple(module for module in syllabus().modules if module.id in chosen)
    try:
        check(folder)
        for line in _said_before(modules):
            click.echo(line)
        with filled(folder) as fresh:
            started = time.monotonic()
            runs = asyncio.run(_write(fresh, modules, tuple(dict.fromkeys(languages)) or LANGUAGES))
            size = sum(path.stat().st_size for path in fresh.rglob("*") if path.is_file())
    except FolderError as error:
        raise click.ClickException(error.message.say(current_language())) from error
    except RunError as error:
        message = gettext("The code of this lesson could not be run here: {why}")
        raise click.ClickException(message.format(why=error)) from error
    except RecordingError as error:
        message = gettext(
            "A run could not be recorded ({why}). Nothing was written; try again when the machine is idle."
        )
        raise click.ClickException(message.format(why=error)) from error
    words = gettext("Written: {file}, {size:.1f} MB with {runs:,} runs, in {seconds:.0f} seconds.")
    said = words.format(file=folder / "index.html", size=size / MEGABYTE, runs=runs, seconds=time.monotonic() - started)
    click.echo(said)


def _module(name: str) -> Module:
    try:
        module = syllabus().module(name)
    except ManifestError as error:
        raise click.ClickException(str(error)) from error
    if not module.ready:
        raise click.ClickException(gettext("{module} is not finished yet.").format(module=module.number))
    return module


def _said_before(modules: tuple[Module, ...]) -> Iterator[str]:
    """Yield what will be recorded and what will not, before it begins."""
    simulated = [module for module in modules if module.simulated]
    count = 0
    coarse = []
    for module in simulated:
        model = simulation_class(module)
        count += len(common(model)) + sum(len([*around(model, preset.key)]) for preset in model.words().presets)
        labels = (f"{model.label(name, current_language())} (1/{far})" for name, far in thinned(model).items())
        coarse += [f"{module.number} {label}" for label in labels]
    yield gettext("Runs that will be recorded: {count:,}.").format(count=count)
    yield gettext(
        "Recorded are the start of each situation, from there each slider alone, what reaches each challenge, and plays "
        "whose levers stay as they are. For other settings the pages show the nearest run and say so. Repeats with other "
        "draws, scorecards and tools for your own files need the course on a computer."
    )
    if coarse:
        yield gettext("Sliders with very many steps, of which a part is recorded: {sliders}.").format(
            sliders=gettext(", ").join(coarse)
        )


async def _write(fresh: Path, modules: tuple[Module, ...], languages: tuple[str, ...]) -> int:
    """Write everything; return how many runs were recorded."""
    files = fresh / "files"
    files.mkdir()
    name, body = edition_script()
    for file, content in {**scripts(), name: body}.items():
        (files / file).write_bytes(content)
    recorder, record = Recorder(), Record(Path(jupyter_runtime_dir()))
    recorded: dict[str, Recorded] = {}
    outputs: dict[tuple[str, str], Outputs] = {}
    try:
        for module in modules:
            for language in languages:
                outputs[module.id, language] = await record.outputs(module, language)
            if module.simulated:
                recorded[module.id] = await recorder.module(module, languages)
            _keep(files, module, recorded.get(module.id))
    finally:
        recorder.close()
    indexes = {key: one.index for key, one in recorded.items()}
    edition = Edition(modules, languages, version(), indexes, outputs)
    for place, html in pages(edition):
        path = fresh / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, encoding="utf-8")
    (fresh / "keep.js").write_text(keeper(edition), encoding="utf-8")
    return sum(one.runs for one in recorded.values())


def _keep(files: Path, module: Module, recorded: Recorded | None) -> None:
    """Write what was recorded of a module, let it go, and say so."""
    found = recorded.files if recorded else {}
    for name, body in found.items():
        (files / name).write_bytes(body)
    size = sum(map(len, found.values())) / MEGABYTE
    click.echo(f"{module.number}: {size:.1f} MB, {recorded.runs if recorded else 0:,}")
    if recorded:
        recorded.files = {}
