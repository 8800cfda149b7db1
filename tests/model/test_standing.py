"""An event without some sources says what it would say if nothing that rests on them had been written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.support.changing_readings import header_of, read
from tests.support.examples import LAW
from tests.support.histories import (
    LAST,
    SOURCES,
    changing_files,
    day_of,
    days,
    first_day,
    is_ahead,
    is_fallen,
    text_of,
    with_grounds,
    written_by,
)
from timeline_tui.dates.date import END
from timeline_tui.model.known_on import date_history, event_as_known, publication_days
from timeline_tui.model.problems import Code
from timeline_tui.model.support import Sources, State, standing_dates, standing_event, statements
from timeline_tui.model.validity import known_statements, statements_by

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.support.histories import Plain
    from timeline_tui.model.records import Event
    from timeline_tui.model.support import Ground, Path

AFTER = LAST + 400
SHOWN = ("status", "by", "title", "date", "place", "places", "actors", "outcome")
taken = st.frozensets(st.sampled_from(SOURCES))


class Story:
    """The event of a file as known on a day, and what has fallen in it."""

    def __init__(self, file: Plain, day: int) -> None:
        reading = read(file)
        header, (self.whole,) = header_of(reading), reading.events
        self.day, self.published = day, publication_days(header.sources)
        self.sources = Sources.of(header.sources)
        self.is_known = date_history(self.whole).known <= day
        self.event = self.whole if day == END else event_as_known(self.whole, day, self.published)

    def states(self, without: frozenset[str]) -> dict[Path, State]:
        """The state of each statement that is known, by its place in the whole event."""
        is_fallen = self.is_fallen(without)
        dates = standing_dates(self.whole, is_fallen)
        gone = self.sources.gone(without, self.day)
        return {
            each.path: self.sources.support(each.grounds, gone, self.day).state
            for each in statements_by(self.whole, self.day, self.published, dates)
        }

    def without(self, without: frozenset[str]) -> Event:
        return standing_event(self.whole, self.event, self.day, self.published, self.is_fallen(without))

    def is_fallen(self, without: frozenset[str]) -> Callable[[Sequence[Ground]], bool]:
        gone = self.sources.gone(without, self.day)
        return lambda grounds: self.sources.support(grounds, gone, self.day).state is State.FALLEN


def standing(file: Plain, without: frozenset[str], day: int) -> Plain:
    """The file as written by a day in which no status, update or outcome was written that has fallen."""
    made = with_grounds(file)
    (event,) = made["events"]
    for part in ("updates", "outcome", "status"):
        keep_standing(file, event, part, without, day)
    for said in (*event["quotes"], *event["claims"]):
        # Where no status is left, the last one stays, marked.
        known = [entry for entry in said.get("status", ()) if day_of(entry.get("known", text_of(1))) <= day]
        if not all(is_fallen(file, entry["rests"], without, day) for entry in known):
            keep_standing(file, said, "status", without, day)
    cut = written_by(made, day)
    if not cut["events"][0].get("status") and not is_ahead(cut["events"][0], day):
        event["status"] = with_grounds(file)["events"][0].get("status", [])
        cut = written_by(made, day)
    return cut


def keep_standing(file: Plain, holder: Plain, part: str, without: frozenset[str], day: int) -> None:
    if part in holder:
        kept = [each for each in holder[part] if not is_fallen(file, each["rests"], without, day)]
        holder[part] = kept


def told(event: Event) -> dict[str, Any]:
    shown: dict[str, Any] = {name: getattr(event, name) for name in SHOWN}
    for name in ("quotes", "claims"):
        shown[name] = [each.status for each in getattr(event, name)]
    return shown


@LAW
@given(changing_files(), taken, days | st.just(AFTER))
def test_an_event_says_what_it_would_if_nothing_that_fell_had_been_written(
    file: Plain, without: frozenset[str], day: int
) -> None:
    # What its first status says of when it became known stays true without that status.
    file["events"][0]["known"] = text_of(first_day(file["events"][0]))
    reading = read(file)
    # A status of before that day is an error, and left out.
    assume(not any(problem.code is Code.EARLY_ENTRY for problem in reading.problems))
    story = Story(file, day)
    if not story.is_known:
        return
    made = standing(file, without, day)
    (expected,) = read(made).events
    shown, wanted = told(story.without(without)), told(expected)
    if is_ahead(made["events"][0], day):
        assert shown["status"] in ("scheduled", "postponed", "cancelled")
        assert not shown["outcome"]
        shown["status"], wanted["outcome"] = wanted["status"], ""
    assert shown == wanted


@LAW
@given(changing_files(), days | st.just(END))
def test_taking_nothing_away_changes_no_event(file: Plain, day: int) -> None:
    file["sources"]["early"].pop("retracted", None)
    story = Story(file, day)
    if story.is_known:
        assert State.FALLEN not in story.states(frozenset()).values()
        assert story.without(frozenset()) == story.event


@LAW
@given(changing_files(), taken, taken, days | st.just(END))
def test_the_more_is_taken_away_the_less_stands_of_what_is_known(
    file: Plain, first: frozenset[str], more: frozenset[str], day: int
) -> None:
    story = Story(file, day)
    if not story.is_known:
        return
    before, after = story.states(first), story.states(first | more)
    assert day < END or before.keys() == after.keys()
    # Without an update that moved the event, what was said at it can be known on other days.
    for path in (before.keys() & after.keys()) - {()}:
        if before[path] is State.FALLEN:
            assert after[path] is State.FALLEN
        if after[path] is State.STANDING:
            assert before[path] is State.STANDING


@LAW
@given(changing_files(), taken, days | st.just(END))
def test_each_statement_of_an_event_as_it_stands_has_its_place_in_it(
    file: Plain, without: frozenset[str], day: int
) -> None:
    story = Story(file, day)
    if story.is_known:
        dates = standing_dates(story.whole, story.is_fallen(without))
        shown = story.without(without)
        found = known_statements(story.whole, shown, day, story.published, dates)
        assert [each.path for each in found] == [each.path for each in statements(shown)]
