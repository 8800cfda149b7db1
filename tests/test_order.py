from __future__ import annotations

from bisect import bisect_left

from hypothesis import given
from hypothesis import strategies as st

from tests.stories import HEADER, event
from timeline_tui.dates import Date, parse_date, reached_by
from timeline_tui.index import Index
from timeline_tui.order import Order

FIRST = parse_date("2024-11-01").earliest
DATES = [f"2024-11-{day:02}" for day in range(1, 7)] + [
    "2024-11", "2024-11-03/2024-11-05", "2024-11-02/..", "../2024-11-04", "2024-11-03T09:00:00Z",
]  # fmt: skip

dates = st.sampled_from(DATES)


@st.composite
def orders(draw: st.DrawFn) -> tuple[Index, list[int], dict[int, Date]]:
    """An index, the keys of some of its events, and the dates of those of all that were moved."""
    index = Index.build(HEADER, [event(date, "x") for date in draw(st.lists(dates, max_size=10))])
    keys = draw(st.sets(st.integers(0, max(index.total - 1, 0)))) if index.total else set()
    moved = draw(st.dictionaries(st.integers(0, max(index.total - 1, 0)), dates)) if index.total else {}
    return index, sorted(keys), {key: parse_date(date) for key, date in moved.items()}


def ordered(index: Index, keys: list[int], moved: dict[int, Date]) -> Order:
    return Order(index, keys, bytes(key in keys for key in range(index.total)), moved)


def place(index: Index, key: int, moved: dict[int, Date]) -> tuple[object, ...]:
    """Sorts as the order says that it stands."""
    date = moved.get(key, index.event(key).date)
    return date.earliest, key in moved, date.key if key in moved else (), key


@given(orders())
def test_what_was_moved_stands_behind_the_others_of_its_day(
    found: tuple[Index, list[int], dict[int, Date]],
) -> None:
    index, keys, moved = found
    assert list(ordered(*found).keys) == sorted(keys, key=lambda key: place(index, key, moved))


@given(orders())
def test_a_key_is_found_where_it_stands_and_an_absent_one_where_it_would(
    found: tuple[Index, list[int], dict[int, Date]],
) -> None:
    index, keys, moved = found
    order = ordered(*found)
    for position, key in enumerate(order.keys):
        assert order.position_of(key) == position
    for key in set(range(index.total)) - set(keys):
        if key not in moved:
            before = [other for other in keys if place(index, other, moved) < place(index, key, moved)]
        else:
            days = [moved.get(other, index.event(other).date).earliest for other in keys]
            before = [other for other in days if other <= moved[key].earliest]
        assert order.position_of(key) == min(len(before), len(keys) - 1)


@given(orders())
def test_days_go_up_and_are_found_where_they_begin(found: tuple[Index, list[int], dict[int, Date]]) -> None:
    index, _, moved = found
    order = ordered(*found)
    shown = [moved.get(key, index.event(key).date) for key in order.keys]
    earliest = [date.earliest for date in shown]
    assert list(order.earliest) == earliest == sorted(earliest)
    assert list(order.earliest[1:3]) == earliest[1:3]
    assert list(order.reached) == [reached_by(date) for date in shown]
    for day in range(FIRST - 2, FIRST + 40):
        assert order.first_from(day) == bisect_left(earliest, day)


@given(st.lists(dates, max_size=8))
def test_all_events_stand_by_key(texts: list[str]) -> None:
    index = Index.build(HEADER, [event(date, "x") for date in texts])
    order = Order(index, range(index.total), None, {})
    assert list(order.keys) == list(range(index.total))
    assert list(order.earliest) == sorted(parse_date(text).earliest for text in texts)
    assert [order.position_of(key) for key in order.keys] == list(order.keys)
    assert order.position_of(99) == index.total - 1
