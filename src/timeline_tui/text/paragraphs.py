"""The paragraphs of a text that somebody wrote."""

from __future__ import annotations

import re

_PARAGRAPH = re.compile(r"(?m)^(?=.{121})([^\s*+>#|-].*)\n(?=[^\s*+>#|0-9-])")


def paragraphs(text: str) -> str:
    """A text with an empty line after each line that is so long that it must be a whole paragraph."""
    return _PARAGRAPH.sub(r"\1\n\n", text)
