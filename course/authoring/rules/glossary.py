"""Every text keeps to the course's terms, `lessons/glossary.toml`, and writes percentages without a space."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from course.authoring.findings import Finding
from course.authoring.repo import Repo
from course.authoring.rules import of_house, of_module
from course.glossary import FILE, Glossary, GlossaryError, read_all
from course.i18n import LANGUAGES
from course.i18n import gettext as _
from course.manifest import MANIFEST, Module

DOCUMENTS = ("README", "CONTRIBUTING", "CHANGELOG", "course/grading/GUIDE", "datasets/README")
# A list of references quotes titles as their authors wrote them
QUOTED = "references"
SPACED = re.compile(r"\d[ \u00a0]%")


class Passage(NamedTuple):
    """A piece of text that readers see, with its file, place and language."""

    path: Path
    place: str
    language: str
    text: str


class Avoided(NamedTuple):
    """A word that is not used in a language, how to find it, and what to write instead; `seen` where all is small."""

    word: str
    seen: str
    language: str
    pattern: re.Pattern[str]
    cure: str


@of_module
def texts_of_modules_keep_to_the_terms(repo: Repo, module: Module) -> Iterator[Finding]:
    """Lessons, assignments, teacher's notes, questions and words of a module."""
    yield from _unkept(repo, _of_module(repo, module))


@of_house
def texts_of_the_house_keep_to_the_terms(repo: Repo) -> Iterator[Finding]:
    """Manifest, documents and catalogues."""
    yield from _unkept(repo, _of_house(repo))


@of_module
def terms_are_explained_before_a_bet(repo: Repo, module: Module) -> Iterator[Finding]:
    """A bet explains those terms of its words that no module before has taught."""
    from course.references import ReferencesError
    from course.simulations.reading import read as read_words
    from course.simulations.words import WordsError

    try:
        words, terms = read_words(repo.words(module)), read_all(repo.at(FILE)).terms
    except (WordsError, ReferencesError, GlossaryError):
        return  # said elsewhere
    new = [term for term in terms if term.module >= module.number]
    labels = {metric.key: metric.label for metric in words.metrics}
    for bet in words.bets:
        shown = [bet.question, *([bet.path.x, bet.path.y] if bet.path else [labels.get(bet.metric, bet.question)])]
        for language, term in ((language, term) for term in new for language in LANGUAGES):
            name = term.name[language]
            said = any(name.lower() in text[language].lower() for text in shown)
            if said and term.name not in [one.name for one in bet.terms]:
                problem = _("It asks about “{term}”, which no module before explains.").format(term=name)
                cure = _('Explain it above the question: glossary = ["{key}"].').format(key=term.key)
                yield Finding(repo.name(repo.words(module)), f"bet {bet.key}", problem, cure)
                break


@of_house
def terms_name_a_module(repo: Repo) -> Iterator[Finding]:
    """The glossary can be read, and each of its terms names a module of the manifest."""
    path = repo.at(FILE)
    try:
        terms = read_all(path).terms
    except GlossaryError as error:
        yield Finding(repo.name(path), "", str(error), _("Correct the entry."))
        return
    known = [module.number for module in repo.syllabus.modules]
    for term in terms:
        if term.module not in known:
            problem = _("There is no module {module!r}.").format(module=term.module)
            yield Finding(
                repo.name(path), term.key, problem, _("Choose one of: {known}.").format(known=", ".join(known))
            )


def _unkept(repo: Repo, passages: Iterable[Passage]) -> Iterator[Finding]:
    try:
        avoided = _avoided(read_all(repo.at(FILE)))
    except GlossaryError:
        return
    for passage in passages:
        text = passage.text.lower()
        for one in avoided[passage.language]:
            # the pattern is asked where the word stands: a text has few of them, and there are a hundred
            if one.seen in text and one.pattern.search(passage.text):
                problem = _("The course does not say “{word}”.").format(word=one.word)
                yield Finding(repo.name(passage.path), passage.place, problem, one.cure)
        if found := SPACED.search(passage.text):
            problem = _("There is a space before the sign: {text}").format(text=found[0])
            yield Finding(
                repo.name(passage.path), passage.place, problem, _("Write {text}.").format(text=found[0][0] + "%")
            )


