"""The pins of binder/ fit the project's own ranges, and hold nothing else."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from course.paths import ROOT

BINDER = ROOT / "binder"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RANGES = {
    "requirements.txt": [*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["formats"]],
    "build-requirements.txt": PROJECT["build-system"]["requires"],
}


def read_pins(path: Path) -> dict[str, str]:
    """Return the version of each package; a line that pins none (a range, a URL, an option) is an error."""
    pins: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        required = Requirement(line)
        clauses = list(required.specifier)
        exact = len(clauses) == 1 and clauses[0].operator == "==" and "*" not in clauses[0].version
        if required.url or required.marker or required.extras or not exact:
            raise ValueError(f"{path.name}: {line!r} is not of the form name==version")
        pins[canonicalize_name(required.name)] = clauses[0].version
    return pins


@pytest.mark.parametrize("name", RANGES)
def test_every_dependency_is_pinned_within_its_range(name: str) -> None:
    pins = read_pins(BINDER / name)
    wrong = []
    for required in map(Requirement, RANGES[name]):
        pinned = pins.get(canonicalize_name(required.name))
        if pinned is None or not required.specifier.contains(pinned):
            wrong.append(f"{required}, pinned: {pinned}")
    assert not wrong, f"binder/{name} is out of step with pyproject.toml; its first lines say how it is made: {wrong}"


def test_altair_stays_quick_to_import() -> None:
    pins = read_pins(BINDER / "requirements.txt")
    assert Requirement("jsonschema<4.25").specifier.contains(pins["jsonschema"])
    assert "rfc3987-syntax" not in pins


def test_the_image_has_a_python_that_the_project_supports() -> None:
    version = (BINDER / "runtime.txt").read_text(encoding="utf-8").strip().removeprefix("python-")
    assert Requirement(f"python{PROJECT['project']['requires-python']}").specifier.contains(version)


@pytest.mark.parametrize(
    "line", ["numpy", "numpy>=2", "numpy==2.*", "numpy @ https://host.example/numpy.whl", "-e .", "--hash x"]
)
def test_a_line_that_pins_nothing_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "requirements.txt"
    path.write_text(f"# made by\npandas==3.0.1\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"name==version|Expected"):
        read_pins(path)
