"""Terms of the search language that are dates: `2023`, `oct 2024`, `44 BC..30 BC`, `-0045..`.

A term is read as a date only if it is unlikely to mean anything else: `may`, `10` and `1.11.2024` (which has
two readings) stay words.
"""

from __future__ import annotations

import re

from timeline_tui.dates.edtf import DateError, Interval, Moment, bounds, parse_edtf

_YEAR_SHOWN = re.compile(
    r"[0-9]{4}|[0-9]{2}0s\b|\b(?:bce?|ad|ce|century|million|billion)\b|[0-9](?:bce?|ad|ce)\b"
)
"""Without one of these, a number is probably not a year."""
_DAY = re.compile(r"-?[0-9]{4}-[0-9]{2}-[0-9]{2}")


def dates_of(text: str) -> str:
    """A date or date range in the form of a term: EDTF, or two with `..` between; empty if `text` is neither.

    Either end of a range can be missing. Text with other words beside the date, as `the 2024`, is neither.
    """
    from timeline_tui.dates.informal import LONGEST  # noqa: PLC0415  not before the first frame

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
    # A day of the week or an article adds nothing to a date, but may be a word to search for.
    rests = text.partition(" ")[2], text.rpartition(" ")[0]
    return "" if any(rest and _ranged(_edtf(rest)) == found for rest in rests) else found


def _moment(text: str) -> str:
    edtf = _edtf(text)
    return edtf if edtf and isinstance(parse_edtf(edtf), Moment) else ""


def _edtf(text: str) -> str:
    """The EDTF of a text with exactly one reading; otherwise empty."""
    if not re.search("[0-9]", text):
        return ""
    if _is_date(text):
        return text
    from timeline_tui.dates.informal import normalized, readings  # noqa: PLC0415  as above

    phrase = normalized(text)
    if not _YEAR_SHOWN.search(phrase):
        return ""
    found = [edtf for edtf in dict.fromkeys(readings(phrase)) if _is_date(edtf)]
    return found[0] if len(found) == 1 else ""


def _ranged(edtf: str) -> str:
    """An interval with `..` instead of its slash."""
    if not edtf or not isinstance(parse_edtf(edtf), Interval):
        return edtf
    return "..".join(end.replace("..", "") for end in edtf.split("/"))


def _is_date(text: str) -> bool:
    try:
        bounds(parse_edtf(text))
    except DateError:
        return False
    return True
