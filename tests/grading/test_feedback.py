from __future__ import annotations

from nbformat.v4 import new_markdown_cell, new_notebook

from course.grading.feedback import DrawFormulas


def drawn(text: str, **metadata: object) -> str:
    notebook = new_notebook(cells=[new_markdown_cell(text, metadata=metadata)])
    return str(DrawFormulas().preprocess(notebook, {})[0].cells[0].source)


def test_formulae_of_a_task_become_mathml() -> None:
    found = drawn("For a gap $d$:\n\n$$v(d) = d^{0.88}$$\n\nOn.")
    assert found.count("<math") == 2
    assert 'display="block"' in found
    assert "$" not in found
    assert found.startswith("For a gap <math")
    assert found.endswith("</math>\n\nOn.")


def test_prices_and_learners_texts_stay_as_they_are() -> None:
    assert drawn(r"It costs \$5, not \$6.") == r"It costs \$5, not \$6."
    assert drawn("A coffee for $5 or $6.", nbgrader={"solution": True}) == "A coffee for $5 or $6."
