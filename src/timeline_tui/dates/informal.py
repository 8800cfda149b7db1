"""Converts dates as people write them into EDTF: `Nov 1, 2024`, `23-27 October 2024`, `44 BC`, `1990s`."""

from __future__ import annotations

import re
from typing import NamedTuple

from timeline_tui.dates.edtf import DateError, bounds, parse_edtf, write_year
from timeline_tui.dates.months import MONTH_PATTERN, SHORT_MONTHS

LONGEST = 100
"""The greatest length of a text that is read as a date, in characters."""

SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4}

_DAY = r"(?P<day>[0-9]{1,2})"
_MONTH = rf"(?P<month>{MONTH_PATTERN})"
_YEAR = (
    r"(?P<year>-?[0-9]{1,12} ?bce?|[0-9]{1,12} ?(?:ad|ce)|ad ?[0-9]{1,12}|[0-9]{3,4}"
    r"|[0-9]{1,6}(?:\.[0-9]{1,6})? (?:million|billion) (?:bce?|ad|ce|years ago))"
)
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
_QUARTER = r"(?:q ?(?P<quarter>[1-4])|(?P<nth_quarter>[1-4]|first|second|third|fourth) quarter)"
_HALF = r"(?:h ?(?P<half>[12])|(?P<nth_half>[12]|first|second) half)"
_NUMBERED_MONTH = r"(?P<number>[0-9]{1,2})"

_SINGLE = [
    re.compile(pattern)
    for pattern in (
        rf"{_DAY} ?{_MONTH}(?: ?{_YEAR})?",
        rf"{_MONTH} ?{_DAY}(?: {_YEAR})?",
        rf"{_MONTH}(?: {_YEAR})?",
        rf"{_YEAR} {_MONTH}(?: {_DAY})?",
        _YEAR,
        rf"(?P<year>[0-9]{{4}})([-/.]){_NUMBERED_MONTH}\2{_DAY}",
        rf"(?P<year>[0-9]{{4}})[-/.]{_NUMBERED_MONTH}",
        rf"{_NUMBERED_MONTH}[-/.](?P<year>[0-9]{{4}})",
        rf"{_SEASON}(?: {_YEAR}(?:[-/][0-9]{{2}}(?:[0-9]{{2}})?)?)?",
        rf"{_QUARTER}(?: {_YEAR})?",
        rf"{_HALF}(?: {_YEAR})?",
        rf"{_YEAR} (?:{_QUARTER}|{_HALF}|{_SEASON})",
    )
]
_WITHIN_MONTH = [
    re.compile(rf"{_DAY}(?P<joint> ?- ?| to | or | and )(?P<last>[0-9]{{1,2}}) {_MONTH}(?: {_YEAR})?"),
    re.compile(rf"{_MONTH} {_DAY}(?P<joint> ?- ?| to | or | and )(?P<last>[0-9]{{1,2}})(?: {_YEAR})?"),
]
_ALL_NUMBERS = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_TWO_NUMBERS = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})\.?")
_BASIC = re.compile(r"([12][0-9]{3})([0-9]{2})([0-9]{2})")
_DECADE = re.compile(r"([0-9]{2,3})0s")
_FIRST_DECADE = "200"
"""Of the century that has only begun: `2000s` are its first ten years."""
_CENTURY = re.compile(r"([0-9]{1,2}) (?:century|c)(?: (bce?|ad|ce))?")
_SINCE = re.compile(
    r"(?:from )?(.+?) ?(?:-|to) ?(?:present|now)|(?:since|from) (.+?)(?: on| onwards?)?|(.+) onwards?"
)
_UNTIL = re.compile(r"(?:until|till|up to) (.+)")
_ABOUT = re.compile(r"(?:(?:circa|ca|c|about|around|approximately|approx|roughly)(?![a-z])|~) ?(?=[^ ])")
_PERHAPS = re.compile(r"(?:perhaps|possibly|probably|maybe) (?=[^ ])")
_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)? (?=[^ ])")


class _Civil(NamedTuple):
    year: int
    month: int = 0
    """1 to 12, or the EDTF number of a season, quarter, third or half; 0 for none."""
    day: int = 0

    def __str__(self) -> str:
        year, month, day = self
        return f"{write_year(year)}{f'-{month:02}' if month else ''}{f'-{day:02}' if day else ''}"


def suggest_edtf(text: str) -> str:
    """The EDTF for a date as people write it; empty if the text is not a date or is ambiguous."""
    found = suggestions(text)
    return found[0] if len(found) == 1 else ""


