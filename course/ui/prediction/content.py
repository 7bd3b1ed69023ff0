"""What a page needs to show a prediction. No widget."""

from __future__ import annotations

from typing import Any

from course import questions
from course.i18n import HTML_LANG, N_, translator

WORDS = {
    "amount": N_("{value} {unit}"),
    "lock": N_("Lock in my guess"),
    "open": N_("no guess yet"),
    "again": N_("Guess again"),
    "first": N_("Your first guess was {guess}; it stays noted."),
    "guess": N_("Your guess"),
    "answer": N_("Answer"),
    "exact": N_("You guessed {guess}, and that is the answer."),
    "below": N_("You guessed {guess}. The answer is {answer}: your guess was {gap} too low."),
    "above": N_("You guessed {guess}. The answer is {answer}: your guess was {gap} too high."),
    "source": N_("Source: {source}"),
}


def prediction_content(asked: questions.Prediction, module_id: str, language: str) -> dict[str, Any]:
    """Return what the page needs to show one prediction in `language`. Figures are in the prediction's unit."""
    _ = translator(language)
    texts = {name: getattr(asked, name)[language] for name in ("question", "unit", "reveal", "source")}
    figures = {name: getattr(asked, name) for name in ("low", "high", "step", "start", "digits", "answer")}
    return {
        "html_lang": HTML_LANG[language],
        "language": language,
        "words": {name: _(text) for name, text in WORDS.items()},
        "module": module_id,
        "key": asked.key,
        **texts,
        **figures,
    }
