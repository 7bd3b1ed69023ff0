"""The link to a teacher's task as a picture for phones. It is drawn and forgotten."""

from __future__ import annotations

import io

from traitlets import TraitError

from course.i18n import gettext

# a QR code holds 2,953 bytes
LONGEST_LINK = 2_500


def qr(text: object) -> dict[str, str]:
    """Return the `text` that was given and its QR code, an SVG. `TraitError`, in the learner's language, for no link."""
    import segno

    if not isinstance(text, str) or len(text) > LONGEST_LINK or not text.startswith(("https://", "http://")):
        raise TraitError(gettext("This is no link of the course, so there is no QR code of it."))
    image = io.BytesIO()
    # the least of error correction makes the coarsest squares, which is what a projector needs
    segno.make_qr(text, error="l").save(image, kind="svg", border=3, dark="#000", light="#fff", omitsize=True)
    return {"text": text, "svg": image.getvalue().decode()}
