"""The event pane: which lines an event has, and what each of them leads to."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.screens import BUNDLED, TODAY
from tests.support.stories import event, quote, story
from timeline_tui.drawing.lines import Span, Target
from timeline_tui.drawing.wrapping import wrapped_spans
from timeline_tui.loading.opened import open_timeline
from timeline_tui.model.records import Actor, Citation, Claim, Header, Place, Source, Topic
from timeline_tui.pages import event_card as module
from timeline_tui.pages.event_card import Paragraph, card_lines, event_card
from timeline_tui.text.cells import cells
from timeline_tui.timeline.signs import STATUS_SIGNS, status_word
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.drawing.lines import Line

HEADER = Header(
    title="T",
    actors={"ann": Actor(name="Ann"), "ben": Actor(name="Ben")},
    places={"port": Place(name="Lowport")},
    topics={"troops": Topic(question="How many soldiers?")},
    sources={"wire": Source(title="A report", publisher="Wire", url="https://wire.example/1")},
)


def talks() -> View:
    cited = (Citation("wire"),)
    return story(
        event(
            "2024-11-01",
            "Talks",
            id="talks",
            place="port",
            kind="meeting",
            actors={"ann": "host", "ben": ""},
            tags=("war", "grain"),
            quotes=(quote("ann", "Welcome"), quote("ben", "Until tomorrow")),
            claims=(Claim(about="troops", by="ben", value="8000"),),
            links={"leads-to": ("answer",)},
            sources=cited,
        ),
        event("2024-11-02", "An answer", id="answer"),
        header=HEADER,
    )


def lines_of(view: View, key: int, width: int, quote_number: int = 0) -> list[Line]:
    return list(card_lines(event_card(view, view.event(key), quote_number), width))


def leads(view: View, width: int = 60) -> list[tuple[str, str, Target]]:
    """Kind, text and target of everything to follow, in the order of the lines."""
    found = (span for line in lines_of(view, 0, width) for span in line.spans)
    return [(span.target.leads, span.text, span.target) for span in found if span.target is not None]


@pytest.fixture(scope="module")
def bundled() -> View:
    return View(open_timeline(BUNDLED, today=TODAY).index, today=TODAY)


@pytest.mark.parametrize("width", [34, 40, 51, 52, 78, 100])
def test_title_status_and_date_are_the_same_lines_of_every_event_of_the_bundled_story(
    bundled: View, width: int
) -> None:
    status_line = 1 if width >= 52 else 2
    for key in range(bundled.total):
        shown = bundled.event(key)
        lines = lines_of(bundled, key, width)
        title = " ".join(line.text.strip() for line in lines[:status_line]).strip()
        status = bundled.status_of(shown)
        assert title == shown.title
        stated, date = f"{STATUS_SIGNS[status]} {status_word(status)}", bundled.date_in_words(shown.date)
        if width >= 52:
            assert lines[status_line].text.startswith(f"{stated} · {date}")
        else:
            assert lines[status_line].text == stated
            assert lines[status_line + 1].text.startswith(date)


@pytest.mark.parametrize("width", [2, 7, 34, 60, 100])
def test_no_line_of_the_bundled_story_is_wider_than_the_pane(bundled: View, width: int) -> None:
    for key in range(0, bundled.total, 7):
        assert all(cells(line.text) <= max(width, 2) for line in lines_of(bundled, key, width))


def test_quotes_come_before_the_text_then_claims_links_and_sources() -> None:
    shown = "\n".join(line.text for line in lines_of(talks(), 0, 60))
    order = ["Talks", "● happened", "── quote 1 of 2", "“Welcome”", "Ann host · Ben", "#war #grain"]
    order += ["── 1 claim", "── 1 link", "── sources of these words", "── 1 source of the event"]
    places = [shown.index(text) for text in order]
    assert places == sorted(places)


def test_everything_that_is_named_can_be_followed() -> None:
    view = talks()
    wire = Target(0, sources=("wire",), leads="addresses", id="wire")
    assert leads(view) == [
        ("place", "Lowport", Target(leads="place", id="Lowport")),
        ("kind", "meeting", Target(leads="kind", id="meeting")),
        ("wordings", "“Welcome”", Target(0, leads="wordings")),
        ("actor", "Ann", Target(leads="actor", id="ann")),
        ("actor", "Ann", Target(leads="actor", id="ann")),
        ("actor", "Ben", Target(leads="actor", id="ben")),
        ("tag", "#war", Target(leads="tag", id="war")),
        ("tag", "#grain", Target(leads="tag", id="grain")),
        ("topic", "How many soldiers?", Target(leads="topic", id="troops")),
        ("actor", "Ben", Target(leads="actor", id="ben")),
        ("link", "leads to: An answer", Target(1, leads="link")),
        ("addresses", "A report", wire),
        ("addresses", "https://wire.example/1", wire),
    ]


def test_pieces_of_a_line_stay_whole_where_they_fit() -> None:
    places = [line.text for line in lines_of(talks(), 0, 24)]
    assert "● happened" in places
    assert "1 November 2024" in places
    assert "Lowport · meeting" in places


def test_an_event_without_a_status_begins_with_its_date() -> None:
    paragraphs = module._pieces([(Span(""),), (Span("1 November 2024"),)])
    assert [paragraph.text for paragraph in paragraphs] == ["1 November 2024"]


def test_no_more_is_made_of_an_event_than_is_asked_for() -> None:
    many = {f"actor-{number}": "" for number in range(5000)}
    view = story(event("2024-11-01", "Crowd", text="word " * 2000, actors=many))
    made = []

    def watched() -> Iterator[Paragraph]:
        for paragraph in event_card(view, view.event(0), 0):
            made.append(paragraph)
            yield paragraph

    assert len(list(islice(card_lines(watched(), 40), 20))) == 20
    assert not any("actor-" in paragraph.text for paragraph in made)


def test_of_very_many_actors_the_rest_is_counted() -> None:
    many = {f"actor-{number}": "" for number in range(1200)}
    view = story(event("2024-11-01", "Crowd", actors=many))
    assert "and 1,000 more" in lines_of(view, 0, 60)[-4].text + lines_of(view, 0, 60)[-3].text


@given(
    st.lists(st.tuples(st.text("ab 中́é", min_size=1), st.booleans()), min_size=1, max_size=6),
    st.integers(2, 30),
)
def test_wrapped_pieces_keep_their_letters_and_what_they_lead_to(
    pieces: list[tuple[str, bool]], room: int
) -> None:
    spans = [
        Span(text, "name", Target(leads="tag", id=str(number)) if leads_on else None)
        for number, (text, leads_on) in enumerate(pieces)
    ]
    rows = wrapped_spans(spans, room)
    assert all(sum(cells(span.text) for span in row) <= room for row in rows)
    for span in spans:
        same = [part.text for row in rows for part in row if part.target is span.target]
        if span.target is not None:
            assert "".join("".join(same).split()) == "".join(span.text.split())
