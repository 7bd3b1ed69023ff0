"""The report to download: one self-contained page, and tables as CSV that no spreadsheet will run."""

from __future__ import annotations

import csv
import io
import math
import zipfile
from collections.abc import Iterable
from html import escape

from course.i18n import HTML_LANG, Translate, current_language, translator
from course.i18n.message import Message
from course.references import references
from course.survey import drawing
from course.survey.analysis import Findings
from course.survey.bootstrap import MANY
from course.survey.findings import Sentence, sentences
from course.survey.tabulate import Cell, Sheet, tabulate

DIGITS, SHORT = 4, 20
# a spreadsheet takes a cell that begins so for a formula, full-width signs included
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
STYLE = """
:root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--soft:#57606a;--rule:#d0d7de;--mark:#0b5cad;--warn:#9a3412}
@media (prefers-color-scheme:dark){
:root{--ink:#e6edf3;--paper:#0d1117;--soft:#9aa4af;--rule:#30363d;--mark:#6cb6ff;--warn:#ffb088}}
@media print{:root{--ink:#000;--paper:#fff;--soft:#444;--rule:#bbb;--mark:#0b5cad;--warn:#9a3412}
section{break-inside:avoid}thead{display:table-header-group}}
body{margin:0 auto;max-width:46rem;padding:1.5rem;color:var(--ink);background:var(--paper);line-height:1.55;
font-family:system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
h1{font-size:1.6rem;margin:0}h2{font-size:1.15rem;margin:2rem 0 .5rem}p,li{margin:.4rem 0}
.soft,figcaption{color:var(--soft);font-size:.9rem}.caution{color:var(--warn)}
.wide{overflow-x:auto}table{border-collapse:collapse;font-size:.85rem;width:100%}
th,td{border-bottom:1px solid var(--rule);padding:.3rem .45rem;text-align:left;vertical-align:top;word-break:keep-all}
.short{white-space:nowrap}th.number,.number{text-align:right;font-variant-numeric:tabular-nums}
svg{width:100%;height:auto;font-size:13px}svg text{fill:var(--ink)}circle{fill:var(--mark)}.alarm{fill:var(--warn)}
.interval{stroke:var(--mark);stroke-width:3}.axis{stroke:var(--soft);fill:none}.line{stroke:var(--mark);fill:none}
.band{fill:var(--mark);opacity:.25}
.limit{stroke:var(--warn);stroke-dasharray:5 4;fill:none}
"""
SOURCES = (
    "parasuraman-1988",
    "cronin-taylor-1992",
    "cronbach-1951",
    "reichheld-2003",
    "martilla-james-1977",
    "efron-tibshirani-1993",
)


def sources(language: str) -> list[str]:
    """Return where the methods come from, one line of plain text for each."""
    return [references()[key].plain(language) for key in SOURCES]


def about(findings: Findings, _: Translate) -> str:
    """Return what the report rests on: file, customers, scale, intervals."""
    drawn = (
        _(
            "Intervals: bootstrap over customers, {draws} draws, seed {seed}; the net promoter score’s is the normal one."
        )
        if findings.n < MANY
        else _("Intervals: bootstrap over customers, by the limit of endless draws; that of the score is normal.")
    )
    rest = _("File: {name}. Customers: {n}. Scale: {low} to {high}. {intervals}")
    return rest.format(
        name=findings.name,
        n=f"{findings.n:,}",
        low=findings.low,
        high=findings.high,
        intervals=drawn.format(draws=f"{findings.draws:,}", seed=findings.seed),
    )


def report(findings: Findings, language: str | None = None) -> str:
    """Return the report as one HTML page that asks nothing of the network."""
    language = language or current_language()
    _ = translator(language)
    sections = [_section(findings, sheet, _, language) for sheet in tabulate(findings)]
    title = _("What the survey says")
    return page(title, about(findings, _), sentences(findings), sections, findings.absent, sources(language), language)


