"""The pages of a class: for a phone, for the board, and to type the code. They hold words, and nothing of the room."""

from __future__ import annotations

import hashlib
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from course.i18n import HTML_LANG, LANGUAGES, NAMES, translator
from course.manifest import syllabus
from course.markup import held
from course.paths import PACKAGE
from course.server.class_words import BOARD, PHONE
from course.server.home import PAGE
from course.ui.assets import Asset
from course.ui.bundle import joined

FOLDER = PAGE / "class"
SCRIPTS = {"phone": "server/page/class/phone.js", "board": "server/page/class/board.js"}
CSS = "text/css; charset=utf-8"


def phone(language: str, code: str) -> str:
    """Return the page of a phone: it asks the question, in either language."""
    return _page("phone", language, PHONE, code=code)


def board(language: str, code: str) -> str:
    """Return the page of the board."""
    return _page("board", language, BOARD, code=code)


def entry(language: str, *, wrong: bool) -> str:
    """Return the page that asks for the code; `wrong` where one was given that leads nowhere."""
    return _page("entry", language, {}, wrong=wrong)


def _page(name: str, language: str, words: dict[str, str], **about: object) -> str:
    texts = {one: {key: translator(one)(text) for key, text in words.items()} for one in LANGUAGES}
    known = {"language": language, "words": texts, "tags": HTML_LANG, **about}
    return (
        _templates()
        .get_template(f"{name}.html.j2")
        .render(
            _=translator(language),
            language=language,
            html_lang=HTML_LANG[language],
            languages=[(code, NAMES[code], HTML_LANG[code]) for code in LANGUAGES],
            course=syllabus().title[language],
            files={stem: f"class/{file}" for stem, (file, _asset) in _named().items()},
            known=held(known),
            **about,
        )
    )


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


@cache
def _named() -> dict[str, tuple[str, Asset]]:
    ui = PACKAGE / "ui"
    styles = [ui / "page" / "theme.css", ui / "drawing" / "drawing.css", *sorted(FOLDER.glob("*.css"))]
    texts = {stem: (joined(PACKAGE, path), "js", Asset(b"").content_type) for stem, path in SCRIPTS.items()}
    texts["theme"] = ((PAGE / "home.js").read_text(encoding="utf-8"), "js", Asset(b"").content_type)
    texts["styles"] = ("\n".join(path.read_text(encoding="utf-8") for path in styles), "css", CSS)
    found = {}
    for stem, (text, suffix, kind) in texts.items():
        body = text.encode()
        found[stem] = (f"{stem}-{hashlib.sha256(body).hexdigest()[:16]}.{suffix}", Asset(body, kind))
    return found


def assets() -> dict[str, Asset]:
    """Return the scripts and styles of these pages by file name."""
    return dict(_named().values())
