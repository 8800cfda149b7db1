"""Dates of TimelineJS: numbers for year, month, day and time, and a text to show instead.

TimelineJS shows the year -44 as 44 BCE, which EDTF writes -0043.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.date import BEGINNING, END, Date, DateError, parse_date
from timeline_tui.dates.day_numbers import to_civil
from timeline_tui.dates.edtf import SEASONS, Limit, Moment, moments, write_year, year_range
from timeline_tui.dates.lenient import edtf_of
from timeline_tui.dates.wording import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PARTS = ("year", "month", "day", "hour", "minute", "second")
FARTHEST = 271_821
"""The first year for which TimelineJS uses its cosmological scale, which has years only."""

_NUMBER = re.compile(r"([+-]?[0-9]{1,15})(?:\.0+)?")
_TIME = re.compile(
    r"([0-9]{1,2})(?:[:.]([0-9]{2}))?(?:[:.]([0-9]{2}))?(?:\.[0-9]+)?\s*([ap])?\.?(?:m\.?)?", re.IGNORECASE
)
_OFFSET = re.compile(r"UTC([+\N{MINUS SIGN}-])([0-9]{1,2})(?::([0-9]{2}))?\Z")
_MARKS = ("?", "~", "%", "Z", "/", "/..", "-XX")


class Parts(NamedTuple):
    """A date as TimelineJS has it."""

    start: dict[str, int]
    """Numbers for some of `PARTS`, from the year down."""
    end: dict[str, int]
    """The same for the end; empty if there is none."""


def edtf_of_parts(parts: Mapping[str, object]) -> str:
    """The EDTF for a date of TimelineJS; empty if it cannot be read."""
    given = {name: str(parts.get(name, "")).strip().replace(",", "") for name in PARTS}
    numbers = {name: match[1] for name, text in given.items() if (match := _NUMBER.fullmatch(text))}
    if "year" not in numbers:
        return edtf_of(given["year"]) if given["year"] and not given["month"] else ""
    if any(given[name] and name not in numbers for name in ("month", "day")):
        return edtf_of(f"{given['day']} {given['month']} {given['year']}".strip())
    year = astronomical(int(numbers["year"]))
    text = write_year(year)
    if abs(year) <= 9999 and "month" in numbers:
        text += f"-{int(numbers['month']):02}"
        if "day" in numbers:
            text += f"-{int(numbers['day']):02}" + _time({name: numbers.get(name, "") for name in PARTS[3:]})
            milliseconds = str(parts.get("millisecond", "")).strip()
            if "second" in numbers and "T" in text and re.fullmatch("0*[1-9][0-9]{0,2}", milliseconds):
                text += f".{int(milliseconds):03}"
    return text if _date(text) else ""


def time_parts(text: str) -> dict[str, str]:
    """Hour, minute and second of a time in the spreadsheet (`10:30`, `4:30 PM`); empty if it is none."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return {}
    hour, minute, second, half = match.groups()
    if half:
        hour = str(int(hour) % 12 + (12 if half.lower() == "p" else 0))
    found = {"hour": hour, "minute": minute or "00", "second": second or ""}
    return {name: value for name, value in found.items() if value}


def interval_between(start: str, end: str) -> str:
    """The interval between two dates; empty if the end is before the start, or both are the same."""
    text = f"{start}/{end}"
    return text if start and end and start != end and _date(text) else ""


def parts_of(date: Date) -> Parts | None:
    """A date in numbers, no more precise than it is known; None if nothing at all is known of it."""
    if date.earliest == BEGINNING and date.latest == END:
        return None
    if date.text.strip("X") == "":
        return None
    form = date.form
    found = moments(form)
    if isinstance(form, Moment):
        return _several(form, form)
    if isinstance(form, tuple) and any(isinstance(end, Limit) for end in form):
        # A date needs a start: if only the end is known, it is used as the start.
        return Parts(_several(found[0], found[0]).start, {})
    ordered = sorted(found, key=year_range)
    days = {0: date.earliest, -1: date.latest}
    first, last = (_nearest(ordered, days[at], at) for at in (0, -1))
    return _several(first, last)