def page(
    title: str,
    rests_on: str,
    said: Iterable[Sentence],
    sections: Iterable[str],
    absent: Iterable[Message],
    read: Iterable[str],
    language: str,
) -> str:
    """Return a report as one HTML page: `sections` are HTML made by `section`, `read` the sources of the methods."""
    _ = translator(language)
    items = "".join(
        f'<li class="caution"><strong>{escape(_("Caution:"))}</strong> {escape(each.message.say(language))}</li>'
        if each.caution
        else f"<li>{escape(each.message.say(language))}</li>"
        for each in said
    )
    missing = "".join(f"<li>{escape(each.say(language))}</li>" for each in absent)
    parts = [
        f'<h1>{escape(title)}</h1><p class="soft">{escape(rests_on)}</p>',
        f"<section><h2>{escape(_('Findings'))}</h2><ul>{items}</ul></section>",
        *sections,
        f"<section><h2>{escape(_('What this survey cannot say'))}</h2><ul>{missing}</ul></section>" if missing else "",
        f"<section><h2>{escape(_('Sources of the methods'))}</h2>",
        "".join(f'<p class="soft">{escape(source)}</p>' for source in read),
        "</section>",
    ]
    return (
        f'<!DOCTYPE html>\n<html lang="{HTML_LANG[language]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body><main>{''.join(parts)}</main></body></html>\n"
    )


def _section(findings: Findings, sheet: Sheet, _: Translate, language: str) -> str:
    picture, note = "", ""
    if sheet.key == "dimensions":
        picture = drawing.gaps(findings, _, language)
        note = (
            _("Weights: importance as the customers stated it.")
            if findings.weights == "stated"
            else _("Weights: Zeithaml, Parasuraman & Berry (1990).")
        )
    elif sheet.key == "importance" and findings.importance:
        picture = drawing.importance(findings.importance, _, language)
    elif sheet.key == "control-chart" and findings.chart:
        picture = drawing.control(findings.chart, _)
        note = findings.chart.why.say(language)
    return section(sheet, language, picture, note)


def section(sheet: Sheet, language: str, picture: str = "", note: str = "") -> str:
    """Return a table as a section of a report, under a picture (SVG) with a note where there is one."""
    figure = f"<figure style='margin:0'>{picture}<figcaption>{escape(note)}</figcaption></figure>" if picture else ""
    heads = "".join(
        f'<th scope="col"{_of_numbers(column)}>{escape(head.say(language))}</th>'
        for head, column in zip(sheet.heads, zip(*sheet.rows, strict=True), strict=True)
    )
    rows = "".join("<tr>" + "".join(_cell(cell, language) for cell in row) + "</tr>" for row in sheet.rows)
    return (
        f"<section><h2>{escape(sheet.title.say(language))}</h2>{figure}"
        f'<div class="wide" tabindex="0"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div></section>'
    )


def _of_numbers(column: tuple[Cell, ...]) -> str:
    return ' class="number"' if all(isinstance(cell, int | float | None) for cell in column) else ""


def _cell(cell: Cell, language: str) -> str:
    if isinstance(cell, int):
        return f'<td class="number">{cell:,}</td>'
    if isinstance(cell, float):
        return f'<td class="number">{"–" if math.isnan(cell) else f"{cell:.2f}"}</td>'
    text = _text(cell, language)
    return f"<td{' class=short' if len(text) <= SHORT else ''}>{escape(text)}</td>"


def _text(cell: Message | str | None, language: str) -> str:
    return cell.say(language) if isinstance(cell, Message) else cell or ""


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: where it begins like one, an apostrophe stands before it.

    >>> harmless("=1+1"), harmless("Tuesday")
    ("'=1+1", 'Tuesday')
    """
    return "'" + text if text.startswith(DANGEROUS) or text.lstrip().startswith(DANGEROUS) else text


def tables(findings: Findings, language: str | None = None) -> dict[str, bytes]:
    """Return the tables as CSV files by file name: UTF-8 with a byte order mark, no cell of which a spreadsheet can run.

    Numbers stay numbers, negative ones too; it is texts that get an apostrophe.
    """
    return _tables(tabulate(findings), language or current_language())


def _tables(sheets: Iterable[Sheet], language: str) -> dict[str, bytes]:
    return {f"{sheet.key}.csv": _csv(sheet, language) for sheet in sheets}


def _csv(sheet: Sheet, language: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([harmless(head.say(language)) for head in sheet.heads])
    for row in sheet.rows:
        writer.writerow([_plain(cell, language) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: Cell, language: str) -> str | int | float:
    if isinstance(cell, float):
        return "" if math.isnan(cell) else round(cell, DIGITS)
    return cell if isinstance(cell, int) else harmless(_text(cell, language))


def tables_zip(findings: Findings, language: str | None = None) -> bytes:
    """Return all tables in one ZIP archive."""
    return packed(tabulate(findings), language or current_language())


def packed(sheets: Iterable[Sheet], language: str) -> bytes:
    """Return tables as CSV files in one ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in _tables(sheets, language).items():
            archive.writestr(name, body)
    return out.getvalue()
