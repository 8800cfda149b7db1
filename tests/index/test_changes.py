"""What the index notes of what changes is, on each day, what the event as known then would be found by."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from unittest.mock import patch

import msgspec
from hypothesis import given

from tests.support.changing_readings import header_of, read
from tests.support.disclosures import HEADER, stories
from tests.support.histories import FIRST, LAST, changing_files
from timeline_tui.dates.date import END, parse_date
from timeline_tui.index import changes as changes_module
from timeline_tui.index.changes import Changes, texts_over_time
from timeline_tui.index.index import Index
from timeline_tui.index.prepare import texts_of, values_of
from timeline_tui.index.searched import header_facts
from timeline_tui.model.known_on import date_history, event_as_known, known_and_came
from timeline_tui.model.records import Event, Header, Media
from timeline_tui.model.validity import EventSpans
from timeline_tui.query.vocabulary import IDENTIFIED, folded

if TYPE_CHECKING:
    from tests.support.histories import Plain

Found = set[tuple[str, str]]


def found_by(event: Event, header: Header) -> Found:
    return {
        (field, value if field in IDENTIFIED else folded(value))
        for field, values in values_of(event, header_facts(header))
        for value in values
        if value
    }


def noted(event: Event, header: Header, day: int) -> Found:
    """What an event is found by on a day, by what is noted beside what it is found by now."""
    changes = Changes(header_facts(header))
    changes.add(0, event)
    *_, spells, _, _ = changes.columns()
    found = found_by(event, header)
    for field, value, is_there, postings in spells:
        for _, since, until in postings:
            if since <= day < until:
                assert ((field, value) in found) != is_there
                (found.add if is_there else found.discard)((field, value))
    return found


def compare(event: Event, header: Header, day: int) -> None:
    days = header_facts(header).days
    spans = EventSpans(event, days)
    assert spans.known == date_history(event).known
    if spans.known > day:
        return
    then = event_as_known(event, day, days)
    assert noted(event, header, day) == found_by(then, header)
    texts = {text for text, held in texts_over_time(event, spans) for a, b in held if a <= day < b}
    assert texts - {""} == set(texts_of(then)) - {""}
    dates = [date for date, held in spans.dates() for a, b in held if a <= day < b]
    assert dates == [then.date]
    kept = defaultdict(list)
    for part, held, _ in spans.parts:
        kept[type(part).__name__].append(any(a <= day < b for a, b in held))
    assert sum(kept["Quote"]) == len(then.quotes)
    assert sum(kept["StatusEntry"]) == len(then.statuses)
    assert sum(kept["Outcome"]) == len(then.outcomes)


def columns(event: Event, header: Header) -> list[list[bytes]]:
    """All that is noted of an event, column by column, in no order."""
    changes = Changes(header_facts(header))
    changes.add(0, event)
    noted = (*changes.columns(), changes.past.items())
    return [sorted(map(msgspec.msgpack.encode, column)) for column in noted]


def compare_shortcuts(event: Event, header: Header) -> None:
    dates = date_history(event)
    assert known_and_came(event) == (dates.known, dates.came)
    quickly = columns(event, header)
    with patch.object(changes_module, "steady_from", return_value=None):
        assert columns(event, header) == quickly


@given(changing_files())
def test_events_that_never_change_are_noted_in_one_pass_as_in_several(file: Plain) -> None:
    reading = read(file)
    for event in reading.events:
        compare_shortcuts(event, header_of(reading))


@given(stories)
def test_events_with_dates_of_all_sorts_are_noted_in_one_pass_as_in_several(found: list[Event]) -> None:
    for event in found:
        compare_shortcuts(event, HEADER)


@given(changing_files())
def test_of_events_of_which_everything_changes(file: Plain) -> None:
    reading = read(file)
    for event in reading.events:
        for day in (*range(FIRST - 1, LAST + 2), END - 1):
            compare(event, header_of(reading), day)


@given(stories)
def test_of_events_with_dates_of_all_sorts(found: list[Event]) -> None:
    first = parse_date("2024-10-30").earliest
    for event in found:
        for day in (*range(first, first + 18), parse_date("2024-11-30").earliest, END - 1):
            compare(event, HEADER, day)


def test_a_picture_of_a_later_day_is_news_of_that_day_and_found_from_then_on() -> None:
    later = parse_date("2024-06-01")
    one = Event(date=parse_date("2024-05-01"), title="It", media=(Media(path="a.jpg", date=later),))
    index = Index.build(Header(title="T"), [one])
    day = later.earliest
    assert [(kind, list(keys)) for _, kind, keys in index.disclosures(day, day, ("media",))] == [
        ("media", [0])
    ]
    absent, _ = index.spells("has", "media")
    assert (list(absent.on(day - 1)), list(absent.on(day))) == ([0], [])