def refined_by_display(edtf: str, display: str) -> str:
    """The EDTF for a date, refined by the text that is shown for it, if both are the same date.

    `2024` shown as “about 2024” is `2024~`; any other text leaves the date as it is.
    """
    date = _date(edtf)
    if date is None or not display:
        return edtf
    for candidate in _candidates(edtf, display):
        other = _date(candidate)
        if other is not None and parts_of(other) == parts_of(date) and displays_exactly(candidate, display):
            return candidate
    return edtf


def displays_exactly(edtf: str, display: str) -> bool:
    """Whether a text shown for a date means exactly that date."""
    date = _date(edtf)
    return date is not None and (in_words(date) == display or edtf_of(display) == edtf)


def _candidates(edtf: str, display: str) -> Iterator[str]:
    yield edtf_of(display)
    yield from (edtf + mark for mark in _MARKS)
    yield f"../{edtf}"
    yield f"/{edtf}"
    if (match := _OFFSET.search(display)) is not None:
        sign = "+" if match[1] == "+" else "-"
        yield f"{edtf}{sign}{int(match[2]):02}:{match[3] or '00'}"
    first, _, last = edtf.partition("/")
    yield f"[{first},{last}]"
    yield f"{{{first},{last}}}"


def _several(first: Moment, last: Moment) -> Parts:
    start, end = _numbers(first, last=False), _numbers(last, last=True)
    return Parts(start, {} if start == end else end)


def _nearest(found: list[Moment], day: int, at: int) -> Moment:
    """The date that contains a day; of several, the first (0) or the last (-1)."""
    year = to_civil(day)
    near = [moment for moment in found if _holds(moment, year)]
    return near[at] if near else found[at]


def _holds(moment: Moment, civil: tuple[int, int, int]) -> bool:
    numbers = (_numbers(moment, last=last) for last in (False, True))
    return any(
        all(parts.get(name) in (None, number) for name, number in zip(PARTS, civil, strict=False))
        for parts in (_with_astronomical_year(parts) for parts in numbers)
    )


def _with_astronomical_year(parts: dict[str, int]) -> dict[str, int]:
    return {**parts, "year": astronomical(parts["year"])}


def _numbers(moment: Moment, *, last: bool) -> dict[str, int]:
    """The numbers of the first or last date that a moment may be, as far as its digits are known."""
    year = year_range(moment)[last]
    parts = {"year": year if year > 0 or _is_round(year) else year - 1}
    if "X" in moment.year or moment.significant or not moment.month or "X" in moment.month:
        return parts
    if int(moment.month) in SEASONS:
        month, length = SEASONS[int(moment.month)]
        past, month = divmod(month - 1 + (length - 1 if last else 0), 12)
        return {"year": parts["year"] + past, "month": month + 1}
    parts["month"] = int(moment.month)
    if moment.day and "X" not in moment.day:
        parts["day"] = int(moment.day)
        if moment.time is not None:
            parts |= {"hour": moment.time.hour, "minute": moment.time.minute}
            parts |= {} if moment.time.second is None else {"second": moment.time.second}
            milliseconds = int(moment.time.fraction[:3].ljust(3, "0"))
            parts |= {"millisecond": milliseconds} if milliseconds else {}
    return parts


def astronomical(year: int) -> int:
    """A year counted so that 1 BC is 0, from one counted so that it is -1; round thousands stay."""
    return year if year >= 0 or _is_round(year) else year + 1


def _is_round(year: int) -> bool:
    # As in `year_in_words()`: one year does not matter in round thousands.
    return year <= -10_000 and year % 1000 == 0


def _time(numbers: Mapping[str, str]) -> str:
    if not numbers["hour"]:
        return ""
    second = f":{int(numbers['second']):02}" if numbers["second"] else ""
    return f"T{int(numbers['hour']):02}:{int(numbers['minute'] or 0):02}{second}"


def _date(text: str) -> Date | None:
    try:
        return parse_date(text)
    except DateError:
        return None
