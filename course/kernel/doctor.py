"""`course doctor`: how kernels start on this machine, whether submissions can be fenced in, and why or why not."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Iterator

import click

from course.i18n import UnknownLanguageError, gettext, use_language
from course.kernel.probe import probe
from course.kernel.warm import NotWarmError, fork_server, objection


def how_kernels_start() -> str:
    """Return one sentence: warm, and how fast, or cold, and why."""
    cold = gettext("Kernels start from cold, each for itself. {reason}")
    if reason := objection():
        return cold.format(reason=gettext(reason))
    start = time.perf_counter()
    try:
        fork_server().connect()
    except NotWarmError as error:
        return cold.format(reason=gettext(str(error)))
    took = time.perf_counter() - start
    return gettext("Kernels are forked from a warm process, which was ready after {took:.1f} s.").format(took=took)


def how_submissions_run() -> Iterator[str]:
    """Return what there is to say about the sandbox: where it is and what holds in it, or why there is none."""
    found = probe()
    if found.problem:
        yield gettext("Submissions cannot be fenced in here. {reason}").format(reason=found.problem)
        return
    from course.kernel.sandbox import try_out

    if problem := asyncio.run(try_out()):
        yield gettext("Submissions cannot be fenced in here. {reason}").format(reason=problem)
        return
    sentence = gettext("Submissions are fenced in by {version} ({path}).")
    yield sentence.format(version=found.version, path=found.bubblewrap)
    if found.root:
        yield gettext(
            "You are root, for whom some limits do not hold; each submission runs as a user of its own instead."
        )
    if not found.calls_refused:
        yield gettext("Dangerous system calls are not refused, for this processor's are not known to the course.")


@click.command("doctor", help=gettext("Say how kernels start here, and whether submissions can be fenced in."))
@click.option("--language", help=gettext("The language of these messages: en or zh."))
def command(language: str | None) -> None:
    """Look, and tell."""
    if language:
        try:
            use_language(language)
        except UnknownLanguageError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"Python {sys.version.split()[0]}, {sys.executable}")
    click.echo(how_kernels_start())
    for line in how_submissions_run():
        click.echo(line)