def canonical(text: str) -> str:
    """The EDTF for a date; `text` itself if it is EDTF already, is ambiguous or is not a date."""
    return text if _exists(text) else suggest_edtf(text) or text


def suggestions(text: str) -> tuple[str, ...]:
    """Every EDTF that a date as people write it can mean, the likeliest first.

    `1.11.2024` can be 1 November or 11 January; `1900s` can be a century or a decade.
    """
    if len(text) > LONGEST:
        return ()
    found = _repaired(text), *readings(normalized(text))
    return tuple(edtf for edtf in dict.fromkeys(found) if edtf != text and _exists(edtf))


def normalized(text: str) -> str:
    """`text` in lower case, without commas, `of`, `the`, ordinal endings, extra spaces and a weekday."""
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text.lower()).replace("\u2019", "'")
    text = re.sub(r"\b(?:b\.c\.e|b\.c|a\.d|c\.e)\.?", lambda match: match[0].replace(".", ""), text)
    text = re.sub(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))", "", text)
    text = re.sub(r",|(?<=[a-z])\.|(?<=[0-9])\.(?= ?[a-z])|\b(?:of|the)\b", " ", text)
    text = re.sub(r"\b([0-9]{1,2})(?:st|nd|rd|th)\b", r"\1", text)
    text = re.sub(r"^\s*([0-9]{1,2})[-/]([a-z]{3,9})[-/]([0-9]{4})\s*$", r"\1 \2 \3", text)
    text = re.sub(r"\s+", " ", text.replace("'s", "s")).strip()
    return _WEEKDAY.sub("", text, count=1) if _WEEKDAY.match(text) else text


def readings(text: str, year: int | None = None) -> tuple[str, ...]:
    """The EDTF that a `normalized()` text can mean, the likeliest first; some may be dates that do not exist.

    With a `year`, dates without a year are read too, as dates of that year.
    """
    qualifier = ""
    if text.endswith("?"):
        text, qualifier = text[:-1].rstrip(), "?"
    if (match := _PERHAPS.match(text)) is not None:
        text, qualifier = text[match.end() :], "?"
    if (match := _ABOUT.match(text)) is not None and not _CENTURY.fullmatch(text):
        text, qualifier = text[match.end() :], "%" if qualifier else "~"
    found = _one(text, year)
    if found:
        return tuple(edtf + qualifier for edtf in found)
    return () if qualifier else _more(text, year)


def _one(text: str, year: int | None) -> tuple[str, ...]:
    if (match := _ALL_NUMBERS.fullmatch(text)) is not None:
        return _numbers(match, year)
    if (match := _TWO_NUMBERS.fullmatch(text)) is not None:
        return _two_numbers(match, year)
    if (match := _BASIC.fullmatch(text)) is not None and _exists("-".join(match.groups())):
        return ("-".join(match.groups()),)
    if (match := _DECADE.fullmatch(text)) is not None:
        return _decade(match[1].zfill(3))
    if (match := _CENTURY.fullmatch(text)) is not None and int(match[1]) > 0:
        return (f"{'-' if (match[2] or '').startswith('b') else ''}{int(match[1]) - 1:02}XX",)
    civil = _single(text, year)
    return (str(civil),) if civil else ()


def _decade(tens: str) -> tuple[str, ...]:
    """The EDTF for a decade, which can be a century if it is the first one of it."""
    found = (f"{tens[:2]}XX", f"{tens}X") if tens.endswith("0") else (f"{tens}X",)
    return found[::-1] if tens == _FIRST_DECADE else found


def _more(text: str, year: int | None) -> tuple[str, ...]:
    """The EDTF for an interval, or for one date or another."""
    for pattern in _WITHIN_MONTH:
        if (match := pattern.fullmatch(text)) is not None and (first := _civil(match, year)) is not None:
            return (_joined(first, first._replace(day=int(match["last"])), match["joint"]),)
    if (match := _UNTIL.fullmatch(text)) is not None and (end := _single(match[1], year)) is not None:
        return (f"../{end}",)
    for separator in (" to ", " or ", " and ", " - ", "-"):
        one, found, other = text.partition(separator)
        last = _single(other, year) if found else None
        if last is not None:
            joint = "-" if one.startswith("between ") else separator
            one = re.sub(r"^(?:from|between|either|both) ", "", one)
            if other.endswith(("bc", "bce")) and re.fullmatch("[0-9]+", one):
                one += " bc"
            first = _single(one, year) or _single(one, last.year)
            return (_joined(first, last, joint),) if first else ()
    if (match := _SINCE.fullmatch(text)) is not None:
        start = _single(match[1] or match[2] or match[3], year)
        return (f"{start}/..",) if start else ()
    return ()


