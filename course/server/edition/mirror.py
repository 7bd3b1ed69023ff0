"""A page of the server as a file: every address in it becomes the way to another file, or to nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from html import escape, unescape
from posixpath import relpath
from urllib.parse import parse_qs, urljoin, urlsplit

from course.i18n import match_language
from course.study.titles import TITLES

# The browser itself refuses whatever a page might ask of another host; from a folder, `file:` is what is the page's own
POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "script-src 'self' file: 'unsafe-inline' 'unsafe-eval'",
        "connect-src 'self'",
        "worker-src 'self'",
        "img-src data: blob:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
)
_HREF = re.compile(r'\s(?P<name>href|data-narrow)="(?P<address>[^"]*)"')
_PRELOAD = re.compile(r'<link rel="modulepreload"[^>]*>\n?')
_MODULE = re.compile(r'<script type="module" src="[^"]*/(?P<name>[\w.-]+)"></script>')
_IMPORT = re.compile(r'import (?P<names>\{[^}]*\}) from "[^"]*/(?P<name>[\w.-]+)";')
_PLACE = re.compile(r"/course/(?P<kind>read|explore)/(?P<module>[\w-]+)")


class AddressError(ValueError):
    """An address in a page that no file stands for: a slip of ours."""


def place(address: str, language: str) -> str:
    """Return the file, fragment and all, that an address of the server stands for. `AddressError` where there is none.

    >>> place("/course/read/m01-gap?lang=zh#s2", "en"), place("/course/", "en"), place("/course/terms#nps", "en")
    ('zh/read/m01-gap.html#s2', 'en/index.html', 'en/terms.html#nps')
    """
    parts = urlsplit(address)
    asked = match_language(parse_qs(parts.query).get("lang", [""])[0]) or language
    end = f"#{parts.fragment}" if parts.fragment else ""
    if parts.path == "/course/":
        return f"{asked}/index.html{end}"
    if parts.path.removeprefix("/course/") in TITLES:
        return f"{asked}/{parts.path.removeprefix('/course/')}.html{end}"
    if found := _PLACE.fullmatch(parts.path):
        # a dashboard speaks the language that its address asks for
        query = f"?lang={asked}" if found["kind"] == "explore" else ""
        return f"{asked}/{found['kind']}/{found['module']}.html{query}{end}"
    raise AddressError(address)


def file_of(address: str, language: str) -> str:
    """Return the file that an address of the server stands for, without what is asked of it."""
    return re.split(r"[?#]", place(address, language))[0]


def mirrored(html: str, address: str, language: str, files: Collection[str], head: Callable[[str], str]) -> str:
    """Return the page that a server has at `address` as it stands in its file.

    What leads to no file of the edition (`files`) leads nowhere. `head(root)` is put early into the page's head; `root` is
    the way from the page to the edition's folder.
    """
    folder = file_of(address, language).rpartition("/")[0]

    def lead(found: re.Match[str]) -> str:
        target = unescape(found["address"])
        if target.startswith(("#", "data:", "http://", "https://")):
            return found[0]
        if found["name"] == "data-narrow":
            return ""
        wanted = urljoin(address, target)
        if file_of(wanted, language) not in files:
            return ""
        return f' href="{escape(relpath(place(wanted, language), folder))}"'

    root = f"{relpath('.', folder)}/"
    html = _PRELOAD.sub("", html)
    html = _MODULE.sub(lambda found: f'<script defer src="{root}files/{found["name"]}"></script>', html)
    html = _IMPORT.sub(lambda found: f'const {found["names"]} = await __course.load(null, "{found["name"]}");', html)
    html = _HREF.sub(lead, html)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">\n'
    charset = '<meta charset="utf-8">\n'
    return html.replace(charset, f"{charset}{meta}{head(root)}", 1)


def pages(modules: Collection[tuple[str, bool]], languages: Collection[str]) -> set[str]:
    """Return the files of the pages of an edition: its modules are given by id, and whether each has a dashboard."""
    found = {f"{language}/{name}.html" for language in languages for name in ("index", *TITLES)}
    for language in languages:
        found |= {f"{language}/read/{module}.html" for module, _simulated in modules}
        found |= {f"{language}/explore/{module}.html" for module, simulated in modules if simulated}
    return found
