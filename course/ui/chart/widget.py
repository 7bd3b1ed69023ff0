"""Altair charts in a notebook of the course: drawn by the page's one Vega runtime, from no other host."""

from __future__ import annotations

from typing import Any

from course.charts.views import split_views
from course.i18n import HTML_LANG, N_, current_language, translator
from course.ui.base import CourseWidget

WORDS = {"no_chart": N_("The chart could not be loaded. Reload the page to try again.")}


class Chart(CourseWidget):
    """One Altair chart with its description for a screen reader.

    Its data stand in the `views`, or in `rows` by the frames that they name.
    """

    def __init__(self, views: list[dict[str, Any]], language: str, rows: dict[str, Any] | None = None) -> None:
        _ = translator(language)
        super().__init__(
            part="chart",
            content={
                "views": views,
                "rows": rows or {},
                "language": language,
                "html_lang": HTML_LANG[language],
                "words": {key: _(text) for key, text in WORDS.items()},
            },
        )

    def leaves(self) -> list[str]:
        """Return the title, and the description in words."""
        views = self.content["views"]
        titles = [
            title if isinstance(title, str) else title.get("text", "") for view in views if (title := view.get("title"))
        ]
        told = [*titles, *(view.get("description", "") for view in views)]
        return list(dict.fromkeys(" ".join(one) if isinstance(one, list) else str(one) for one in told if one))


def _render(specification: dict[str, Any], **_options: Any) -> Any:
    return Chart(split_views(specification), current_language())._repr_mimebundle_()


def use_in_notebook() -> None:
    """Make Altair draw through `Chart` from now on."""
    import altair as alt

    from course.charts.theme import use_theme

    use_theme()
    alt.renderers.register("course", _render)
    alt.renderers.enable("course")
