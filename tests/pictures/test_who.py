"""The matrix of who relates to whom: each cell leads to exactly the events that it counts."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pictures.test_calendar import check
from tests.support.changing_readings import header_of, read
from tests.support.examples import examples
from tests.support.histories import SOURCES, changing_files, days
from tests.support.hostile_text import HOSTILE
from tests.support.stories import event, quote, story
from timeline_tui.dates.date import parse_date
from timeline_tui.drawing.symbols import BARS
from timeline_tui.index.index import Index
from timeline_tui.model.records import Actor, Citation, Claim, Header, Source, Topic
from timeline_tui.pictures.grid import beneath, cell_text, grid_layout, grid_picture
from timeline_tui.pictures.relations import MEASURES, Relation, in_groups
from timeline_tui.pictures.who import Who, whole_matrix
from timeline_tui.query.language import parse_query
from timeline_tui.text.cells import cells
from timeline_tui.timeline.contradictions import DENYING, contradictions, kept
from timeline_tui.timeline.view import View, keep_whole

if TYPE_CHECKING:
    from tests.support.histories import Plain
    from timeline_tui.model.records import Event
    from timeline_tui.pictures.relations import Measure

ACTORS = ("anna", "boris", "chen", "dora")
HEADER = Header(
    title="A story",
    actors={id_: Actor(name=id_.title()) for id_ in ACTORS},
    sources={
        "first": Source(title="First", publisher="The Post"),
        "copy": Source(title="Copy", publisher="Daily Copy", derived_from=("first",)),
        "again": Source(title="Again", publisher="Daily Copy", derived_from=("copy", "first")),
    },
    topics={"many": Topic(question="How many?", unit="people"), "why": Topic(question="Why?")},
)
QUERIES = (
    "",
    "actor:anna",
    "actor:anna actor:boris",
    "speaker:chen",
    "to:boris",
    "source:copy",
    "against:anna",
    "2024",
)
SIZES = ((40, 10), (60, 20), (80, 24), (120, 36), (300, 60))

who = st.sampled_from(ACTORS)
quotes = st.builds(quote, who, st.just("Words"), to=st.lists(who, max_size=2).map(tuple))
claims = st.builds(
    Claim,
    by=who,
    about=st.sampled_from(("many", "why")),
    value=st.sampled_from(("8000", "~8000", "8000..9000", "10_000", "..7000", "no", "yes")),
)
stories = st.lists(
    st.builds(
        event,
        st.sampled_from(("2024-11-01", "2024-11", "2024-11-03")),
        st.just("Something"),
        id=st.uuids().map(lambda id_: f"e{id_}"),
        status=st.sampled_from(("confirmed", "claimed")),
        actors=st.lists(who, max_size=3).map(lambda ids: dict.fromkeys(ids, "")),
        quotes=st.lists(quotes, max_size=2).map(tuple),
        claims=st.lists(claims, max_size=2).map(tuple),
        sources=st.lists(st.sampled_from(("first", "copy", "again")), max_size=2, unique=True).map(
            lambda ids: tuple(map(Citation, ids))
        ),
    ),
    min_size=1,
    max_size=6,
)


@examples(300)
@given(stories, st.sampled_from(QUERIES))
def test_a_cell_leads_to_exactly_the_events_that_it_counts(found: list[Event], typed: str) -> None:
    view = story(*found, header=HEADER).with_query(parse_query(typed).query)
    matrices = Who(view)
    for measure in MEASURES:
        check(view, matrices.grid(measure, 80))


@examples(200)
@given(changing_files(), days | st.none(), st.frozensets(st.sampled_from(SOURCES)))
def test_under_the_clocks_a_cell_leads_to_the_events_as_known(
    file: Plain, day: int | None, without: frozenset[str]
) -> None:
    reading = read(file)
    view = View(Index.build(header_of(reading), reading.events)).known_by(day).without_sources(without)
    for measure in MEASURES:
        check(view, Who(view).grid(measure, 80))


@examples(100)
@given(stories)
def test_two_are_together_in_as_many_events_as_name_both(found: list[Event]) -> None:
    view = story(*found, header=HEADER)
    grid = Who(view).grid("together", 80)
    names = {row.heading: number for number, row in enumerate(grid.rows)}
    for one, other in combinations(ACTORS, 2):
        both = set(view.keys_with("actor", one)) & set(view.keys_with("actor", other))
        if one.title() not in names or other.title() not in names:
            assert not both
            continue
        places = names[one.title()], names[other.title()]
        for place in (places, places[::-1]):
            cell = grid.cell(*place)
            assert cell is not None
            assert cell.events == len(both)


def cell_of(view: View, measure: Measure, one: str, other: str) -> int:
    grid = Who(view).grid(measure, 80)
    names = [row.heading for row in grid.rows]
    if one not in names or other not in names:
        return 0
    cell = grid.cell(names.index(one), names.index(other))
    return cell.events if cell is not None else 0


def test_what_is_said_to_somebody_has_a_direction() -> None:
    view = story(event("2024", "Talk", quotes=(quote("anna", "Hello", to=("boris",)),)), header=HEADER)
    assert cell_of(view, "to", "Anna", "Boris") == 1
    assert cell_of(view, "to", "Boris", "Anna") == 0


def claim(by: str, value: str, **fields: Any) -> Claim:  # noqa: ANN401  any field of a claim
    return Claim(by=by, about="many", value=value, **fields)


@pytest.mark.parametrize(
    ("one", "other", "contradict"),
    [
        ("8000", "8000", False),
        ("8000", "8001", True),
        ("8000..9000", "9000..10000", False),
        ("8000..", "7000", True),
        ("..8000", "7000", False),
        ("..8000", "9000..", True),
        ("~8000", "8400", False),
        ("~8000", "8600", True),
        ("~8000", "~9000", False),
        ("~1500", "12_000", True),
        ("8000", "many", False),
        ("yes", "Yes", False),
        ("yes", "no", True),
    ],
)
def test_claims_contradict_each_other_if_they_cannot_both_be_true(
    one: str, other: str, contradict: bool
) -> None:
    view = story(event("2024", "Claims", claims=(claim("anna", one), claim("boris", other))), header=HEADER)
    assert cell_of(view, "against", "Anna", "Boris") == contradict
    assert cell_of(view, "against", "Boris", "Anna") == contradict


def test_a_claim_that_its_speaker_replaced_or_withdrew_contradicts_nobody_later() -> None:
    first = event("2024-11-01", "First", claims=(claim("anna", "100"),))
    revised = event("2024-11-02", "Revised", claims=(claim("anna", "200"),))
    other = event("2024-11-03", "Other", claims=(claim("boris", "200"),))
    withdrawn = event("2024-11-03", "Other", claims=(claim("chen", "300", status="withdrawn"),))
    view = story(first, revised, other, withdrawn, header=HEADER)
    assert cell_of(view, "against", "Boris", "Anna") == 0
    assert cell_of(view, "against", "Chen", "Anna") == 0


def test_an_event_that_denies_another_one_is_against_those_who_speak_there() -> None:
    said = event("2024-11-01", "Said", id="said", quotes=(quote("anna", "Yes"),), actors={"chen": ""})
    denied = event("2024-11-02", "Denied", links={"denies": ("said",)}, actors={"boris": ""})
    view = story(said, denied, header=HEADER)
    assert cell_of(view, "against", "Boris", "Anna") == 1
    assert cell_of(view, "against", "Anna", "Boris") == 0
    assert cell_of(view, "against", "Boris", "Chen") == 0
    known = view.known_by(parse_date("2024-11-01").earliest)
    assert cell_of(known, "against", "Boris", "Anna") == 0


@examples(60)
@given(changing_files(), days | st.none(), st.frozensets(st.sampled_from(SOURCES)))
def test_contradictions_that_are_kept_with_an_index_change_nothing(
    file: Plain, day: int | None, without: frozenset[str]
) -> None:
    reading = read(file)
    index = Index.build(header_of(reading), reading.events)
    worked_out = View(index).known_by(day).without_sources(without)
    expected = list(worked_out.contradictions())
    keep_whole(index)
    again = View(index).known_by(day).without_sources(without)
    assert list(again.contradictions()) == expected
    assert again.unread_denials == worked_out.unread_denials


def test_contradictions_are_kept_with_an_index() -> None:
    view = story(
        event("2024", "Claims", claims=(claim("anna", "1"), claim("boris", "2"))),
        event("2024", "Said", id="said", actors={"chen": ""}),
        event("2024", "Denied", links={"denies": ("said",)}, actors={"boris": ""}),
        header=HEADER,
    )
    expected = sorted(view.contradictions())
    keep_whole(view.index)
    found, unread = kept(view.index)
    assert found is not None
    assert sorted((*pair, keys) for pair, keys in found.items()) == expected
    assert not unread


def test_events_with_contradictions_are_read_once_in_the_order_of_the_file() -> None:
    events = [
        event(f"2024-11-{20 - day}", f"Said {day}", id=f"said-{day}", claims=(claim("anna", f"{day % 3}"),))
        for day in range(9)
    ]
    denied = event("2024-11-30", "Denied", links={"denies": ("said-4",)}, claims=(claim("boris", "7"),))
    view = story(*events, denied, header=HEADER)
    index, read = view.index, list[int]()

    def event_of(key: int) -> Event:
        read.append(index.number(key))
        return index.event(key)

    topics = {topic: index.keys_with("topic", topic) for topic in index.values("topic")}
    links = index.links_of(DENYING)
    found = contradictions(topics, links, index.number, event_of, lambda *_: False)
    assert read == [*range(10)]
    assert sorted((*pair, keys) for pair, keys in found.items()) == sorted(view.contradictions())


def test_a_claim_that_has_fallen_contradicts_nobody() -> None:
    fallen = claim("anna", "100", sources=(Citation("first"),))
    view = story(event("2024", "Claims", claims=(fallen, claim("boris", "200"))), header=HEADER)
    assert cell_of(view, "against", "Boris", "Anna") == 1
    assert cell_of(view.without_sources({"first"}), "against", "Boris", "Anna") == 0


def test_a_publisher_repeats_another_one_where_its_source_was_derived() -> None:
    view = story(event("2024", "Printed", sources=(Citation("copy"), Citation("again"))), header=HEADER)
    assert cell_of(view, "sources", "Daily Copy", "The Post") == 1
    assert cell_of(view, "sources", "The Post", "Daily Copy") == 0
    assert cell_of(view, "sources", "Daily Copy", "Daily Copy") == 1


@examples(50)
@given(stories, st.sampled_from(SIZES), st.sampled_from(MEASURES))
def test_a_matrix_fits_its_size(found: list[Event], size: tuple[int, int], measure: Measure) -> None:
    matrices = Who(story(*found, header=HEADER))
    grid = matrices.grid(measure, size[0])
    picture = grid_picture(grid, grid.first_place(), grid_layout(grid, *size, grid.first_place()), *size)
    assert len(picture.lines) <= size[1]
    assert all(cells(line.text) <= size[0] for line in picture.lines)


def test_of_many_actors_the_busiest_are_shown_and_the_others_counted() -> None:
    ids = [f"a{number}" for number in range(5_000)]
    header = Header(title="Many", actors={id_: Actor(name=id_) for id_ in ids})
    found = [event("2024", "Meeting", actors={"a0": "", id_: ""}) for id_ in ids[1:]]
    found += [event("2024", "Meeting", actors=dict.fromkeys(ids[:9], ""))] * 3
    view = story(*found, header=header)
    matrices = Who(view)
    grid = matrices.grid("together", 40)
    assert "a0" in grid.columns
    assert len(grid.columns) < 10
    left = 5_000 - len(grid.columns)
    assert grid.beneath == (f"{left:,} actors left out: less busy, or related to none of the 60 busiest",)


@given(st.dictionaries(st.tuples(who, who), st.integers(1, 9).map(lambda count: Relation(count, 0, ()))))
def test_an_order_in_groups_has_each_once(found: dict[tuple[str, str], Relation]) -> None:
    assert sorted(in_groups(ACTORS, found)) == sorted(ACTORS)


def test_groups_stand_side_by_side() -> None:
    close, far = Relation(9, 0, ()), Relation(1, 0, ())
    found = {("anna", "chen"): close, ("boris", "dora"): close, ("anna", "boris"): far}
    order = in_groups(ACTORS, found)
    assert abs(order.index("anna") - order.index("chen")) == 1
    assert abs(order.index("boris") - order.index("dora")) == 1


def test_below_the_matrix_are_the_actors_related_most_to_the_selected_one() -> None:
    meeting = event("2024", "Meeting", actors=dict.fromkeys(("anna", "boris"), ""))
    view = story(
        meeting, meeting, event("2024", "Third", actors=dict.fromkeys(("anna", "chen"), "")), header=HEADER
    )
    matrices = Who(view)
    grid = matrices.grid("together", 80)
    row = [each.heading for each in grid.rows].index("Anna")
    assert matrices.around("together", grid, row) == "Anna: with Boris 2, Chen 1"


def test_without_any_relation_a_matrix_says_so() -> None:
    view = story(event("2024", "Alone", actors={"anna": ""}), header=HEADER)
    assert [line.text for line in whole_matrix(view, 60, "to").lines] == [
        "No quote here says to whom it was said.",
    ]
    nobody = story(event("2024", "Nobody"), header=HEADER)
    for measure in MEASURES:
        assert len(whole_matrix(nobody, 100, measure).lines) == 1


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_names_cannot_control_the_terminal_or_break_the_width(text: str) -> None:
    header = Header(
        title="T", actors={"a": Actor(name=text), "b": Actor(name="B"), "c": Actor(name=text, short=text)}
    )
    view = story(event("2024", "Both", actors=dict.fromkeys("abc", "")), header=header)
    for line in whole_matrix(view, 40).lines:
        assert cells(line.text) <= 40
        assert line.text.isprintable() or text == HOSTILE["combining"] or "\u200d" in line.text


@pytest.mark.parametrize(("events", "column", "bars"), [(12, 4, False), (12, 2, True), (3, 2, False)])
def test_the_legend_of_a_matrix_tells_of_bars_only_where_they_are_drawn(
    events: int, column: int, *, bars: bool
) -> None:
    found = [event("2024", f"Event {number}", actors=("anna", "boris")) for number in range(events)]
    grid = Who(story(*found, header=HEADER)).grid("together", 80)
    layout = grid_layout(grid, 80, None)._replace(column=column)
    legend = " ".join(line.text for line in beneath(grid, layout, 80))
    assert ("▁ to █" in legend) is bars
    cell = grid.cell(0, 1)
    assert cell is not None
    assert (cell_text(cell, grid.most, column, grid.fill) in BARS) is bars
