"""Dates as genealogists, librarians and databases write them: `BEF 1724`, `[185-?]`, `+1990-05-00T00:00:00Z`.

GEDCOM 5.5.1 and 7 (https://gedcom.io/specifications/) for the first, Wikidata's data model for the last.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline_tui.dates.calendars import (
    from_julian,
    in_common_years,
    in_other_calendar,
    is_of_another_calendar,
)
from timeline_tui.dates.edtf import write_year

if TYPE_CHECKING:
    from collections.abc import Callable


_MASK = re.compile(
    r"\[?(about |circa |ca?\.? ?|~)?([0-9]{2})(?:([0-9])[-\u2013?*_]|([-\u2013?*_x])\4)(\??)\]?(\??)",
    re.IGNORECASE,
)
_NO_DAY = re.compile(r"([0-9]{4}(?:-[0-9]{2})?)(?:-(?:\?\?|xx|__))+", re.IGNORECASE)
_WIKIDATA = re.compile(r"([+-]?)([0-9]{4,16})-([0-9]{2})-([0-9]{2})T00:00:00Z")
_ESCAPE = re.compile(r"@#D?([A-Z ]+)@ ?")
_CALENDAR = re.compile(r"(GREGORIAN|JULIAN|FRENCH_R|HEBREW) (?=[0-9A-Z])")
_OLD_STYLE = re.compile(
    r"\b(?:julian(?: calendar)?|old style|o\.? ?s\.?|st\. ?v\.?|alten stils)(?![a-z])", re.IGNORECASE
)
_NEW_STYLE = re.compile(
    r"[(\[]?\b(?:gregorian(?: calendar)?|new style|n\. ?s\.?)(?![a-z])[)\]]?", re.IGNORECASE
)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_DUAL = re.compile(
    r"(.*\b(?:jan|feb|mar)[a-z]*\.?,? (?:[0-9]{1,2},? )?)([0-9]{3,4})/([0-9]{1,2})|"
    r"([0-9]{1,2}/[0-9]{1,2}/)([0-9]{4})/([0-9]{2})",
    re.IGNORECASE,
)
_QUALIFIED = re.compile(r"(bef|aft|abt|est|cal|int|fl)(?:\.|oruit)? (.+)", re.IGNORECASE)
_BOTH = re.compile(r"bet\.? (.+) and (.+)", re.IGNORECASE)
_PERIOD = re.compile(r"from (.+) to (.+)", re.IGNORECASE)
_EITHER = re.compile(r"either (.+) or (.+)", re.IGNORECASE)
_AFTER_AND_BEFORE = re.compile(r"after (.+) and before (.+)", re.IGNORECASE)
_UNTIL = re.compile(r"to (.+)", re.IGNORECASE)
_YEARS = re.compile(
    r"(about |circa |ca?\.? ?|~ ?)?([0-9]{1,5}) ?[-\u2013\u2014] ?([0-9]{1,5}) ?((?:b\.? "
    r"?c\.?(?: ?e\.?)?)|a\.? ?d\.?|c\.? ?e\.?)",
    re.IGNORECASE,
)
_MONTHS = re.compile(r"([a-z]{3,9})\.? ?/ ?([a-z]{3,9})\.? ([0-9]{4})", re.IGNORECASE)
_UNITS = {11: 3, 10: 2, 9: 1}
"""How many of year, month and day Wikidata's precisions give."""
NOT_A_DATE = "-"
"""What a text means of which it is known that it is no date that can be read."""


def edtf_of_phrase(text: str, edtf_of: Callable[[str], str]) -> str:
    """The EDTF for a notation of this module; empty for any other, `NOT_A_DATE` for one that means none.

    Args:
        text: A date as it is written.
        edtf_of: Reads the parts of it that are common dates.
    """
    if found := in_other_calendar(text):
        return found
    if is_of_another_calendar(text):
        return NOT_A_DATE
    found = _masked(text) or _of_wikidata(text) or in_common_years(text, edtf_of) or _dual(text, edtf_of)
    return found or _in_old_style(text, edtf_of) or _joined(text, edtf_of) or _qualified(text, edtf_of)


