"""What a day of the known-on clock brought."""

from __future__ import annotations

from tests.support.screens import SHIPMENT, TODAY
from timeline_tui.answers.newly_known import clock_step, next_day
from timeline_tui.dates.date import parse_date
from timeline_tui.loading.opened import open_timeline
from timeline_tui.query.language import parse_query
from timeline_tui.timeline.view import View


def shipment(query: str = "") -> View:
    view = View(open_timeline(SHIPMENT, today=TODAY).index, today=TODAY)
    return view.with_query(parse_query(query, view.vocabulary).query)


def day(text: str) -> int:
    return parse_date(text).earliest


def on(text: str, query: str = "") -> tuple[str, dict[str, str]]:
    """The words of a step, and the sign of each event that it marks."""
    view = shipment(query).known_by(day(text))
    step = clock_step(view)
    return step.words, {view.event(key).id: sign for key, sign in step.events.items()}


def test_a_new_event_is_named_and_marked() -> None:
    words, marks = on("2022-09-06")
    assert words.startswith("+ Northland ships shells to Southland")
    assert marks == {"accusation": "+"}


def test_a_changed_status_is_named_with_the_status_that_it_has_now() -> None:
    words, marks = on("2022-09-22")
    assert words.startswith("~ Northland ships shells to Southland: now disputed")
    assert marks == {"accusation": "~"}
    words, marks = on("2024-06-19")
    assert "~ Northland ships shells to Southland: now happened" in words
    assert marks == {"accusation": "~", "admission": "+"}


def test_an_update_an_outcome_and_a_later_note_mark_their_event() -> None:
    assert on("2022-09-20") == ("+ 1 update", {"accusation": "~"})
    assert on("2022-09-10") == ("+ 1 outcome", {"accusation": "~"})
    assert on("2023-02-10") == ("+ 1 note", {"list": "~"})


def test_a_new_event_is_gone_to_before_an_older_one_that_changed() -> None:
    view = shipment().known_by(day("2024-06-19"))
    step = clock_step(view)
    assert [(view.event(key).id, sign) for key, sign in step.events.items()] == [
        ("admission", "+"),
        ("accusation", "~"),
    ]
    assert view.position_of(step.first or 0) > view.position_of(list(step.events)[1])


def test_what_is_not_in_the_view_is_neither_named_nor_marked() -> None:
    assert on("2022-09-22", "title-nobody-has") == ("nothing became known about the events shown", {})


def test_an_event_that_leaves_the_view_because_its_status_changed_is_still_named() -> None:
    words, marks = on("2022-09-22", "status:claimed")
    assert words.startswith("~ Northland ships shells to Southland: now disputed")
    assert marks == {}


def test_steps_stop_on_each_day_on_which_anything_changed() -> None:
    view = shipment().known_by(day("2022-09-06"))
    days = []
    for _ in range(5):
        view = view.known_by(next_day(view, 1))
        days.append(view.known_on)
    assert days == [day(f"2022-09-{number:02}") for number in (8, 10, 20, 22)] + [day("2022-10-01")]


def test_the_next_change_follows_the_selected_one_and_the_last_has_none() -> None:
    step = clock_step(shipment().known_by(day("2024-06-19")))
    first, last = step.events
    assert step.first == first
    assert (step.after(first), step.after(last), step.after(-5)) == (last, None, None)
