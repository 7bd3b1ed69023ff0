"""Right, partly right and wrong answers; nothing else is out of the ordinary."""

from __future__ import annotations

from pathlib import Path

from tests.grading.personas.notebooks import (
    FULL,
    Notebook,
    add,
    answer,
    blank,
    cell,
    solved,
    write,
)
from tests.grading.personas.persona import PERSONAS, Persona, persona


@persona(FULL, "graded")
def all_right(notebook: Notebook) -> None:
    pass


@persona(FULL, "graded", language="zh")
def all_right_in_chinese(notebook: Notebook) -> None:
    pass


@persona(0, "not attempted")
def nothing_done(notebook: Notebook) -> None:
    notebook.update(blank())


@persona(0, "not attempted", language="zh")
def nothing_done_in_chinese(notebook: Notebook) -> None:
    notebook.update(blank("zh"))


@persona(15, "graded")
def partly_right(notebook: Notebook) -> None:
    answer(notebook, "felt-value", "def felt_value(gap):\n    return gap")
    answer(notebook, "place-in-zone", 'def place(msa, mss):\n    return "inside" if msa > 0 else "below"')
    answer(notebook, "weighted-stars", 'def weighted_stars(table):\n    return table["mean_review_stars"].mean()')


@persona(22, "graded")
def right_for_the_visible_numbers_only(notebook: Notebook) -> None:
    answer(notebook, "felt-value", "def felt_value(gap):\n    return 7.5858 if gap == 10 else -17.068")


@persona(11, "graded")
def wrong_types(notebook: Notebook) -> None:
    answer(notebook, "felt-value", 'def felt_value(gap):\n    return "a lot"')
    answer(notebook, "offsetting-gain", "offsetting_gain = 25.1")
    answer(notebook, "place-in-zone", "def place(msa, mss):\n    return [msa, mss]")
    cell(notebook, "frugal-run")["source"] = "run = 42"
    add(notebook, "1 + 1", after="frugal-run")


@persona(18, "graded")
def returns_nothing(notebook: Notebook) -> None:
    answer(notebook, "offsetting-gain", "def offsetting_gain(loss):\n    print(loss * 2.25 ** (1 / 0.88))")
    answer(notebook, "place-in-zone", "def place(msa, mss):\n    ...")


@persona(FULL, "graded")
def numpy_numbers_and_a_list(notebook: Notebook) -> None:
    answer(
        notebook,
        "offsetting-gain",
        "import numpy as np\ndef offsetting_gain(loss):\n    return np.float64(loss) * 2.25 ** (1 / 0.88)\n"
        "needed, enough = offsetting_gain(8), 'no'",
    )
    answer(notebook, "service-measures", "def service_measures(perceived, adequate, desired):\n    return [perceived - adequate, perceived - desired]\nshop_msa, shop_mss = service_measures(6.3, 5.2, 7.4)")  # fmt: skip


@persona(21, "graded")
def a_syntax_error(notebook: Notebook) -> None:
    answer(notebook, "place-in-zone", "def place(msa, mss)\n    return 'inside'")


@persona(20, "graded")
def an_error_in_the_function(notebook: Notebook) -> None:
    answer(notebook, "felt-value", "def felt_value(gap):\n    return gap / 0")


@persona(FULL, "graded")
def names_a_variable_like_a_built_in(notebook: Notebook) -> None:
    add(notebook, "sum = 3\nmax = 4\nlen = 5")


@persona(FULL, "graded")
def warns_in_the_answer(notebook: Notebook) -> None:
    text = solved("en")["felt-value"].replace(
        "gap):\n", 'gap):\n    import warnings\n    warnings.warn("careful")\n', 1
    )
    answer(notebook, "felt-value", text)


@persona(FULL, "graded")
def writes_to_stderr_in_a_test(notebook: Notebook) -> None:
    add(notebook, "import sys\nold = offsetting_gain\ndef offsetting_gain(loss):\n    print('working', file=sys.__stderr__)\n"
        "    get_ipython().kernel.shell\n    return old(loss)", after="offsetting-gain")  # fmt: skip
    add(notebook, "import sys\nprint('noise', file=sys.stderr)", after="felt-value", name="noise")


@persona(21, "graded")
def asks_for_input(notebook: Notebook) -> None:
    answer(notebook, "place-in-zone", 'word = input("Where? ")\ndef place(msa, mss):\n    return word')


@persona(FULL, "graded")
def leaves_on_exit_tricks(notebook: Notebook) -> None:
    add(notebook, "import atexit, os\natexit.register(os._exit, 0)")


@persona(FULL, "graded")
def uses_magics(notebook: Notebook) -> None:
    add(notebook, "%time 1 + 1\n!echo hello\n%xmode Minimal")


@persona(18, "graded")
def stops_with_sys_exit(notebook: Notebook) -> None:
    answer(notebook, "weighted-stars", "import sys\nsys.exit('done')")
    answer(notebook, "place-in-zone", "raise KeyboardInterrupt")


@persona(FULL, "late", says="after the deadline")
def too_late(notebook: Notebook) -> None:
    pass


def _late(notebook: Notebook, folder: Path) -> None:
    write(notebook, folder)
    (folder / "timestamp.txt").write_text("2026-10-02 08:00:00 UTC\n", encoding="utf-8")


PERSONAS[-1] = Persona("too_late", FULL, "late", too_late, _late, "after the deadline")


@persona(FULL, "graded", place=lambda notebook, folder: (write(notebook, folder), (folder / "timestamp.txt").write_text("2026-09-30 08:00:00 UTC")))  # fmt: skip
def in_time(notebook: Notebook) -> None:
    pass
