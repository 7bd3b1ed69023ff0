"""The course itself has nothing to mend."""

from __future__ import annotations

import pytest

from course.authoring.rules import Rule, check, rules
from course.manifest import Module
from course.paths import ROOT
from tests.lessons.prose import REPO


def test_nothing_is_to_mend():
    assert "\n\n".join(map(str, check(REPO, fast=True))) == ""


@pytest.mark.parametrize("rule", [rule for rule in rules() if rule.slow], ids=lambda rule: rule.name)
@pytest.mark.parametrize("module", REPO.syllabus.ready, ids=lambda module: module.number)
def test_every_notebook_runs_and_every_untouched_exercise_fails(module: Module, rule: Rule):
    assert rule.module is not None
    assert "\n\n".join(map(str, rule.module(REPO, module))) == ""


def test_commit_hooks_need_no_network():
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert "://" not in hooks
    assert hooks.count("- repo: local") == hooks.count("repo:") == 1
    assert hooks.count("language: system") == hooks.count("- id:") > 3
