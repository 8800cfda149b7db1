"""Puts dates into words, never more precise than in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.day_numbers import to_civil
from timeline_tui.dates.edtf import (
    APPROXIMATE,
    BEGINNING,
    END,
    SEASONS,
    UNCERTAIN,
    Interval,
    Limit,
    Moment,
    moments,
    year_range,
)
from timeline_tui.dates.months import MONTHS, SHORT_MONTHS

if TYPE_CHECKING:
    from timeline_tui.dates.date import Date
    from timeline_tui.dates.edtf import Form, Several, Time

_SEASON_NAMES = ("spring", "summer", "autumn", "winter")
_ORDINALS = ("first", "second", "third", "fourth")
_NORTH, _SOUTH, _QUARTERS, _THIRDS, _HALVES = 25, 29, 33, 37, 40

_MILLION = 10**6
_DASH = "\N{EN DASH}"
_CYCLE_DAYS, _CYCLE_YEARS = 146_097, 400


def in_words(date: Date) -> str:
    """`date` in words: `6 November 2024`, `about 1990`, `23 or 24 October 2024`."""
    return _form(date.form)


_LAST_YEAR = 9999
"""EDTF writes a month and a day of years of four digits only, so that nobody knows the day in others."""


def day_in_words(day: int) -> str:
    """A day number in words: `6 November 2024`, `15 March 44 BC`; of years of five digits, the year alone."""
    if day in (BEGINNING, END):
        return "the beginning" if day == BEGINNING else "the end"
    year, month, of_month = to_civil(day)
    if abs(year) > _LAST_YEAR:
        return year_in_words(year)
    return f"{of_month} {MONTHS[month - 1]} {year_in_words(year)}"


def year_in_words(year: int) -> str:
    """An astronomical year in words: `2024`, `AD 70`, `44 BC`, `17,000 BC`, `13.8 billion BC`.

    Year 0 is 1 BC, so -43 is 44 BC. Whole thousands before 10,000 BC are round numbers, and
    are not shifted by this one year.
    """
    if year > 0:
        return str(year) if 1000 <= year <= 9999 else f"AD {_large(year)}"
    before = -year if year <= -10_000 and year % 1000 == 0 else 1 - year
    return f"{_large(before)} BC"


def span_in_words(days: int) -> str:
    """A length of time, rounded to a suitable unit: `23 days`, `3 weeks`, `8 months`, `2 years`.

    Up to 60 days are exact, in days or whole weeks; lengths under two years are in months.
    """
    days = abs(days)
    if days <= 60:
        return _count(days // 7, "week") if days >= 14 and days % 7 == 0 else _count(days, "day")
    months = (days * 12 * _CYCLE_YEARS + _CYCLE_DAYS // 2) // _CYCLE_DAYS
    if months < 24 and months != 12:
        return _count(months, "month")
    years = (days * _CYCLE_YEARS + _CYCLE_DAYS // 2) // _CYCLE_DAYS
    if years >= 10 * _MILLION:
        years = years // _MILLION * _MILLION
    return _count(years, "year")


def _count(number: int, unit: str) -> str:
    return f"{_large(number)} {unit}{'' if number == 1 else 's'}"


def _large(number: int) -> str:
    for size, name in ((10**9, "billion"), (_MILLION, "million")):
        whole, rest = divmod(number, size)
        if whole and rest % (size // 1000) == 0:
            decimals = f"{rest * 1000 // size:03}".rstrip("0")
            return f"{whole:,}{'.' if decimals else ''}{decimals} {name}"
    return f"{number:,}" if number > 9999 else str(number)


def _form(form: Form) -> str:
    if isinstance(form, Moment):
        return moment_in_words(form)
    return _interval(form) if isinstance(form, Interval) else _several(form)


def moment_in_words(moment: Moment) -> str:
    """One date in words, with its qualifiers and its time of day."""
    words = _calendar(moment)
    if moment.time is not None:
        words = f"{words}, {_clock(moment.time)}{_zone(moment.time)}"
    components = [("year", moment.qualifiers[0])]
    if moment.month:
        season = "X" not in moment.month and int(moment.month) in SEASONS
        components.append(("season" if season else "month", moment.qualifiers[1]))
    if moment.day:
        components.append(("day", moment.qualifiers[2]))
    return _qualified(words, components)


def _qualified(words: str, components: list[tuple[str, int]]) -> str:
    marks = {mark for _, mark in components}
    if len(marks) == 1:
        (mark,) = marks
        about = "about " if mark & APPROXIMATE and not words.startswith("about ") else ""
        return f"{about}{words}{' (uncertain)' if mark & UNCERTAIN else ''}"
    remarks = [
        f"{' and '.join(name for name, mark in components if mark == wanted)} {remark}"
        for wanted, remark in (
            (UNCERTAIN, "uncertain"),
            (APPROXIMATE, "approximate"),
            (UNCERTAIN | APPROXIMATE, "uncertain and approximate"),
        )
        if wanted in marks
    ]
    return f"{words} ({', '.join(remarks)})"


def _calendar(moment: Moment) -> str:
    year, month, day = _year(moment), moment.month, moment.day
    exact = not moment.significant and "X" not in moment.year
    if month == "":
        return year
    if "X" in month:
        unknown = f"some month in {year}{_digits('month', month)}"
        if "X" in day:
            return f"some day in {year}{_digits('month', month)}{_digits('day', day)}"
        return f"day {int(day)} of {unknown}" if day else unknown
    if int(month) in SEASONS:
        return _season(int(month), int(moment.year)) if exact else f"some {_season(int(month))} in {year}"
    named = f"{MONTHS[int(month) - 1]} {year}" if exact else f"{MONTHS[int(month) - 1]} in {year}"
    if "X" in day:
        return f"some day in {named}{_digits('day', day)}"
    if day:
        named = f"{int(day)} {named}"
    return named if exact else f"some {named}"


def _digits(component: str, digits: str) -> str:
    return "" if digits == "XX" else f" ({component} {digits})"


def _year(moment: Moment) -> str:
    """The year in words: `2024`, `the 2010s`, `about 1950 (between 1900 and 1999)`."""
    digits = moment.year
    if moment.significant:
        between = " and ".join(map(year_in_words, year_range(moment)))
        return f"about {year_in_words(int(digits))} (between {between})"
    if "X" not in digits:
        return year_in_words(int(digits))
    known = digits.rstrip("X")
    if "X" in known or known in ("", "-"):
        return f"a year like {digits}" if known not in ("", "-") else "an unknown year"
    low, high = year_range(moment)
    # The 2000s and the 1000s might be a decade, a century or a millennium.
    if low >= 100 and low % 1000 and digits.count("X") <= 2 and digits[2] != "0":
        return f"the {low}s"
    if 0 < low < 1000:
        return f"{year_in_words(low)}{_DASH}{high}"
    return _between(year_in_words(low), year_in_words(high))


def _season(code: int, year: int | None = None) -> str:
    """A season, quarter, third or half, with or without a year: `autumn 2024`, `third quarter of 2024`."""
    named = "" if year is None else year_in_words(year)
    if _THIRDS <= code < _HALVES:
        month, length = SEASONS[code]
        return f"{MONTHS[month - 1]}{_DASH}{MONTHS[month + length - 2]}{f' {named}' if named else ''}"
    for first, unit in ((_HALVES, "half"), (_QUARTERS, "quarter")):
        if code >= first:
            return f"{_ORDINALS[code - first]} {unit}{f' of {named}' if named else ''}"
    if year is not None and SEASONS[code][0] == 12:
        named = (
            f"{named}{_DASH}{(year + 1) % 100:02}"
            if 1000 <= year < 9999
            else f"{named} to {year_in_words(year + 1)}"
        )
    south = " (southern hemisphere)" if code >= _SOUTH else ""
    return f"{_SEASON_NAMES[(code - 21) % 4]}{f' {named}' if named else ''}{south}"


def _clock(time: Time) -> str:
    fraction = f".{time.fraction}" if time.fraction.strip("0") else ""
    seconds = f":{time.second:02}{fraction}" if time.second or fraction else ""
    return f"{time.hour:02}:{time.minute:02}{seconds}"


def _zone(time: Time) -> str:
    if not time.offset:
        return "" if time.offset is None else " UTC"
    hours, minutes = divmod(abs(time.offset), 60)
    return f" UTC{'-' if time.offset < 0 else '+'}{hours}{f':{minutes:02}' if minutes else ''}"


def _interval(interval: Interval) -> str:
    start, end = interval
    if isinstance(start, Moment) and isinstance(end, Moment):
        if start.time and end.time and start[:3] == end[:3] and start.time.offset == end.time.offset:
            return f"{_calendar(start)}, {_clock(start.time)}{_DASH}{_clock(end.time)}{_zone(end.time)}"
        return _between(moment_in_words(start), moment_in_words(end))
    words = moment_in_words(moments(interval)[0])
    if isinstance(end, Limit):
        return f"from {words} on" if end is Limit.OPEN else f"from {words}, end unknown"
    return f"until {words}{', beginning unknown' if start is Limit.UNKNOWN else ''}"


def _between(first: str, last: str) -> str:
    """Two dates as one range, with their shared words only once: `24 February to 5 March 2024`."""
    if first == last:
        return first
    (one, other), shared = _shared_end([first, last])
    dash = " to " if " " in one + other else _DASH
    return f"{one}{dash}{other}{shared}"


def _several(several: Several) -> str:
    words = list(dict.fromkeys(map(_form, several.members)))
    heads, shared = _shared_end(words)
    *others, last = heads
    joint = " and " if several.every else " or "
    return f"{joint.join(filter(None, (', '.join(others), last)))}{shared}"


def _shared_end(texts: list[str]) -> tuple[list[str], str]:
    """The texts without the last words that all of them share, and those words."""
    split = [text.split(" ") for text in texts]
    longest = min(map(len, split)) - 1
    count = 0
    while count < longest and len({words[-count - 1] for words in split}) == 1:
        count += 1
    if count == 0 or len(texts) == 1:
        return texts, ""
    return [" ".join(words[:-count]) for words in split], " " + " ".join(split[0][-count:])


class Cells(NamedTuple):
    """A date in three narrow columns: year, month and day."""

    year: str
    """At most 12 cells: `2024`, `44 BC`, `2010s`, `13.8 bn BC`."""
    month: str
    """Three cells or none: `Nov`."""
    day: str
    """At most 6 cells: `6`, `~6`, `6?`, `23/24`, `30→` if it continues after the month; a season,
    `autumn` or `Q3`; for a date without a day its qualifiers alone, `~` or `?`."""


def cells(date: Date) -> Cells:
    """`date` for a narrow column; a time of day is left out."""
    return _form_cells(date.form)


def _form_cells(form: Form) -> Cells:
    if isinstance(form, Moment):
        return _moment_cells(form)
    if isinstance(form, Interval):
        return _interval_cells(form)
    first, *others = dict.fromkeys(form.members)
    year, month, day = _form_cells(first)
    if not others:
        return Cells(year, month, day)
    last = others[-1]
    if (
        len(others) == 1
        and isinstance(first, Moment)
        and isinstance(last, Moment)
        and _one_month(first, last)
    ):
        return Cells(year, month, f"{day}{'+' if form.every else '/'}{int(last.day)}")
    return Cells(year, month, f"{_short(day)}…")


def _interval_cells(interval: Interval) -> Cells:
    start, end = interval
    year, month, day = _moment_cells(moments(interval)[0])
    if not isinstance(start, Moment):
        return Cells(year, month, f"→{_short(day)}")
    if isinstance(end, Moment):
        if start[:3] == end[:3]:
            return Cells(year, month, day)
        if _one_month(start, end):
            return Cells(year, month, f"{day}{_DASH}{int(end.day)}")
    return Cells(year, month, f"{_short(day)}→")


def _one_month(first: Moment, last: Moment) -> bool:
    """Whether both are days of the same month, without qualifiers."""
    certain = not any(first.qualifiers + last.qualifiers)
    return certain and first[:2] == last[:2] and first.day.isdigit() and last.day.isdigit()


def _short(day: str) -> str:
    return day if len(day) <= 5 else day[:3]


def _moment_cells(moment: Moment) -> Cells:
    month, day = moment.month, moment.day
    month_cell, day_cell = "", ""
    if month and "X" not in month:
        if int(month) in SEASONS:
            day_cell = _season_cell(int(month))
        else:
            month_cell = SHORT_MONTHS[int(month) - 1]
            day_cell = "" if "X" in day else day.lstrip("0")
    marks = 0
    for mark in moment.qualifiers:
        marks |= mark
    if marks and len(day_cell) > 4:
        day_cell = day_cell[:3]
    about, doubt = "~" if marks & APPROXIMATE else "", "?" if marks & UNCERTAIN else ""
    return Cells(_year_cell(moment), month_cell, f"{about}{day_cell}{doubt}")


def _season_cell(code: int) -> str:
    for first, mark in ((_HALVES, "H{}"), (_THIRDS, "{}/3"), (_QUARTERS, "Q{}")):
        if code >= first:
            return mark.format(code - first + 1)
    return _SEASON_NAMES[(code - 21) % 4]


def _year_cell(moment: Moment) -> str:
    if moment.significant:
        return f"~{_year_cell(moment._replace(significant=0))}"
    words = _year(moment).removeprefix("the ").replace(" million", " m").replace(" billion", " bn")
    if "X" in moment.year:
        is_short = (
            len(words) <= 12 and " a" not in f" {words}" and not (words[0].isdigit() and _DASH in words)
        )
        return words if is_short else moment.year
    if len(words) > 11:
        words = words.removeprefix("AD ")
    if len(words) <= 11:
        return words
    whole = abs(int(moment.year)) // _MILLION
    return f"{whole:,} m{' BC' if words.endswith(' BC') else ''}"
