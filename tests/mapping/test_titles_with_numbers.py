"""A title is told from a date whatever its numbers are, and is not read as one for each number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.dates.lenient import edtf_of
from timeline_tui.mapping import fields
from timeline_tui.mapping.fields import is_date

if TYPE_CHECKING:
    import pytest

MONTHS = ["January", "Feb", "mars", "Mai", "julio", "oktober", "Dec"]
WORDS = [
    "{month} {day}, {year}", "{day} {month} {year}", "about {day} {month} {year}", "early {month} {year}",
    "{month} to {month} {year}", "{day} {month} {year} at {hour}:30", "spring or summer {year}",
    "late {month} {year}", "before {day} {month} {year}", "mid {year}s to late {year}s",
    "the {hour}th century BC",
    "Quarter {digit} of {year}", "{month} {day} - {month} {day}, {year}", "between {year} and {year}",
]  # fmt: skip


@given(
    st.sampled_from(WORDS),
    st.sampled_from(MONTHS),
    st.integers(1, 28),
    st.integers(1000, 2100),
    st.integers(10, 20),
)
def test_a_date_in_words_is_a_date(words: str, month: str, day: int, year: int, hour: int) -> None:
    text = words.format(month=month, day=day, year=year, hour=hour, digit=1 + day % 4)
    assert is_date(text) == (len(text) <= 30 and bool(edtf_of(text)))


def test_titles_that_differ_in_a_number_alone_are_read_as_a_date_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def ask(text: str) -> str:
        asked.append(text)
        return ""

    monkeypatch.setattr(fields, "edtf_of", ask)
    assert not any(is_date(f"Parcel {number} of many") for number in range(1_000))
    assert len(asked) < 50
