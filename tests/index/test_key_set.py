from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.index.key_set import KeySet


class Pair(NamedTuple):
    total: int
    left: set[int]
    right: set[int]

    @property
    def sets(self) -> tuple[KeySet, KeySet]:
        return KeySet.of(self.left, self.total), KeySet.of(self.right, self.total)


@st.composite
def pairs(draw: st.DrawFn) -> Pair:
    """Two sets of keys; the total is large enough for sparse ones among them."""
    total = draw(st.integers(0, 400))
    keys = st.sets(st.integers(0, total - 1), max_size=30) if total else st.just(set[int]())
    return Pair(total, draw(keys), draw(keys))


@given(pairs())
def test_sets_are_combined_as_sets_of_python(pair: Pair) -> None:
    left, right = pair.sets
    assert set(left & right) == pair.left & pair.right
    assert set(left | right) == pair.left | pair.right
    assert set(left - right) == pair.left - pair.right
    assert (left == right) == (pair.left == pair.right)
    assert (hash(left) == hash(right)) >= (left == right)


@given(pairs())
def test_a_set_gives_its_keys_in_order(pair: Pair) -> None:
    keys, _ = pair.sets
    assert list(keys) == list(keys.keys()) == sorted(pair.left)
    assert len(keys) == len(pair.left)
    assert bool(keys) == bool(pair.left)
    assert {key for key in range(-1, pair.total + 1) if key in keys} == pair.left
    assert list(keys.marks) == [key in pair.left for key in range(pair.total)]


@given(pairs())
def test_a_set_is_the_same_from_keys_in_any_order_and_from_marks(pair: Pair) -> None:
    keys, _ = pair.sets
    backwards = sorted(pair.left, reverse=True)
    assert KeySet.of([*backwards, *backwards], pair.total) == keys
    assert KeySet.marked(keys.marks, pair.total) == keys
    assert KeySet.marked(keys.marks.rstrip(b"\0"), pair.total) == keys


@given(pairs())
def test_positions_are_those_in_the_ascending_keys_of_another_set(pair: Pair) -> None:
    keys, other = pair.sets
    ascending = sorted(pair.right)
    assert [ascending[position] for position in keys.positions_in(other)] == sorted(pair.left & pair.right)


@pytest.mark.parametrize("total", [0, 1, 7, 500])
def test_the_full_set_has_all_keys_and_the_empty_set_has_no_key(total: int) -> None:
    full, empty = KeySet.full(total), KeySet.empty(total)
    assert list(full) == list(range(total))
    assert list(empty) == []
    assert full - full == empty
    assert empty | full == full


def test_a_key_that_there_cannot_be_is_refused() -> None:
    with pytest.raises(IndexError):
        KeySet.of([3], 3)


def test_sets_of_timelines_of_different_lengths_are_not_equal() -> None:
    assert KeySet.of([1], 2) != KeySet.of([1], 3)
    assert KeySet.of([1], 2) != {1}


def test_a_set_is_shown_as_it_can_be_written() -> None:
    assert repr(KeySet.of([2, 0], 4)) == "KeySet.of([0, 2], 4)"
