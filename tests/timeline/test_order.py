from __future__ import annotations

from bisect import bisect_left

from hypothesis import given
from hypothesis import strategies as st

from tests.support.stories import HEADER, event
from timeline_tui.dates.date import Date, parse_date, reached_by
from timeline_tui.index.index import Index
from timeline_tui.index.key_set import KeySet
from timeline_tui.timeline.order import Order

FIRST = parse_date("2024-11-01").earliest
DATES = [f"2024-11-{day:02}" for day in range(1, 7)] + [
    "2024-11", "2024-11-03/2024-11-05", "2024-11-02/..", "../2024-11-04", "2024-11-03T09:00:00Z",
    "2024-11-03T23:00-05:00", "2024-11-04T03:30Z", "2024-11-04T01:00+14:00", "2024-11-02T12:00-12:00",
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
    return Order(index, KeySet.of(keys, index.total), moved)


def day_of(index: Index, key: int, moved: dict[int, Date]) -> int:
    """The day that an event stands on: its own, or that of an event of the file before it if later."""
    if key in moved:
        return moved[key].earliest
    return max(index.event(before).date.earliest for before in range(key + 1))


def place(index: Index, key: int, moved: dict[int, Date]) -> tuple[object, ...]:
    """Sorts as the order says that it stands."""
    return day_of(index, key, moved), key in moved, moved[key].key if key in moved else (), key


@given(orders())
def test_a_moved_event_comes_last_on_its_day(
    found: tuple[Index, list[int], dict[int, Date]],
) -> None:
    index, keys, moved = found
    assert list(ordered(*found).keys) == sorted(keys, key=lambda key: place(index, key, moved))


@given(orders())
def test_an_absent_key_has_the_position_at_which_it_would_be(
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
            days = [day_of(index, other, moved) for other in keys]
            before = [other for other in days if other <= moved[key].earliest]
        assert order.position_of(key) == min(len(before), len(keys) - 1)


@given(orders())
def test_days_ascend_and_the_first_position_of_a_day_is_found(
    found: tuple[Index, list[int], dict[int, Date]],
) -> None:
    index, _, moved = found
    order = ordered(*found)
    shown = [moved.get(key, index.event(key).date) for key in order.keys]
    days = [day_of(index, key, moved) for key in order.keys]
    assert list(order.standing) == days == sorted(days)
    assert list(order.standing[1:3]) == days[1:3]
    assert list(order.reached) == [reached_by(date) for date in shown]
    for day in range(FIRST - 2, FIRST + 40):
        assert order.first_from(day) == bisect_left(days, day)


@given(st.lists(dates, max_size=8))
def test_without_moved_events_the_order_is_that_of_the_keys(texts: list[str]) -> None:
    index = Index.build(HEADER, [event(date, "x") for date in texts])
    order = Order(index, None, {})
    assert list(order.keys) == list(range(index.total))
    assert list(order.standing) == [day_of(index, key, {}) for key in range(index.total)]
    assert list(index.earliest) == [index.event(key).date.earliest for key in range(index.total)]
    for day in range(FIRST - 2, FIRST + 40):
        marks = index.begun_by(day).ljust(index.total, b"\0")
        assert list(marks) == [index.earliest[key] <= day for key in range(index.total)]
    assert [order.position_of(key) for key in order.keys] == list(order.keys)
    assert order.position_of(99) == index.total - 1
