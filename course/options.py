"""What the commands for authors and instructors have in common."""

from __future__ import annotations

import click

from course.i18n import LANGUAGES, use_language
from course.i18n import gettext as _


def _speak(context: click.Context, parameter: click.Parameter, language: str | None) -> None:
    if language:
        use_language(language)


language_option = click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    callback=_speak,
    is_eager=True,
    expose_value=False,
    help=_("Speak English or Chinese; otherwise as the machine does."),
)