def of_wikidata(text: str, precision: int | None = None) -> str:
    """The EDTF for a time of Wikidata: its sign is read, years before Christ have no year 0.

    Args:
        text: Such as `-0044-03-15T00:00:00Z`.
        precision: 11 for a day, 10 for a month, 9 for a year, 8 for a decade, 7 for a century, 6 for a
            thousand years, and so on down to 0; None if it is not known.
    """
    match = _WIKIDATA.fullmatch(text)
    if match is None:
        return ""
    number, month, day = int(match[2]), match[3], match[4]
    year = 1 - number if match[1] == "-" and number else number
    if abs(year) > 9999:
        exact = -number if match[1] == "-" and number % 1000 == 0 else year
        digits = max(1, len(str(abs(exact))) - max(0, 9 - (9 if precision is None else precision)))
        is_rounded = precision is not None and precision < 9 and digits < len(str(abs(exact)))
        return f"Y{exact}{f'S{digits}' if is_rounded else ''}"
    if precision is not None and precision <= 8:
        return _rounded(year, number, precision, is_before=match[1] == "-")
    units = 3 if precision is None or precision > 11 else _UNITS[precision]
    parts = [part for part in (month, day) if part != "00"][: units - 1] if month != "00" else []
    return "-".join([write_year(year), *parts])


def _rounded(year: int, number: int, precision: int, *, is_before: bool) -> str:
    """A decade, a century or more: Wikidata counts centuries from 1, and rounds up."""
    if precision == 8:
        return f"{write_year(year)[:-1]}X"
    if precision == 7:
        return f"{'-' if is_before else ''}{max(number - 1, 0) // 100:02}XX"
    width = 10 ** (9 - precision)
    start = max(number - 1, 0) // width * width
    if is_before:
        return f"{_long(1 - start - width)}/{_long(-start)}"
    return f"{_long(start + 1)}/{_long(start + width)}"


def _long(year: int) -> str:
    return write_year(year)


def is_converted(text: str) -> bool:
    """Whether a date is of another calendar or has two years, so that its EDTF is not what is written."""
    return bool(
        _ESCAPE.match(text) or _CALENDAR.match(text) or _OLD_STYLE.search(text) or _DUAL.fullmatch(text)
    )


def is_of_wikidata(text: str) -> bool:
    """Whether only Wikidata writes a time like this: with a plus, a month 0 or a longer year."""
    match = _WIKIDATA.fullmatch(text)
    return match is not None and (
        match[1] == "+" or match[3] == "00" or match[4] == "00" or len(match[2]) > 4
    )


def may_be_of_wikidata(text: str) -> bool:
    """Whether a text has the form of a time of Wikidata, which some of them share with other programs."""
    return _WIKIDATA.fullmatch(text) is not None


def _masked(text: str) -> str:
    """`185?`, `18??`, `19--`, `[185-?]`, `1985-05-??`."""
    if (match := _NO_DAY.fullmatch(text)) is not None:
        return match[1]
    match = _MASK.fullmatch(text)
    if match is None:
        return ""
    doubt = bool(match[5] or match[6])
    mark = ("~", "%")[doubt] if match[1] else ("", "?")[doubt]
    return f"{match[2]}{match[3] or 'X'}X{mark}"


def _of_wikidata(text: str) -> str:
    return of_wikidata(text) if is_of_wikidata(text) else ""


def _dual(text: str, edtf_of: Callable[[str], str]) -> str:
    """`15 Jan 1743/44`: a year that began in March, and in January; the second one is that of today."""
    match = _DUAL.fullmatch(text)
    if match is None:
        return ""
    before, year, other = match.groups()[:3] if match[1] is not None else match.groups()[3:]
    following = int(year) + 1
    return edtf_of(f"{before}{following}") if str(following).endswith(other) else ""


