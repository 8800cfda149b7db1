"""A timeline without some of its sources, on any day."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.changing_readings import header_of, read
from tests.support.examples import examples
from tests.support.histories import (
    FIRST,
    LAST,
    SOURCES,
    days,
    files,
    is_fallen,
    statements_by,
    unmoved,
)
from tests.support.stories import event, quote
from timeline_tui.answers.support import missing_support, reason_fallen, source_weights
from timeline_tui.dates.date import END, parse_date
from timeline_tui.index.index import Index
from timeline_tui.model.records import (
    BeforeUpdates,
    Citation,
    Claim,
    Header,
    Retraction,
    Source,
    StatementStatusEntry,
    StatusEntry,
    Update,
    Wording,
)
from timeline_tui.model.support import State
from timeline_tui.pages.event_card import event_card
from timeline_tui.query.language import Query, parse_query
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from tests.support.histories import Plain
    from timeline_tui.model.records import Event

TODAY = LAST + 400
taken = st.frozensets(st.sampled_from(SOURCES))


def views(file: Plain) -> View:
    reading = read(file)
    return View(Index.build(header_of(reading), reading.events), today=TODAY)


def ids(view: View, query: str = "") -> set[str]:
    found = view.with_query(parse_query(query).query)
    return {view.event(key).id for key in found.keys}


def fallen_by_hand(file: Plain, without: frozenset[str], day: int) -> Counter[str]:
    """How many statements of the file have fallen, by going through all that were known on the day."""
    known = statements_by(unmoved(file, without, day), day)
    return Counter(kind for kind, rests in known if is_fallen(file, rests, without, day))


@examples(300)
@given(files(), taken, days | st.none())
def test_what_has_fallen_is_what_a_reader_of_every_statement_would_strike(
    file: Plain, without: frozenset[str], day: int | None
) -> None:
    view = views(file).known_by(day).without_sources(without)
    assert view.fallen_counts() == fallen_by_hand(file, without, TODAY if day is None else day)
    for key in range(view.total):
        if view.is_known(key):
            states = [support.state for support in view.support(key).values()]
            assert view.is_fallen(key) == (view.support(key)[()].state is State.FALLEN)
            assert (State.FALLEN in states) == (view.event(key).id in ids(view, "is:fallen"))


@examples(300)
@given(files(), taken, taken)
def test_taking_nothing_changes_nothing_and_taking_more_strikes_more_in_any_order(
    file: Plain, first: frozenset[str], then: frozenset[str]
) -> None:
    whole = views(file)
    assert whole.without_sources(()) is whole
    one, both = whole.without_sources(first), whole.without_sources(first | then)
    step = whole
    for id_ in [*sorted(then, reverse=True), *sorted(first)]:
        step = step.taking_away(id_)
    assert step == both
    assert step.rows(0, 9) == both.rows(0, 9)
    for kind, count in one.fallen_counts().items():
        assert both.fallen_counts()[kind] >= count
    assert ids(one, "is:fallen") <= ids(both, "is:fallen")


@examples(200)
@given(files(), taken, days | st.none(), st.sampled_from(SOURCES))
def test_queries_for_support_go_by_what_is_left(
    file: Plain, without: frozenset[str], day: int | None, source: str
) -> None:
    view = views(file).known_by(day).without_sources(without)
    falls = view.taking_away(source)
    stands = {view.event(key).id for key in view.keys if not falls.is_fallen(key)}
    assert ids(view, f"without:{source}") == stands
    assert ids(view, f"-without:{source}") == ids(view) - stands
    sources = view.index.sources
    gone = sources.gone(without, END if day is None else view.as_of)
    for number in (1, 2):
        expected = {
            view.event(key).id
            for key in view.keys
            for support in view.support(key).values()
            if len(sources.roots_of(support.left) - gone) == number
        }
        assert ids(view, f"support:{number}") == expected


@examples(200)
@given(files(), taken, days | st.none())
def test_a_status_that_fell_gives_way_in_rows_searches_and_counts(
    file: Plain, without: frozenset[str], day: int | None
) -> None:
    view = views(file).known_by(day).without_sources(without)
    for word in ("confirmed", "claimed", "disputed", "denied", "scheduled", "postponed", "cancelled"):
        assert ids(view, f"status:{word}") == {
            row.id for row in view.rows(0, view.count) if row.status == word
        }
    withdrawn = {
        shown.id
        for shown in map(view.event, view.keys)
        if "withdrawn" in {*(each.status for each in shown.quotes), *(each.status for each in shown.claims)}
    }
    assert ids(view, "is:withdrawn") == withdrawn
    for place in ("Here", "Elsewhere", "Ford"):
        named = {view.event(key).id for key in view.keys if place in view.place_of(view.event(key))}
        assert ids(view, f"place:{place}") == named
    for actor in view.actors():
        involved = len(view.keys_with("actor", actor.id))
        assert actor.count == involved == sum(actor.activity)
    dates = [view.event(key).date.earliest for key in view.keys]
    assert dates == sorted(dates)
    assert [view.date_of(key) for key in view.keys] == [view.event(key).date for key in view.keys]


@examples(200)
@given(files(), taken, days | st.none())
def test_what_rests_on_a_source_alone_is_what_falls_with_it(
    file: Plain, without: frozenset[str], day: int | None
) -> None:
    view = views(file).known_by(day).without_sources(without)
    weights = source_weights(view)
    held = [left.left for key in view.keys for left in view.support(key).values() if left.left]
    before = sum(view.fallen_counts().values())
    for weight in weights:
        if not weight.is_gone:
            taken_away = view.taking_away(weight.id)
            assert weight.alone == sum(taken_away.gone.issuperset(left) for left in held)
            if day is None:
                # On a day, an update that falls can change what was known by then.
                assert weight.alone == sum(taken_away.fallen_counts().values()) - before
    assert [weight.alone for weight in weights] == sorted((each.alone for each in weights), reverse=True)


HEADER = Header(
    title="A story",
    sources={
        "blue": Source(title="Blue", publisher="Blue/Yellow"),
        "copy": Source(title="Copy", derived_from=("blue",)),
        "tass": Source(title="Wire", publisher="TASS", retracted=Retraction(known=parse_date("2024-03-05"))),
        "book": Source(title="Book", date=parse_date("2025-01-01")),
    },
)


def cited(*names: str) -> tuple[Citation, ...]:
    return tuple(map(Citation, names))


@pytest.fixture
def story() -> View:
    claimed = StatusEntry(is_="claimed", sources=cited("blue"))
    denied = StatusEntry(is_="denied", known=parse_date("2024-03-03"), sources=cited("tass"))
    found = [
        event("2024-03-01", "a", id="a", sources=cited("copy"), quotes=(quote("ann", "x"),)),
        event("2024-03-02", "b", id="b", sources=cited("book"), status="denied", statuses=(claimed, denied)),
        event("2024-03-04", "c", id="c", updates=(Update(known=parse_date("2024-03-06"), text="more"),)),
    ]
    return View(Index.build(HEADER, found), today=parse_date("2026").earliest)


def test_a_reason_names_the_source_and_what_became_of_it(story: View) -> None:
    view = story.taking_away("blue")
    assert (
        reason_fallen(view, view.support(0)[()])
        == "rests only on Copy, which repeats Blue/Yellow, taken away"
    )
    status = view.support(1)["statuses", 0]
    assert reason_fallen(view, status) == "rests only on Blue/Yellow, taken away"
    later = reason_fallen(view, view.support(1)["statuses", 1])
    assert later == "rests only on TASS, retracted on 5 March 2024"


def test_a_removed_denial_leaves_the_claim_as_it_was(story: View) -> None:
    then = story.known_by(parse_date("2024-03-04").earliest)
    assert then.rows(1, 2)[0].status == "denied"
    assert then.taking_away("tass").rows(1, 2)[0].status == "claimed"
    assert story.rows(1, 2)[0].status == "claimed"
    assert [entry.is_ for entry in story.event(1).statuses] == ["claimed", "denied"]


def test_where_no_status_is_left_the_last_one_stays_and_is_marked(story: View) -> None:
    view = story.taking_away("blue")
    assert view.rows(1, 2)[0].status == "denied"
    assert view.support(1)["statuses", 1].state is State.FALLEN


def test_no_source_yet_and_unsourced_are_told_apart_from_fallen(story: View) -> None:
    view = story.taking_away("book").known_by(parse_date("2024-12-01").earliest)
    assert view.support(1)[()].state is State.NO_SOURCE_YET
    assert view.support(2)[()].state is State.UNSOURCED
    assert not view.is_fallen(1)
    assert missing_support(view.support(1)[()]) == "No source yet: all of its sources were published later."
    assert missing_support(view.support(2)[()]) == "No source is given."
    assert story.taking_away("book").is_fallen(1)


def test_the_sentence_says_what_is_taken_away(story: View) -> None:
    view = story.taking_away("blue").taking_away("copy")
    assert view.sentence == "3 events · without Blue/Yellow and 1 more source: 4 statements fallen"
    assert view.giving_back("blue").giving_back("copy") == story


def test_a_view_without_a_source_goes_with_every_query_and_day(story: View) -> None:
    view = story.taking_away("blue").with_query(Query()).counted_from(3)
    assert view.without == {"blue"}
    assert view.known_by(FIRST).without == {"blue"}
    assert msgspec.structs.asdict(view.event(0))["sources"] == cited("copy")


def test_an_event_that_is_not_known_yet_has_the_support_that_the_file_gives_it(story: View) -> None:
    view = story.known_by(parse_date("2024-02-01").earliest)
    assert view.support(1).keys() == story.support(1).keys()


def test_the_event_pane_marks_what_has_fallen_and_says_why(story: View) -> None:
    view = story.taking_away("blue")
    texts = [paragraph.text for paragraph in event_card(view, view.event(1), 0)]
    assert "rests only on Blue/Yellow, taken away" in texts
    assert (
        texts[texts.index("∅ Denied since 3 March 2024") + 1]
        == "rests only on TASS, retracted on 5 March 2024"
    )
    own = [paragraph.text for paragraph in event_card(view, view.event(0), 0)]
    assert own.count("rests only on Copy, which repeats Blue/Yellow, taken away") == 2
    early = view.known_by(parse_date("2024-12-01").earliest)
    missing = [paragraph.text for paragraph in event_card(early, early.event(1), 0)]
    assert "No source yet: all of its sources were published later." in missing


@pytest.mark.parametrize(
    ("day", "without", "shown"),
    [
        ("2024-02-15", "tass", "claimed"),
        ("2024-02-15", "blue", "claimed"),
        ("2024-06-01", "blue", "disputed"),
        ("2024-06-01", "extra", "claimed"),
    ],
)
def test_a_status_that_is_not_known_yet_does_not_stand_in_for_one_that_fell(
    day: str, without: str, shown: str
) -> None:
    statuses = (
        StatusEntry(is_="claimed", sources=cited("blue")),
        StatusEntry(is_="disputed", known=parse_date("2024-05-01"), sources=cited("extra")),
    )
    assert_shown(event("2024-02-01", "It", status="disputed", statuses=statuses), day, without, shown)


@pytest.mark.parametrize(("without", "shown"), [("tass", "cancelled"), ("blue", "scheduled")])
def test_a_plan_whose_cancelling_fell_is_found_as_scheduled(without: str, shown: str) -> None:
    entry = StatusEntry(is_="cancelled", known=parse_date("2024-03-01"), sources=cited("blue"))
    plan = event("2024-12-01", "It", known=parse_date("2024-01-01"), status="cancelled", statuses=(entry,))
    assert_shown(plan, "2024-03-02", without, shown)


def assert_shown(one: Event, day: str, without: str, status: str) -> None:
    """Row and search agree on a status on a day, without a source."""
    header = msgspec.structs.replace(HEADER, sources=HEADER.sources | {"extra": Source(title="Extra")})
    whole = View(Index.build(header, [one]), today=TODAY)
    view = whole.known_by(parse_date(day).earliest).taking_away(without)
    assert [row.status for row in view.rows(0, 1)] == [status]
    for word in ("claimed", "disputed", "cancelled", "scheduled"):
        assert view.with_query(parse_query(f"status:{word}").query).count == (word == status)


@pytest.mark.parametrize(
    ("planned", "moved_to", "with_all", "without_blue"),
    [
        ("2024-05-10", "2024-05-20", [], ["claim", "quote"]),
        ("2024-05-20", "2024-05-10", ["claim", "quote"], []),
    ],
)
def test_what_was_said_at_an_event_is_known_when_the_event_took_place_by_what_stands(
    planned: str, moved_to: str, with_all: list[str], without_blue: list[str]
) -> None:
    moved = Update(known=parse_date("2024-05-01"), date=parse_date(moved_to), sources=cited("blue"))
    one = event(
        moved_to,
        "It",
        known=parse_date("2024-04-01"),
        before_updates=BeforeUpdates(date=parse_date(planned)),
        updates=(moved,),
        quotes=(quote("ann", "words", sources=cited("tass")),),
        claims=(Claim(about="many", by="ben", value="7", sources=cited("tass")),),
    )
    sources = {"blue": Source(title="Blue"), "tass": Source(title="Wire")}
    view = View(Index.build(Header(title="T", sources=sources), [one]), today=TODAY)
    on_day = view.known_by(parse_date("2024-05-15").earliest)
    for shown, said in ((on_day, with_all), (on_day.taking_away("blue"), without_blue)):
        kinds = [str(path[0]).removesuffix("s") for path in shown.support(0) if path]
        assert sorted({*kinds} - {"update"}) == said
        assert [row.quotes for row in shown.rows(0, 1)] == [len(said) // 2]
        assert bool(ids(shown, "speaker:ann")) == bool(ids(shown, "has:claims")) == bool(said)
        assert sum(count for names, count in shown.resting() if "tass" in names) == (3 if said else 0)
        assert bool(ids(shown, "status:scheduled")) != bool(said)
        fallen = shown.taking_away("tass").fallen_counts()
        assert sorted({*fallen} - {"event", "update"}) == said
    assert bool(ids(on_day.taking_away("blue"), "support:1")) == bool(without_blue)


@pytest.mark.parametrize("reported", ["2024-05-01", "2024-05-05"])
def test_a_report_that_fell_does_not_tell_that_an_event_of_some_day_in_a_month_took_place(
    reported: str,
) -> None:
    entry = StatusEntry(is_="claimed", known=parse_date(reported), sources=cited("blue"))
    one = event(
        "2024-05",
        "It",
        known=parse_date("2024-04-01"),
        status="claimed",
        statuses=(entry,),
        quotes=(msgspec.structs.replace(quote("ann", "words"), sources=cited("copy")),),
    )
    view = View(Index.build(HEADER, [one]), today=TODAY).known_by(parse_date("2024-05-15").earliest)
    assert [row.quotes for row in view.rows(0, 1)] == [1]
    without = view.taking_away("blue")
    assert [(row.status, row.quotes) for row in without.rows(0, 1)] == [("scheduled", 0)]
    assert without.fallen_counts() == {"status": 1}
    assert ids(without, "status:scheduled") == {one.id}
    assert without.is_ahead(0)


def test_what_was_withdrawn_is_found_without_a_source_and_without_decoding_events() -> None:
    taken_back = StatementStatusEntry(is_="withdrawn", known=parse_date("2024-03-03"), sources=cited("blue"))
    said = Claim(about="many", by="ann", value="7", status="withdrawn", statuses=(taken_back,))
    kept = StatementStatusEntry(is_="disputed", sources=cited("tass"))
    other = msgspec.structs.replace(said, statuses=(kept, taken_back))
    found = [event(f"2024-03-0{day}", "It", id=f"e{day}", claims=(said, other)[day % 2 :]) for day in (1, 2)]
    sources = {"blue": Source(title="Blue"), "tass": Source(title="Wire")}
    view = View(Index.build(Header(title="T", sources=sources), found), today=TODAY)
    without = view.taking_away("blue")
    decoded: list[int] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Index, "event", lambda _, key: decoded.append(key))
        count = without.with_query(parse_query("is:withdrawn").query).count
    assert (count, decoded) == (1, [])
    assert ids(view, "is:withdrawn") == {"e1", "e2"}
    # Where no status is left, the last one stays.
    assert ids(without, "is:withdrawn") == {"e2"}


def test_nothing_falls_of_an_event_that_is_not_known_yet() -> None:
    found = event("2024-05-01", "It", sources=cited("blue"), quotes=(quote("ann", "words"),))
    view = View(Index.build(HEADER, [found]), today=TODAY).taking_away("blue")
    assert view.fallen_counts() == {"event": 1, "quote": 1}
    assert view.known_by(parse_date("2024-04-30").earliest).fallen_counts() == {}


def test_a_plan_whose_cancelling_fell_is_nobody_s_claim() -> None:
    entry = StatusEntry(is_="cancelled", by=("ann",), known=parse_date("2024-03-01"), sources=cited("blue"))
    plan = event(
        "2024-12-01", "It", known=parse_date("2024-01-01"), status="cancelled", by=("ann",), statuses=(entry,)
    )
    view = View(Index.build(HEADER, [plan]), today=TODAY).known_by(parse_date("2024-03-02").earliest)
    assert (view.event(0).status, view.event(0).by) == ("cancelled", ())
    claimed = msgspec.structs.replace(entry, is_="claimed")
    plan = msgspec.structs.replace(plan, status="claimed", statuses=(claimed,))
    without = View(Index.build(HEADER, [plan]), today=TODAY).known_by(view.known_on).taking_away("blue")
    assert (without.event(0).status, without.event(0).by) == ("scheduled", ())


@pytest.mark.parametrize(("day", "standing"), [("2024-05-09", 0), ("2024-05-10", 1)])
def test_an_event_does_not_rest_on_a_later_quote_before_that_was_said(day: str, standing: int) -> None:
    early = quote("ann", "now", sources=cited("blue"))
    late = quote("ann", "later", date=parse_date("2024-05-10"), sources=cited("copy"))
    header = Header(title="T", sources={"blue": Source(title="Blue"), "copy": Source(title="Other")})
    view = View(Index.build(header, [event("2024-05-01", "It", quotes=(early, late))]), today=TODAY)
    without = view.known_by(parse_date(day).earliest).taking_away("blue")
    assert without.is_fallen(0) == (not standing)
    assert without.fallen_counts() == ({"quote": 1} if standing else {"quote": 1, "event": 1})
    assert without.with_query(parse_query("support:1").query).count == standing


@pytest.mark.parametrize(("day", "fallen"), [("2024-12-31", {}), ("2025-01-01", {"wording": 1})])
def test_a_wording_counts_from_the_day_on_which_it_was_printed(day: str, fallen: dict[str, int]) -> None:
    said = quote("ann", "words", sources=cited("blue"), wordings=(Wording(text="w", sources=cited("book")),))
    found = event("2024-05-01", "It", sources=cited("blue"), quotes=(said,))
    view = View(Index.build(HEADER, [found]), today=TODAY).known_by(parse_date(day).earliest)
    assert view.taking_away("book").fallen_counts() == fallen
    assert view.with_query(parse_query("has:wordings").query).count == len(fallen)
    assert view.with_query(parse_query("source:book").query).count == len(fallen)
