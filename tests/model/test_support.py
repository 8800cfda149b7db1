"""What falls with a source, and what does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import LAW
from tests.support.stories import event, quote
from timeline_tui.dates.date import BEGINNING, END, parse_date
from timeline_tui.model.records import (
    Citation,
    Claim,
    Outcome,
    Retraction,
    Source,
    StatementStatusEntry,
    StatusEntry,
    Update,
    Wording,
)
from timeline_tui.model.support import Ground, Sources, State, statements

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from timeline_tui.model.records import Event

IDS = ("a", "b", "c", "d", "e")
DAYS = range(parse_date("2024-03-01").earliest, parse_date("2024-03-09").earliest)
TEXTS = [f"2024-03-0{number}" for number in range(1, 9)]

dates = st.none() | st.sampled_from(TEXTS).map(parse_date)
retractions = st.none() | st.sampled_from(TEXTS).map(lambda text: Retraction(known=parse_date(text)))


@st.composite
def registers(draw: st.DrawFn, *, with_circles: bool = False) -> dict[str, Source]:
    """Sources of which each may repeat others, without circles only those named before it."""
    found = {}
    for number, id_ in enumerate(IDS):
        above = IDS if with_circles else (*IDS[:number], "not-described")
        parents = draw(st.lists(st.sampled_from(above), max_size=2, unique=True)) if above else []
        found[id_] = Source(
            title=id_, date=draw(dates), retracted=draw(retractions), derived_from=tuple(parents)
        )
    return found


grounds = st.lists(st.sampled_from([*IDS, "not-described"]), max_size=3, unique=True).map(
    lambda ids: tuple(map(Ground, ids))
)
taken = st.frozensets(st.sampled_from([*IDS, "not-described"]))
days = st.sampled_from([*DAYS, END])


def naive(sources: Mapping[str, Source], ids: Sequence[str], without: frozenset[str], day: int) -> State:
    """The state of a statement by the words of the format, one source after another."""

    def is_gone(id_: str) -> bool:
        source = sources.get(id_)
        if id_ in without:
            return True
        if source is None:
            return False
        if source.retracted is not None and source.retracted.known.earliest <= day:
            return True
        return bool(source.derived_from) and all(map(is_gone, source.derived_from))

    def is_citable(id_: str) -> bool:
        date = sources[id_].date if id_ in sources else None
        return date is None or date.earliest <= day

    citable = [id_ for id_ in ids if is_citable(id_)]
    if not ids:
        return State.UNSOURCED
    if not citable:
        return State.NO_SOURCE_YET
    return State.FALLEN if all(map(is_gone, citable)) else State.STANDING


def state_of(sources: Mapping[str, Source], on: Sequence[Ground], without: frozenset[str], day: int) -> State:
    known = Sources.of(sources)
    return known.support(on, known.gone(without, day), day).state


@LAW
@given(registers(), grounds, taken, days)
def test_the_state_is_that_of_the_rules_applied_source_by_source(
    sources: dict[str, Source], on: tuple[Ground, ...], without: frozenset[str], day: int
) -> None:
    assert state_of(sources, on, without, day) == naive(
        sources, [ground.source for ground in on], without, day
    )


@LAW
@given(registers(with_circles=True), days)
def test_taking_nothing_away_takes_nothing_but_what_was_retracted(
    sources: dict[str, Source], day: int
) -> None:
    kept = {id_: Source(title=id_, derived_from=source.derived_from) for id_, source in sources.items()}
    assert not Sources.of(kept).gone((), day)


@LAW
@given(registers(with_circles=True), grounds, taken, taken, days)
def test_the_more_is_taken_away_the_less_stands(
    sources: dict[str, Source], on: tuple[Ground, ...], first: frozenset[str], more: frozenset[str], day: int
) -> None:
    known = Sources.of(sources)
    assert known.gone(first, day) <= known.gone(first | more, day)
    if state_of(sources, on, first, day) != State.STANDING:
        assert state_of(sources, on, first | more, day) != State.STANDING


@LAW
@given(registers(with_circles=True), taken, taken, days)
def test_the_order_in_which_sources_are_taken_away_does_not_matter(
    sources: dict[str, Source], first: frozenset[str], then: frozenset[str], day: int
) -> None:
    known = Sources.of(sources)
    one = known.gone(known.gone(first, day) | then, day)
    other = known.gone(known.gone(then, day) | first, day)
    assert one == other == known.gone(first | then, day)


@LAW
@given(registers(with_circles=True), st.sampled_from(IDS))
def test_a_source_falls_with_all_of_its_origins_and_with_no_fewer(
    sources: dict[str, Source], id_: str
) -> None:
    bare = {name: Source(title=name, derived_from=source.derived_from) for name, source in sources.items()}
    known = Sources.of(bare)
    roots = known.roots(id_)
    assert roots
    assert id_ in known.gone(roots)
    for root in roots:
        assert id_ not in known.gone(roots - {root})
        assert known.roots(root) == {root}


REPORTED = {
    "report": Source(title="Report", retracted=Retraction(known=parse_date("2024-03-05"))),
    "copy": Source(title="Copy", derived_from=("report",)),
    "digest": Source(title="Digest", derived_from=("report", "own")),
    "own": Source(title="Own"),
}


@pytest.mark.parametrize(
    ("cited", "before", "after"),
    [
        ("report", State.STANDING, State.FALLEN),
        ("copy", State.STANDING, State.FALLEN),
        ("digest", State.STANDING, State.STANDING),
    ],
)
def test_of_a_retracted_report_the_copy_falls_and_what_repeats_another_one_too_stands(
    cited: str, before: State, after: State
) -> None:
    on = (Ground(cited),)
    assert state_of(REPORTED, on, frozenset(), parse_date("2024-03-04").earliest) == before
    assert state_of(REPORTED, on, frozenset(), parse_date("2024-03-05").earliest) == after
    assert state_of(REPORTED, on, frozenset({"own"}), END) == State.FALLEN


def test_a_retracted_report_takes_two_origins_down_to_one() -> None:
    known = Sources.of(REPORTED)
    assert known.roots("copy") == {"report"}
    assert known.roots("digest") == {"report", "own"}
    gone = known.gone((), END)
    left = known.support([Ground("copy"), Ground("digest")], gone).left
    assert left == ("digest",)
    assert known.roots_of(left) - gone == {"own"}


def cited(*ids: str) -> tuple[Citation, ...]:
    return tuple(map(Citation, ids))


def rests_on(found: Event) -> list[tuple[str, list[str]]]:
    return [(each.kind, [ground.source for ground in each.grounds]) for each in statements(found)]


def test_what_cites_nothing_rests_on_what_holds_it_but_a_status_and_an_update_rest_on_their_own_only() -> (
    None
):
    found = event(
        "2024",
        "x",
        sources=cited("a"),
        statuses=(StatusEntry(is_="claimed"), StatusEntry(is_="denied", sources=cited("b"))),
        updates=(Update(known=parse_date("2024")), Update(known=parse_date("2025"), sources=cited("c"))),
        outcomes=(Outcome(text="x"),),
        quotes=(
            quote("ann", "x", wordings=(Wording(text="y"), Wording(text="z", sources=cited("d")))),
            quote("ann", "x", sources=cited("e"), wordings=(Wording(text="y"),)),
        ),
        claims=(Claim(about="t", by="ann", value="1", statuses=(StatementStatusEntry(is_="withdrawn"),)),),
    )
    assert rests_on(found) == [
        ("event", ["a"]), ("status", ["b"]), ("status", []), ("update", []), ("update", ["c"]),
        ("outcome", ["a"]), ("quote", ["a"]), ("wording", ["a"]), ("wording", ["d"]), ("quote", ["e"]),
        ("wording", ["e"]), ("claim", ["a"]), ("status", []),
    ]  # fmt: skip


def test_an_event_that_cites_nothing_rests_on_its_quotes_and_claims_once_they_are_known() -> None:
    later = parse_date("2024-03-04")
    found = event(
        "2024-03-01",
        "x",
        quotes=(quote("ann", "x", sources=cited("a")), quote("ann", "y", date=later, sources=cited("b"))),
        claims=(Claim(about="t", by="ann", value="1"),),
    )
    assert next(statements(found)).grounds == (Ground("a", BEGINNING), Ground("b", later.earliest))
    known = Sources.of({})
    on = (Ground("b", later.earliest),)
    assert known.support(on, frozenset(), later.earliest - 1).state == State.UNSOURCED
    assert known.support(on, frozenset({"b"}), later.earliest).state == State.FALLEN


def test_what_is_in_no_file_yet_is_told_apart_from_what_has_fallen() -> None:
    sources = {"book": Source(title="Book", date=parse_date("2024-03-05"))}
    on = (Ground("book"),)
    before, after = parse_date("2024-03-04").earliest, parse_date("2024-03-05").earliest
    assert state_of(sources, on, frozenset({"book"}), before) == State.NO_SOURCE_YET
    assert state_of(sources, on, frozenset({"book"}), after) == State.FALLEN
    assert state_of(sources, (), frozenset({"book"}), after) == State.UNSOURCED