def _joined(first: _Civil, last: _Civil, joint: str) -> str:
    shape = {"or": "[{},{}]", "and": "{{{},{}}}"}.get(joint.strip(), "{}/{}")
    return shape.format(first, last)


def _single(text: str, year: int | None) -> _Civil | None:
    for pattern in _SINGLE:
        if (match := pattern.fullmatch(text)) is not None:
            return _civil(match, year)
    return None


def _civil(match: re.Match[str], year: int | None) -> _Civil | None:
    parts = {name: part for name, part in match.groupdict().items() if part}
    if "year" in parts:
        year = _astronomical(parts["year"])
    if year is None:
        return None
    month = 0
    if "month" in parts:
        month = SHORT_MONTHS.index(parts["month"][:3].title()) + 1
    elif "number" in parts:
        month = int(parts["number"])
    elif "season" in parts:
        month = SEASONS[parts["season"]]
    elif quarter := parts.get("quarter") or parts.get("nth_quarter"):
        month = 32 + _ORDINALS[quarter]
    elif half := parts.get("half") or parts.get("nth_half"):
        month = 39 + _ORDINALS[half]
    day = int(parts.get("day", 0))
    # There is no month 0 or day 0, and EDTF has no months in a year of more than four digits.
    wrong = ("number" in parts and not month) or ("day" in parts and not day) or (month and abs(year) > 9999)
    return None if wrong else _Civil(year, month, day)


def _astronomical(text: str) -> int | None:
    """The astronomical year (1 BC is 0) of a text that `_YEAR` matched; None for a year 0 BC."""
    digits, _, decimals = re.sub(r"[^0-9.]", "", text).partition(".")
    zeros = 9 if "billion" in text else 6 if "million" in text else 0
    number = int(digits + decimals.ljust(zeros, "0"))
    if "b" not in text.replace("billion", "") and "ago" not in text:
        return number
    if number == 0:
        return None
    # As in `wording.year_in_words()`: one year does not matter in round thousands.
    return -number if number >= 10_000 and number % 1000 == 0 else 1 - number


def _numbers(match: re.Match[str], year: int | None) -> tuple[str, ...]:
    one, _, other, last = match.groups()
    if len(last) == 2:
        if year is None:
            return ()
        last = str(nearest_year(int(last), year))
    both = (_Civil(int(last), int(other), int(one)), _Civil(int(last), int(one), int(other)))
    found = tuple(dict.fromkeys(str(civil) for civil in both if _exists(str(civil))))
    return found or (str(both[0]),)


def _two_numbers(match: re.Match[str], year: int | None) -> tuple[str, ...]:
    """The EDTF for two numbers: day and month, month and day, or month and the last two digits of a year."""
    if year is None:
        return ()
    one, other = int(match[1]), int(match[2])
    all_three = (_Civil(year, other, one), _Civil(nearest_year(other, year), one), _Civil(year, one, other))
    return tuple(dict.fromkeys(str(civil) for civil in all_three if _exists(str(civil))))


def nearest_year(last_two: int, year: int) -> int:
    """The year nearest to `year` that ends in these two digits."""
    return year + (last_two - year + 50) % 100 - 50


def _repaired(text: str) -> str:
    """EDTF with unambiguous mistakes corrected: spaces, lower case, older spellings, commas in times."""
    text = re.sub(r"\s*([/,{}\[\]])\s*", r"\1", text.strip().upper())
    text = re.sub(r"(?<=[0-9]) (?=[0-9]{2}:)", "T", text)
    text = re.sub(r"(?<=:[0-9]{2})[.,]([0-9]{1,9})[0-9]*", r".\1", text)
    text = re.sub(r"(:[0-9]{2}(?:\.[0-9]+)?) (?=UTC|Z|[+-])", r"\1", text).replace("UTC", "Z")
    text = re.sub(r"(:[0-9]{2}(?:\.[0-9]+)?[+-][0-9]{2})([0-9]{2})\Z", r"\1:\2", text)
    return text.replace("UNKNOWN", "").replace("OPEN", "..").replace("U", "X")


def _exists(edtf: str) -> bool:
    try:
        bounds(parse_edtf(edtf))
    except DateError:
        return False
    return True