def _avoided(glossary: Glossary) -> dict[str, list[Avoided]]:
    """Return the words that are not used, by language."""
    words = []
    for term in glossary.terms:
        for language in LANGUAGES:
            cure = _("Write “{term}”, as {file} has it.").format(term=term.name[language], file=f"lessons/{FILE.name}")
            allowed = term.allowed[language]
            words += [
                Avoided(word, word.lower(), language, _pattern(word, allowed), cure) for word in term.avoid[language]
            ]
    for phrase in glossary.phrases:
        cure = _("Say instead: {say}").format(say=phrase.say)
        words += [Avoided(word, word.lower(), phrase.language, _pattern(word, ()), cure) for word in phrase.avoid]
    return {language: [one for one in words if one.language == language] for language in LANGUAGES}


def _pattern(word: str, allowed: Iterable[str]) -> re.Pattern[str]:
    """Find `word` as a whole word, in any case, and not as a part of one of the phrases in `allowed`."""
    around = [phrase.partition(word) for phrase in allowed if word in phrase]
    spared = "".join(rf"(?!(?<={re.escape(before + word)}){re.escape(after)})" for before, _word, after in around)
    left, right = (r"\b" if edge.isascii() and edge.isalpha() else "" for edge in (word[0], word[-1]))
    return re.compile(f"{left}{re.escape(word)}{right}{spared}", re.IGNORECASE)


def _of_module(repo: Repo, module: Module) -> Iterator[Passage]:
    for language in LANGUAGES:
        for path in (repo.lesson(module, language), repo.solution(module, language)):
            for cell in repo.cells(path):
                if cell.kind == "markdown" and cell.id != QUOTED:
                    yield Passage(path, cell.id, language, cell.source)
    for language in LANGUAGES:
        yield from _in_lines(repo.at(module.folder) / f"teaching.{language}.md", language)
    for path in (repo.questions(module), repo.words(module), repo.dialogue(module)):
        yield from _in_toml(path)


def _of_house(repo: Repo) -> Iterator[Passage]:
    yield from _in_toml(repo.at(MANIFEST))
    for name in DOCUMENTS:
        for language, ending in (("en", ".md"), ("zh", ".zh.md")):
            yield from _in_lines(repo.root / f"{name}{ending}", language)
    for path in sorted((repo.root / "course" / "i18n" / "zh").glob("*.po")):
        yield from _in_catalogue(path)


def _in_lines(path: Path, language: str) -> Iterator[Passage]:
    if not path.is_file():
        return
    place = _("line {number}")
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        yield Passage(path, place.format(number=number), language, line)


def _in_catalogue(path: Path) -> Iterator[Passage]:
    language = "en"
    for passage in _in_lines(path, "en"):
        language = {"msgid": "en", "msgstr": "zh"}.get(re.split(r"[ _\[]", passage.text)[0], language)
        if not passage.text.startswith("#"):
            yield passage._replace(language=language)


def _in_toml(path: Path) -> Iterator[Passage]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return
    yield from _inside(path, content, ())


def _inside(path: Path, value: Any, place: tuple[str, ...]) -> Iterator[Passage]:
    match value:
        case dict():
            for key, inner in value.items():
                yield from _inside(path, inner, (*place, key))
        case list():
            for number, inner in enumerate(value, 1):
                name = inner.get("key") or inner.get("id") if isinstance(inner, dict) else ""
                yield from _inside(path, inner, (*place, str(name or number)))
        case str() if place and place[-1] in LANGUAGES:
            yield Passage(path, ".".join(place[:-1]), place[-1], value)
