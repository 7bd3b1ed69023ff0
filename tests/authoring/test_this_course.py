"""The course itself has nothing to mend."""

from __future__ import annotations

import pytest

from course.authoring.repo import Repo
from course.authoring.rules import check, rules
from course.paths import ROOT


def told(*, slow: bool) -> str:
    repo = Repo(ROOT)
    if not slow:
        return "\n\n".join(map(str, check(repo, fast=True)))
    executing = [rule.module for rule in rules() if rule.slow and rule.module]
    return "\n\n".join(
        str(finding) for rule in executing for module in repo.syllabus.ready for finding in rule(repo, module)
    )


def test_nothing_is_to_mend():
    assert told(slow=False) == ""


@pytest.mark.slow
def test_every_notebook_runs_and_every_untouched_exercise_fails():
    assert told(slow=True) == ""


def test_commit_hooks_need_no_network():
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert "://" not in hooks
    assert hooks.count("- repo: local") == hooks.count("repo:") == 1
    assert hooks.count("language: system") == hooks.count("- id:") > 3
