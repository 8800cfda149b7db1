"""What is prepared of plain events, column by column, is what each event would give by itself."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.dates.date import parse_date
from timeline_tui.index.prepare import entries_of, values_of
from timeline_tui.index.searched import header_facts
from timeline_tui.model.records import Citation, Event, Header, Place

WORDS = st.sampled_from(["", "a", "b", "ford"])
EVENTS = st.lists(
    st.builds(
        lambda date, title, kind, place, tags, actors, cited: Event(
            date=parse_date(date),
            title=title,
            kind=kind,
            place=place,
            tags=tuple(tags),
            actors=dict.fromkeys(actors, ""),
            sources=tuple(map(Citation, cited)),
            line=1,
            column=1,
        ),
        st.sampled_from(["2021-03-04", "2021", "2021-03-04T10:00", "2021-03-04/2021-03-05"]),
        WORDS,
        WORDS,
        WORDS,
        st.lists(st.sampled_from("xyx"), max_size=3),
        st.lists(st.sampled_from("xy"), max_size=2),
        st.lists(st.sampled_from("st"), max_size=2),
    ),
    min_size=1,
    max_size=5,
)


@given(EVENTS, st.booleans())
def test_plain_events_are_found_by_what_each_has(events: list[Event], placed: bool) -> None:
    places = {"ford": Place(name="Ford", within="shire"), "shire": Place(name="Shire")} if placed else {}
    facts = header_facts(Header(title="", places=places))
    each: dict[tuple[str, str], list[int]] = defaultdict(list)
    for offset, event in enumerate(events):
        for field, values in values_of(event, facts):
            for value in filter(None, values):
                each[field, value].append(offset)
    found = {(field, value): offsets for field, value, offsets in entries_of(events, facts).facets if value}
    assert found == each
