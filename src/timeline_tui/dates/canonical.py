"""The one way in which a date is written."""

from __future__ import annotations

import re

from timeline_tui.dates.date import DateError, parse_date
from timeline_tui.dates.informal import suggest_edtf

# Beyond these, YAML might take a date for something else.
_PLAIN = re.compile(r"(?:[0-9Y.]|-[0-9])[0-9XYTZES:/.?~%+-]*")
_PLAIN_IN_BRACKETS = re.compile(r"(?:[0-9Y.]|-[0-9])[0-9XYTZES/.~+-]*")


def canonical(text: str) -> str:
    """A date in EDTF: as it is if it is one, or what is certainly meant by it; else `text` again."""
    try:
        parse_date(text)
    except DateError:
        return suggest_edtf(text) or text
    return text


def written(text: str, style: str, *, in_brackets: bool) -> str:
    """A canonical date as it stands in YAML, in quotation marks only where it needs them.

    Args:
        text: The date.
        style: The quotation marks that it had, or none.
        in_brackets: Whether it stands inside of `[ ]` or `{ }`.
    """
    pattern = _PLAIN_IN_BRACKETS if in_brackets else _PLAIN
    if pattern.fullmatch(text):
        return text
    mark = style or '"'
    return f"{mark}{text}{mark}"
