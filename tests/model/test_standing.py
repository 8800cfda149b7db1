"""An event without some sources says what it would say if nothing that rests on them had been written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from tests.model.test_as_known import header_of, read
from tests.support.examples import LAW
from tests.support.histories import (
    LAST,
    SOURCES,
    changing_files,
    days,
    is_ahead,
    is_fallen,
    with_grounds,
    written_by,
)
from timeline_tui.dates.date import END
from timeline_tui.model.known_on import date_history, event_as_known, publication_days
from timeline_tui.model.support import Sources, State, standing_dates, standing_event
from timeline_tui.model.validity import known_statements

if TYPE_CHECKING:
    from tests.support.histories import Plain
    from timeline_tui.model.records import Event
    from timeline_tui.model.support import Path

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

    def fallen(self, without: frozenset[str]) -> set[Path]:
        gone = self.sources.gone(without, self.day)
        return {
            each.path
            for each in known_statements(self.whole, self.event, self.day, self.published)
            if self.sources.support(each.grounds, gone, self.day).state is State.FALLEN
        }

    def without(self, without: frozenset[str]) -> Event:
        fallen = self.fallen(without)
        is_ahead = self.day != END and standing_dates(self.whole, fallen).is_ahead(self.day)
        return standing_event(self.event, fallen, is_ahead=is_ahead)


def standing(file: Plain, without: frozenset[str], day: int) -> Plain:
    """The file as written by a day in which no status, update or outcome was written that has fallen."""
    made = written_by(with_grounds(file), day)
    for event in made["events"]:
        for holder, part in [
            (event, "updates"), (event, "outcome"), (event, "status"),
            *((said, "status") for said in (*event["quotes"], *event["claims"])),
        ]:  # fmt: skip
            kept = [
                entry for entry in holder.get(part, ()) if not is_fallen(file, entry["rests"], without, day)
            ]
            # Where no status is left, the last one stays, marked.
            if part in holder and (kept or part != "status"):
                holder[part] = kept
    return made


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
        assert not story.fallen(frozenset())
        assert story.without(frozenset()) == story.event


@LAW
@given(changing_files(), taken, taken, days | st.just(END))
def test_the_more_is_taken_away_the_less_of_an_event_stands(
    file: Plain, first: frozenset[str], more: frozenset[str], day: int
) -> None:
    story = Story(file, day)
    if story.is_known:
        assert story.fallen(first) <= story.fallen(first | more)
