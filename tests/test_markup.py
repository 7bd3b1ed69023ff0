"""Formulae as MathML: what browsers draw without a font for mathematics."""

from __future__ import annotations

from xml.etree import ElementTree

from course.markup import MATHML, mathml


def test_the_line_over_a_mean_is_as_long_as_what_it_is_the_mean_of() -> None:
    """No font at hand stretches the sign for it: it would stand over the minus only."""
    (over,) = ElementTree.fromstring(mathml(r"\sum_t \overline{v(P_t - E_t)}")).iter(f"{{{MATHML}}}mover")
    base, sign = over
    assert "".join(base.itertext()) == "v(Pt−Et)"
    assert "border-top" in base.get("style", "")
    assert "hidden" in sign.get("style", "")


def test_a_hat_stays_a_hat() -> None:
    assert "style" not in mathml(r"\hat{W} + \frac{a}{b}")
