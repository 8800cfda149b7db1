"""Dates in other people's files, read into EDTF: one by one, or with what the rest of their column shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates import DateError, parse_date
from timeline_tui.written_dates import suggestions

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMBERS = re.compile(r"\s*([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})(?=\s|\Z)")


class Column(NamedTuple):
    """The dates of a column or of one key of a list."""

    dates: list[str]
    """EDTF, in the order of the texts; empty where there is no date to be read."""
    guess: str
    """What was guessed of all of them (`03/04/2021 is read month first, …`); empty if nothing was."""


def edtf_of(text: str) -> str:
    """The EDTF for a date as people write it; empty if it is none, or may be more than one (`03/04/2021`)."""
    found = _meanings(text)
    return found[0] if len(found) == 1 else ""


def edtf_of_all(texts: Iterable[str]) -> list[str]:
    """The same of many dates, those that may be read month first or day first as the others show."""
    return edtf_of_column(texts).dates


def edtf_of_column(texts: Iterable[str]) -> Column:
    """The same, with a sentence on what was guessed."""
    texts = list(texts)
    found = [_meanings(text) for text in texts]
    unclear = [text for text, each in zip(texts, found, strict=True) if len(each) > 1]
    if not unclear:
        return Column([each[0] if each else "" for each in found], "")
    numbers = [match for text in texts if (match := _NUMBERS.match(text)) is not None]
    day_first = sum(int(match[1]) > 12 for match in numbers)
    month_first = sum(int(match[3]) > 12 for match in numbers)
    if day_first == month_first:
        return Column([each[0] if len(each) == 1 else "" for each in found], "")
    at = 0 if day_first > month_first else -1
    order = "day first" if at == 0 else "month first"
    guess = (
        f"dates like {unclear[0].strip()} are read {order}, as {max(day_first, month_first)} others must be"
    )
    return Column([each[at] if each else "" for each in found], guess)


def with_precision(edtf: str, precision: str) -> str:
    """A date cut to the precision that is named beside it: `2021-01-01` with `year` is `2021`."""
    length = {"year": 1, "month": 2, "day": 3}.get(precision.strip().lower())
    match = re.fullmatch(r"(-?[0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?:T.*)?", edtf)
    if match is None or length is None:
        return edtf
    return "-".join([part for part in match.groups() if part][:length])


def _meanings(text: str) -> tuple[str, ...]:
    """EDTF for all that the text may mean, day first before month first."""
    text = text.strip()
    try:
        return (parse_date(text).text,)
    except DateError:
        return suggestions(text)
