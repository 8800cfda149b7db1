"""Terms of the search language that are dates: `2023`, `oct 2024`, `44 BC..30 BC`, `-0045..`.

A term is a date only where nothing else is likely to be meant: `may`, `10` and `1.11.2024`, which has two
readings, stay words.
"""

from __future__ import annotations

import re

from timeline_tui.dates.edtf import DateError, Interval, Moment, bounds, read
from timeline_tui.dates.informal import LONGEST, normalized, readings

_YEAR_SHOWN = re.compile(
    r"[0-9]{4}|[0-9]{2}0s\b|\b(?:bce?|ad|ce|century|million|billion)\b|[0-9](?:bce?|ad|ce)\b"
)
"""Without one of these, a number is more likely no year."""
_DAY = re.compile(r"-?[0-9]{4}-[0-9]{2}-[0-9]{2}")


def dates_of(text: str) -> str:
    """A date or a range of dates as a term has it: EDTF, or two with `..` between; empty if the text is none.

    Of a range, either end can be missing. Words beside a date, as in `the 2024`, make it none.
    """
    if not re.search("[0-9]", text) or len(text) > LONGEST:
        return ""
    first, dots, last = text.partition("..")
    if dots and text[0] not in "[{":
        ends = [_moment(end.strip()) if end.strip() else "" for end in (first, last)]
        missing = any(
            bool(end.strip()) != bool(found) for end, found in zip((first, last), ends, strict=True)
        )
        return "" if missing else "..".join(ends)
    found = _ranged(_edtf(text))
    if not found or _DAY.fullmatch(found):
        return found
    # Days of the week and articles are nothing to a date, but they may be words to look for.
    rests = text.partition(" ")[2], text.rpartition(" ")[0]
    return "" if any(rest and _ranged(_edtf(rest)) == found for rest in rests) else found


def _moment(text: str) -> str:
    edtf = _edtf(text)
    return edtf if edtf and isinstance(read(edtf), Moment) else ""


def _edtf(text: str) -> str:
    """The only EDTF that a text can mean; empty for none."""
    if not re.search("[0-9]", text):
        return ""
    if _is_date(text):
        return text
    phrase = normalized(text)
    if not _YEAR_SHOWN.search(phrase):
        return ""
    found = [edtf for edtf in dict.fromkeys(readings(phrase)) if _is_date(edtf)]
    return found[0] if len(found) == 1 else ""


def _ranged(edtf: str) -> str:
    """An interval with `..` in the place of its slash."""
    if not edtf or not isinstance(read(edtf), Interval):
        return edtf
    return "..".join(end.replace("..", "") for end in edtf.split("/"))


def _is_date(text: str) -> bool:
    try:
        bounds(read(text))
    except DateError:
        return False
    return True
