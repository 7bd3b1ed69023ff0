"""The desk's page, as one file of HTML: words, styles and script are in it, answers are fetched."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from course.grading.desk.page.words import WORDS
from course.grading.desk.rubric import LONGEST_COMMENT, LONGEST_ITEM, MOST_ITEMS
from course.i18n import HTML_LANG, LANGUAGES, NAMES, translator
from course.manifest import syllabus
from course.markup import held
from course.paths import PACKAGE
from course.ui.bundle import joined

HERE = Path(__file__).parent
ENTRY = "grading/desk/page/desk.js"
LIMITS = {"items": MOST_ITEMS, "item": LONGEST_ITEM, "comment": LONGEST_COMMENT}


def render(language: str, **about: Any) -> str:
    """Return the page in `language`; `about` is what its script needs to know besides: addresses, the question."""
    _ = translator(language)
    words = {key: _(text) for key, text in WORDS.items()}
    editions = [{"code": code, "name": NAMES[code], "tag": HTML_LANG[code]} for code in LANGUAGES]
    known = {"words": words, "language": language, "languages": editions, "limits": LIMITS, **about}
    return (
        _template()
        .get_template("desk.html.j2")
        .render(
            _=_,
            words=words,
            limits=LIMITS,
            html_lang=HTML_LANG[language],
            language=language,
            languages=[(code, NAMES[code], HTML_LANG[code]) for code in LANGUAGES],
            course=syllabus().title[language],
            known=held(known),
            **about,
        )
    )


@cache
def _template() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    styles = (PACKAGE / "ui" / "page" / "theme.css", HERE / "desk.css")
    environment.globals.update(
        styles=Markup("\n".join(path.read_text(encoding="utf-8") for path in styles)),
        script=Markup(joined(PACKAGE, ENTRY)),
    )
    return environment
