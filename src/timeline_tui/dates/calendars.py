"""Days of other calendars as Gregorian ones: Julian days, and years counted from another beginning."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline_tui.dates.day_numbers import from_civil, to_civil
from timeline_tui.dates.edtf import write_year

if TYPE_CHECKING:
    from collections.abc import Callable

_DAY = re.compile(r"(-?[0-9]{4})-([0-9]{2})-([0-9]{2})([?~%]?)")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911}
"""The year before the first of each era of Japan, and of the Republic of China."""
_ERA = re.compile(rf"({'|'.join(_ERAS)}) ?([0-9]{{1,3}}|元) ?年")
_BUDDHIST = 543
"""Years by which the Thai calendar is ahead."""
_HIJRI = re.compile(r"\b(?:AH|A\.H\.|AM|A\.M\.|H\.)\s*\Z")
_THAI = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
_THAI_DATE = re.compile(rf"(?:([0-9]{{1,2}}) )?({'|'.join(_THAI)}) (?:พ\.ศ\. ?)?(2[0-9]{{3}})")


def from_julian(edtf: str) -> str:
    """A date whose days are those of the Julian calendar, in the Gregorian one.

    Months and years stay as they are: a difference of some days is below their precision.
    """
    if edtf.count("/") == 1:
        return "/".join(map(from_julian, edtf.split("/")))
    match = _DAY.fullmatch(edtf)
    if match is None or not 1 <= int(match[2]) <= 12:
        return edtf
    year, month, day = to_civil(_of_julian(int(match[1]), int(match[2]), int(match[3])))
    return f"{write_year(year)}-{month:02}-{day:02}{match[4]}"


def _of_julian(year: int, month: int, day: int) -> int:
    """The day number of a Julian day."""
    return _julian_days(year, month, day) + _BEGINNING


def _julian_days(year: int, month: int, day: int) -> int:
    """Days since 1 March of the year 0, in years that begin in March, so that a leap day is their last."""
    months = (month + 9) % 12
    years = year - (month < 3)
    return 365 * years + years // 4 + (153 * months + 2) // 5 + day - 1


_BEGINNING = from_civil(1582, 10, 15) - _julian_days(1582, 10, 5)
"""The day number of the Julian 1 March of the year 0: the calendars met where one took over."""


def in_common_years(text: str, edtf_of: Callable[[str], str]) -> str:
    """The EDTF for a date in a year of a Japanese era, of Taiwan or of Thailand; empty for any other."""
    if (match := _ERA.match(text)) is not None:
        year = _ERAS[match[1]] + (1 if match[2] == "元" else int(match[2]))
        return edtf_of(f"{year}年{text[match.end() :].strip()}")
    if (match := _THAI_DATE.fullmatch(text)) is not None:
        day = f"-{match[1].zfill(2)}" if match[1] else ""
        return f"{int(match[3]) - _BUDDHIST}-{_THAI.index(match[2]) + 1:02}{day}"
    return ""


def is_of_another_calendar(text: str) -> bool:
    """Whether a text counts its years as no calendar that is read here does: `1445 AH`."""
    return _HIJRI.search(text) is not None and not re.search(r":|[0-9] ?AM", text)
