"""The clock shows what a file would say in which nothing later was ever written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from hypothesis import given

from tests.support.changing_readings import header_of, read, unplaced
from tests.support.examples import LAW
from tests.support.histories import FIRST, LAST, changing_files, day_of, days, is_ahead, text_of, written_by
from timeline_tui.dates.date import END
from timeline_tui.model.known_on import (
    actor_as_known,
    date_history,
    day_role_known,
    disclosures,
    event_as_known,
    place_as_known,
    publication_days,
    roles_on,
    source_as_known,
    topic_as_known,
)

if TYPE_CHECKING:
    from tests.support.histories import Plain
    from timeline_tui.reading.reader import Reading


def errors(reading: Reading) -> list[str]:
    return [str(problem) for problem in reading.problems if problem.severity.value == "error"]


@LAW
@given(changing_files(), days)
def test_a_view_on_a_day_is_that_of_the_file_in_which_nothing_later_was_written(
    file: Plain, day: int
) -> None:
    whole, then = read(file), read(written_by(file, day))
    cited = publication_days(header_of(whole).sources)
    (event,) = whole.events
    assert bool(then.events) == (date_history(event).known <= day)
    if not then.events:
        return
    shown, expected = unplaced(event_as_known(event, day, cited)), unplaced(then.events[0])
    if then.events[0].extra.get("plan"):
        assert shown["status"] == ("scheduled" if then.events[0].extra["plan"] == "true" else shown["status"])
        expected["status"] = shown["status"]
    assert shown == expected


@LAW
@given(changing_files(), days)
def test_actors_topics_places_and_sources_are_those_of_that_file(file: Plain, day: int) -> None:
    whole, then = header_of(read(file)), header_of(read(written_by(file, day)))
    cited = publication_days(whole.sources)
    for id_, topic in whole.topics.items():
        assert unplaced(topic_as_known(topic, day, cited)) == unplaced(then.topics[id_])
    for id_, place in whole.places.items():
        assert unplaced(place_as_known(place, day)) == unplaced(then.places[id_])
    for id_, expected in then.sources.items():
        source = source_as_known(whole.sources[id_], day)
        assert unplaced(source) | {"derived_from": ()} == unplaced(expected) | {"derived_from": ()}
    ann = actor_as_known(whole.actors["ann"], day, cited)
    assert unplaced(ann)["roles"] == unplaced(then.actors["ann"])["roles"]
    assert unplaced(ann)["updates"] == unplaced(then.actors["ann"])["updates"]


@given(changing_files())
def test_in_the_end_all_is_known(file: Plain) -> None:
    reading = read(file)
    assert not errors(reading) or "early-entry" in str(errors(reading))
    (event,) = reading.events
    cited = publication_days(header_of(reading).sources)
    assert event_as_known(event, END, cited) == event
    topic = header_of(reading).topics["many"]
    assert topic_as_known(topic, END, cited) == topic


@given(changing_files(), days)
def test_an_event_changes_only_with_news_of_it(file: Plain, day: int) -> None:
    reading = read(file)
    (event,) = reading.events
    cited = publication_days(header_of(reading).sources)
    told = {when for when, _ in disclosures(event, cited)}
    if date_history(event).known <= day and day + 1 not in told:
        assert event_as_known(event, day + 1, cited) == event_as_known(event, day, cited)


@given(changing_files(), days)
def test_what_was_shown_on_a_day_is_shown_again_of_what_was_shown(file: Plain, day: int) -> None:
    reading = read(file)
    (event,) = reading.events
    cited = publication_days(header_of(reading).sources)
    if date_history(event).known <= day:
        then = event_as_known(event, day, cited)
        assert event_as_known(then, day, cited) == then or is_ahead(file["events"][0], day)


@given(changing_files(), days)
def test_a_role_is_held_from_its_first_day_to_its_last_as_far_as_is_known(file: Plain, day: int) -> None:
    ann = header_of(read(file)).actors["ann"]
    held = roles_on(actor_as_known(ann, day, {}).roles, day)
    for role, plain in zip(ann.roles, sorted(file["actors"]["ann"]["roles"], key=str), strict=False):
        assert day_role_known(role) >= FIRST
        until = day_of(plain.get("until", text_of(LAST + 9)))
        assert (role.role in {each.role for each in held}) == (day_role_known(role) <= day <= until)


def test_records_are_values() -> None:
    (event,) = read({"format": "1.1", "title": "T", "events": [{"date": "2024", "title": "A"}]}).events
    assert msgspec.structs.replace(event) == event