def _in_old_style(text: str, edtf_of: Callable[[str], str]) -> str:
    """A day that is said to be Julian, as a Gregorian one."""
    escape = _ESCAPE.match(text) or _CALENDAR.match(text)
    if escape is not None:
        rest = text[escape.end() :]
        calendar = escape[1].strip()
        if calendar == "JULIAN":
            return from_julian(edtf_of(rest)) or NOT_A_DATE
        return (edtf_of(rest) if calendar == "GREGORIAN" else "") or NOT_A_DATE
    if _NEW_STYLE.search(text) and not _OLD_STYLE.search(text):
        return edtf_of(_NEW_STYLE.sub("", text).strip(" ,;"))
    if not _OLD_STYLE.search(text):
        return ""
    for aside in _BRACKETS.findall(text):
        if _OLD_STYLE.search(aside) and any(map(str.isdigit, aside)):
            # `7 November 1917 (25 October O.S.)`
            return edtf_of(" ".join(_BRACKETS.sub(" ", text).split()))
    plain = " ".join(_OLD_STYLE.sub(" ", text).split())
    return from_julian(edtf_of(re.sub(r"[(\[]\W*[)\]]", "", plain).strip(" ,;.")))


def _joined(text: str, edtf_of: Callable[[str], str]) -> str:
    """Two dates in one text."""
    for pattern, shape in ((_BOTH, "[{}..{}]"), (_EITHER, "[{},{}]"), (_PERIOD, "{}/{}")):
        if (match := pattern.fullmatch(text)) is not None:
            first, last = edtf_of(match[1]), edtf_of(match[2])
            first = first or edtf_of(f"{match[1]} {match[2].split()[-1]}")
            if first and last and "/" not in first + last and first[0] not in "[{" and last[0] not in "[{":
                return shape.format(_plain(first, shape), _plain(last, shape))
            return ""
    if (match := _AFTER_AND_BEFORE.fullmatch(text)) is not None:
        first, last = edtf_of(f"after {match[1]}"), edtf_of(f"before {match[2]}")
        return f"{first[:-1]}{last[3:]}" if first.endswith("..]") and last.startswith("[..") else ""
    if (match := _YEARS.fullmatch(text)) is not None:
        about = match[1] or ""
        ends = [edtf_of(f"{about}{year} {match[4]}") for year in match.groups()[1:3]]
        return "/".join(ends) if all(ends) else ""
    if (match := _MONTHS.fullmatch(text)) is not None:
        ends = [edtf_of(f"{month} {match[3]}") for month in match.groups()[:2]]
        return "/".join(ends) if all(len(end) == 7 for end in ends) else ""
    return ""


def _plain(edtf: str, shape: str) -> str:
    """A date as a set may hold it: one without marks."""
    return edtf.rstrip("?~%") if shape.startswith("[") else edtf


def _qualified(text: str, edtf_of: Callable[[str], str]) -> str:
    """A date with a word of GEDCOM before it."""
    if (match := _UNTIL.fullmatch(text)) is not None:
        end = edtf_of(match[1])
        return f"../{end}" if end and "/" not in end and end[0] not in "[{" else ""
    match = _QUALIFIED.fullmatch(text)
    if match is None:
        return ""
    word = match[1].lower()
    if word in ("bef", "aft"):
        return edtf_of(f"{'before' if word == 'bef' else 'after'} {match[2]}")
    if word == "int":
        aside = _BRACKETS.search(match[2])
        plain = edtf_of(_BRACKETS.sub("", match[2]).strip())
        doubtful = aside is not None and re.search(r"\b(?:abo?u?t|circa|c)\b", aside[1], re.IGNORECASE)
        return f"{plain}~" if plain and doubtful and re.fullmatch(r"[0-9X-]+", plain) else plain
    return edtf_of(f"about {match[2]}")
