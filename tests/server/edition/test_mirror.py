"""Pages of a server as files: every address leads to a file or nowhere."""

from __future__ import annotations

import pytest

from course.server.edition.mirror import AddressError, mirrored, pages, place
from course.server.edition.scripts import plain, scripts

FILES = pages([("m01-gap", True), ("m00-python", False)], ("en", "zh"))
PAGE = """<!DOCTYPE html>
<head>
<meta charset="utf-8">
<link rel="modulepreload" href="/course/static/ui-1.js">
</head>
<a href="?lang=zh">中文</a>
<a href="/course/" data-narrow="/course/notebooks/x">Home</a>
<a href="/course/terms?lang=en#nps">NPS</a>
<a href="m00-python?lang=en">Next</a>
<a href="/course/explore/m01-gap?lang=en">Explore</a>
<a href="/course/explore/m02-far?lang=en">elsewhere</a>
<a href="#s1">here</a> <a href="https://doi.org/1">paper</a>
<script type="module" src="/course/static/reader-1.js"></script>
<script type="module">
  import { mount } from "/course/static/ui-1.js";
</script>
"""


def test_every_address_becomes_the_way_to_a_file() -> None:
    html = mirrored(PAGE, "/course/read/m01-gap", "en", FILES, lambda root: f"<!--{root}-->")
    for line in (
        '<a href="../../zh/read/m01-gap.html">中文</a>',
        '<a href="../index.html">Home</a>',
        '<a href="../terms.html#nps">NPS</a>',
        '<a href="m00-python.html">Next</a>',
        '<a href="../explore/m01-gap.html?lang=en">Explore</a>',
        "<a>elsewhere</a>",
        '<a href="#s1">here</a> <a href="https://doi.org/1">paper</a>',
        '<script defer src="../../files/reader-1.js"></script>',
        'const { mount } = await __course.load(null, "ui-1.js");',
        "<!--../../-->",
    ):
        assert line in html
    assert "modulepreload" not in html
    assert html.index("<meta charset") < html.index("Content-Security-Policy") < html.index("<!--")


def test_an_address_that_no_file_stands_for_is_an_error() -> None:
    with pytest.raises(AddressError):
        place("/course/copy", "en")


def test_scripts_are_no_modules() -> None:
    found = scripts()
    assert {name.split("-")[0] for name in found} == {"ui", "vega", "reader", "dialogue", "gaps"}
    for name, body in found.items():
        text = body.decode()
        assert f'__course.arrive("{name}"' in text
        assert "\nexport " not in text
        assert "\nimport " not in text
    with pytest.raises(ValueError, match=r"a\.js"):
        plain("a.js", "export default 1;\n")
