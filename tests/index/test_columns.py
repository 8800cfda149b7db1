from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.index import columns
from timeline_tui.index.columns import Column, Days, chunks, packed, run_lengths, unpacked
from timeline_tui.index.errors import DatabaseError

DAYS = st.lists(st.one_of(st.integers(-3, 3), st.integers(-(10**12), 10**12)), max_size=30).map(sorted)


@given(DAYS, st.integers(-5, 5), st.integers(0, 31), st.integers(0, 31))
def test_days_in_run_lengths_are_the_days_of_all_events(
    days: list[int], day: int, start: int, stop: int
) -> None:
    different, starts = run_lengths(array("q", days))
    kept = Days(unpacked(packed(different)), starts, len(days))
    assert list(kept) == days
    assert [kept[place] for place in range(len(kept))] == days
    assert [kept[place] for place in range(-len(kept), 0)] == days
    assert list(kept[start:stop]) == days[start:stop]
    assert kept.first_from(day) == bisect_left(days, day)
    with pytest.raises(IndexError):
        kept[len(days)]


@given(st.lists(st.integers(0, 2**32 - 1), max_size=20), st.integers(1, 7))
def test_a_column_reads_no_more_chunks_than_it_is_asked_for(values: list[int], size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "CHUNK", size)
        kept = list(chunks(array("I", values)))
        read: list[int] = []

        def chunk(number: int) -> bytes:
            read.append(number)
            return kept[number]

        column = Column(chunk, len(values))
        for place in range(0, len(values), size):
            assert column[place] == values[place]
            assert column[place] == values[place]
        assert read == list(range(len(kept)))
        assert list(column) == list(column.whole) == values
        with pytest.raises(IndexError):
            column[len(values)]


@pytest.mark.parametrize("days", [[], [0, -1, 738_000], [-(2**31), 2**31 - 1], [2**31], [-5 * 10**12, 7]])
def test_days_of_any_age_are_unpacked_as_they_were_packed(days: list[int]) -> None:
    assert list(unpacked(packed(array("q", days)))) == days


@given(st.sampled_from("Iq"), st.lists(st.integers(0, 2**32 - 1), max_size=200), st.booleans())
def test_columns_are_unpacked_as_they_were_packed(code: str, values: list[int], ordered: bool) -> None:
    column = array(code, sorted(values) if ordered else values)
    assert list(unpacked(packed(column))) == list(column)


@pytest.mark.parametrize("data", [b"", b"\0", b"Iabc", b"\xc9abc", b"\xc9" + zlib.compress(b"abc")])
def test_a_damaged_column_is_reported_as_a_damaged_database(data: bytes) -> None:
    with pytest.raises(DatabaseError, match="damaged"):
        unpacked(data)


def test_a_long_column_of_near_values_takes_little_room() -> None:
    assert len(packed(array("I", range(100_000)))) < 10_000
