"""Faults of the house: the manifest, shared tables, catalogues and data."""

from __future__ import annotations

from tests.authoring.faults.planting import (
    HOUSE_CATALOGUE,
    ID,
    MANIFEST,
    Fault,
    text,
)

FAULTS = {
    "another word for a term, in the manifest": Fault(
        text(MANIFEST, "没什么可看", "没有客户"), MANIFEST, "module.m99-small-module.summary", "“客户”", "顾客"
    ),
    "another word for a term, in a catalogue": Fault(
        text(HOUSE_CATALOGUE, "", 'msgid "x"\nmsgstr "看板"\n'), HOUSE_CATALOGUE, "line 2", "“看板”", "仪表板"
    ),
    "a term of no module": Fault(
        text("lessons/glossary.toml", 'module = "m10"', 'module = "m77"'),
        "lessons/glossary.toml", "table-turnover", "no module 'm77'", "Choose one of: m00",
    ),
    "glossary broken": Fault(
        text("lessons/glossary.toml", 'key = "customer"', 'kay = "customer"'),
        "lessons/glossary.toml", "", "key is missing", "Correct the entry",
    ),
    "script asks another host": Fault(
        text("course/ui/page/page.js", "", 'fetch("https://api.example.org/v1");\n'),
        "course/ui/page/page.js", "line 1", "api.example.org", "Keep a copy",
    ),
    "style asks another host": Fault(
        text("course/ui/page/theme.css", "", "@import url('//fonts.example.org/a.css');\n"),
        "course/ui/page/theme.css", "line 1", "fonts.example.org", "Keep a copy",
    ),
    "Python asks another host": Fault(
        text("course/theory/prospect.py", "", 'import urllib\n\nurllib.urlopen("https://api.example.org")\n'),
        "course/theory/prospect.py", "line 3", "api.example.org", "Keep a copy",
    ),
    "page embeds from another host": Fault(
        text("course/theory/prospect.py", "", 'PAGE = "<link rel=stylesheet href=https://cdn.example.org/a.css>"\n'),
        "course/theory/prospect.py", "line 1", "cdn.example.org", "Keep a copy",
    ),
    "dead link in the README": Fault(
        lambda root: (root / "README.md").write_text("# Course\n\nSee [this](docs/none.md).\n", encoding="utf-8"),
        "README.md", "line 3", "docs/none.md leads nowhere", "relative to",
    ),
    "Chinese README with a half-width comma": Fault(
        lambda root: (root / "README.zh.md").write_text("# 课程\n\n先读,再做\n", encoding="utf-8"),
        "README.zh.md", "line 3", "先读,再做", "先读，再做",
    ),
    "half-width comma in the manifest": Fault(
        text(MANIFEST, "没什么可看", "没什么可看,真的"), MANIFEST, "line ", "没什么可看,真的", "没什么可看，真的"
    ),
    "package string without Chinese": Fault(
        text("course/paths.py", "", 'from course.i18n import N_\nNAME = N_("Somewhere over there")\n'),
        "course/paths.py", "line 2", "Somewhere over there", "course/i18n/zh/",
    ),
    "page string without Chinese": Fault(
        text("course/server/page/home.html.j2", "", "<p>{{ _('Nowhere to go') }}</p>\n"),
        "course/server/page/home.html.j2",
        "line 1",
        "Nowhere to go",
        "course/i18n/zh/",
    ),
    "script string without Chinese": Fault(
        text("course/ui/page/page.js", "", 'const nowhere = _("Nowhere to go");\n'),
        "course/ui/page/page.js",
        "line 1",
        "Nowhere to go",
        "course/i18n/zh/",
    ),
    "one of two strings without Chinese": Fault(
        text("course/paths.py", "", '_("Reset" if ROOT else "Nowhere to go")\n'),
        "course/paths.py",
        "line 1",
        "Nowhere to go",
        "course/i18n/zh/",
    ),
    "theory without a source": Fault(
        text("course/theory/prospect.py", 'SOURCES = ("tversky', 'BOOKS = ("tversky'),
        "course/theory/prospect.py", "", "names no source", "kalman-1960",
    ),
    "theory with an unknown source": Fault(
        text("course/theory/prospect.py", '"tversky-kahneman-1992"', '"someone-1900"'),
        "course/theory/prospect.py", "line ", "no reference 'someone-1900'", "correct the key",
    ),
    "references broken": Fault(
        text("lessons/references.toml", 'short = "Kalman (1960)"\n', ""),
        "lessons/references.toml", "", "reference kalman-1960: short is missing", "Mend this entry",
    ),
    "string nobody shows": Fault(
        lambda root: (root / HOUSE_CATALOGUE).open("a", encoding="utf-8").write('\nmsgid "Gone"\nmsgstr "没了"\n'),
        HOUSE_CATALOGUE, "line ", "Nothing shows this string: Gone", "Take the entry out",
    ),
    "placeholder lost": Fault(
        text(HOUSE_CATALOGUE, "{file}：{place}：{problem}", "{file}：{place}"),
        HOUSE_CATALOGUE, "line ", "Other placeholders than in English", "{problem}",
    ),
    "string without msgstr": Fault(
        text(HOUSE_CATALOGUE, 'msgstr "文件开头"', 'msgstr ""'),
        HOUSE_CATALOGUE, "line ", "has no Chinese", "Write the msgstr",
    ),
    "two translations": Fault(
        lambda root: (root / "course/i18n/zh/zz_more.po").write_text(
            'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
            'msgid "top of the file"\nmsgstr "某个开头"\n',
            encoding="utf-8",
        ),
        "course/i18n/zh/zz_more.po", "line 5", "quiz.po has another Chinese", "Keep one",
    ),
    "catalogue broken": Fault(
        text(HOUSE_CATALOGUE, 'msgid "top of', 'mgsid "top of'), HOUSE_CATALOGUE, "", "cannot be read", "Correct the line"
    ),
    "module twice": Fault(
        text(MANIFEST, 'id = "m99-small-module"', 'id = "m01-small-module"'),
        MANIFEST, "m01", "occurs 2 times", "Renumber",
    ),
    "objective twice": Fault(
        text(MANIFEST, 'id = "third"', 'id = "second"'), MANIFEST, f"{ID}, second", "occurs 2 times", "of its own"
    ),
    "id of another form": Fault(
        text(MANIFEST, 'id = "m99-small-module"', 'id = "m99_small_module"'),
        MANIFEST,
        "m99_small_module",
        "not of the form",
        "joined by hyphens",
    ),
    "module in no part": Fault(
        text(MANIFEST, 'id = "m99-small-module"\npart = "theory"', 'id = "m99-small-module"\npart = "practice"'),
        MANIFEST, ID, "no part 'practice'", "theory, cases",
    ),
}  # fmt: skip
