"""The command `course`: one door per kind of user. Commands are fetched only when they are called."""

from __future__ import annotations

import sys
from importlib import import_module

import click

import course
from course.i18n import N_, gettext

DEFAULT_COMMAND = "open"
COMMANDS: dict[str, tuple[str, str]] = {
    "open": ("course.server.open:command", N_("Open the course in your browser (the default).")),
    "apps": ("course.server.apps:command", N_("Serve dashboards and lessons to read, safe for the public.")),
    "class": (
        "course.server.class_command:command",
        N_("Ask a whole class: phones answer, the board shows what came."),
    ),
    "print": ("course.server.handout:command", N_("Print a lesson as a handout, into a PDF file.")),
    "static": (
        "course.server.edition.command:command",
        N_("Write the course as files, for any host of files, a USB stick or a folder."),
    ),
    "generate": ("course.grading.commands.generate:command", N_("Make the learners' version of an assignment.")),
    "collect": (
        "course.grading.commands.collect:command",
        N_("Put what a learning platform hands out into submitted/, and say who is whom."),
    ),
    "report": ("course.grading.commands.report:command", N_("Points for Canvas and Moodle, and what they tell.")),
    "grade": (
        "course.grading.commands.grade:grade",
        N_("Grade a class's submissions of an assignment, for instructors."),
    ),
    "deadline": (
        "course.grading.commands.deadline:command",
        N_("Say until when an assignment may be handed in, and work out lateness again."),
    ),
    "dashboard": (
        "course.server.dashboard:command",
        N_("Show how a class did, for instructors; on this machine only."),
    ),
    "update": (
        "course.server.update:command",
        N_("Bring newer versions of the lessons into your folder; what you changed stays."),
    ),
    "doctor": (
        "course.kernel.doctor:command",
        N_("Say how kernels start here, and whether submissions can be fenced in."),
    ),
    "check": ("course.authoring.commands:check", N_("Check every lesson, assignment and dataset, for authors.")),
    "format": ("course.authoring.commands:format_", N_("Mend the Chinese punctuation and spacing, for authors.")),
    "new": ("course.authoring.commands:new", N_("Create the files of a module, for authors.")),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command, or return None if there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name][0].split(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, so that help imports none of them."""
        with formatter.section(gettext("Commands")):
            formatter.write_dl([(name, gettext(summary)) for name, (_, summary) in COMMANDS.items()])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command in front where none is named."""
        if not args or (args[0].startswith("-") and args[0] not in ("--help", "--version")):
            args = [DEFAULT_COMMAND, *args]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which ones there are."""
        if args[0] not in COMMANDS:
            message = gettext("There is no command {asked!r}. Choose one of: {known}.")
            raise click.ClickException(message.format(asked=args[0], known=", ".join(COMMANDS)))
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, help=gettext("Exceeding Expectations: lessons, simulations and assignments."))
@click.version_option(course.__version__, prog_name="course")
def cli() -> None:
    """Hold the commands together."""


def explain(error: click.ClickException) -> str:
    """Return what went wrong and the cure, in the user's language."""
    if isinstance(error, click.NoSuchOption):
        problem = gettext("There is no option {option}.").format(option=error.option_name)
    elif isinstance(error, click.BadOptionUsage):
        problem = gettext("The option {option} needs a value.").format(option=error.option_name)
    elif isinstance(error, click.UsageError) and type(error) is click.UsageError:
        problem = gettext("This command cannot be understood: {detail}").format(detail=error.format_message())
    else:
        return error.format_message()
    path = error.ctx.command_path if error.ctx else "course"
    return " ".join([problem, gettext("See: {command} --help").format(command=path)])


def main() -> None:
    """Run the command line; end with its exit code and never with a traceback of ours for bad input."""
    try:
        result = cli.main(prog_name="course", standalone_mode=False)
    except click.ClickException as error:
        click.echo(explain(error), err=True)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    sys.exit(result if isinstance(result, int) else 0)
