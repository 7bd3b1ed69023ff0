"""The command line: its help, its commands, and what it says to slips."""

from __future__ import annotations

import os
import subprocess
import sys

import click
import pytest

from course import cli, i18n
from tests.browser.tools import COURSE


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str, language: str = "en") -> int:
    """Run `course …` in this process and return its exit code."""
    monkeypatch.setattr(sys, "argv", ["course", *arguments])
    monkeypatch.setattr(i18n, "_current", "")
    monkeypatch.setenv("COURSE_LANG", language)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert isinstance(ended.value.code, int)
    return ended.value.code


def test_help_lists_every_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "--help") == 0
    said = capsys.readouterr().out
    assert all(f"\n  {name} " in said for name in cli.COMMANDS)


def test_help_imports_no_command() -> None:
    heavy = ("jupyter_server", "tornado", "voila", "jinja2", "pandas", "course.server", "course.authoring")
    code = (
        "import sys; from course.cli import cli; sys.argv = ['course', '--help']\n"
        "try: cli()\n"
        f"finally: print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.stderr.strip() == "[]"


def test_help_speaks_chinese() -> None:
    environment = {**os.environ, "COURSE_LANG": "zh"}
    result = subprocess.run([*COURSE, "--help"], capture_output=True, text=True, env=environment)
    assert "超越期望" in result.stdout
    assert "在浏览器里打开课程" in result.stdout


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_every_command_can_be_fetched(name: str) -> None:
    command = cli.cli.get_command(click.Context(cli.cli), name)
    assert isinstance(command, click.Command)


@pytest.mark.parametrize(
    ("arguments", "english", "chinese"),
    [
        (["opne"], "There is no command 'opne'", "没有 'opne' 这个命令"),
        (["open", "--prot", "1"], "There is no option --prot", "没有 --prot 这个选项"),
        (["open", "--port"], "The option --port needs a value", "选项 --port 后面要写一个值"),
        (["open", "--port", "http"], "A port is a whole number", "端口要写 1 到 65535 之间的整数"),
        (["apps", "--port", "70000"], "A port is a whole number", "端口要写 1 到 65535 之间的整数"),
        (["open", "--language", "fr"], "choose 'en' or 'zh'", "请选 'en' 或 'zh'"),
        (["apps", "--language", "fr"], "choose 'en' or 'zh'", "请选 'en' 或 'zh'"),
        (["apps", "--ip", "192.0.2.1"], "no address '192.0.2.1'", "没有 '192.0.2.1' 这个地址"),
        (["apps", "--visitors", "0"], "a whole number from 1", "不小于 1 的整数"),
        (["open", "lesson"], "This command cannot be understood", "看不懂这条命令"),
    ],
)
def test_a_slip_is_answered_in_the_users_language(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    english: str,
    chinese: str,
) -> None:
    for language, expected in (("en", english), ("zh", chinese)):
        assert run(monkeypatch, *arguments, language=language) != 0
        said = capsys.readouterr()
        assert expected in said.err
        assert said.out == ""


@pytest.mark.parametrize("arguments", [[], ["--port", "http"]])
def test_open_is_the_default(monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    called = cli.cli.parse_args(click.Context(cli.cli), list(arguments))
    context = click.Context(cli.cli)
    cli.cli.parse_args(context, list(arguments))
    assert called is not None
    assert context._protected_args == ["open"]
