"""Sources as the event pane and the list of sources show them: as trees, with a verdict."""

from __future__ import annotations

import pytest

from tests.support.repeated_sources import cited, view_of
from tests.support.screens import BUNDLED, TODAY
from tests.support.stories import event, quote
from timeline_tui.dates.date import parse_date
from timeline_tui.loading.opened import open_timeline
from timeline_tui.model.records import Citation, Claim, Source
from timeline_tui.pages.event_card import Paragraph, event_card
from timeline_tui.pages.sources import provenance_lines
from timeline_tui.text.cells import cells
from timeline_tui.timeline.view import View


def printed(view: View, width: int = 100) -> str:
    return "\n".join(line.text.rstrip() for line in provenance_lines(view, width))


def sourced() -> View:
    return view_of(
        event(
            "2024-11-01",
            "Talks \x1b[31m",
            sources=cited("afp", "post", "blog"),
            quotes=(
                quote("choe", "Until Victory Day", sources=cited("tass")),
                quote("choe", "thanked Lavrov", kind="paraphrase"),
            ),
            claims=(Claim(about="troops", by="choe", value="~8000", sources=cited("joke")),),
        )
    )


def test_each_statement_is_listed_with_its_sources() -> None:
    assert printed(sourced()).splitlines() == [
        "1 November 2024 · Talks ‹U+001B›[31m",
        "    3 reports, one wire: AFP",
        "      AFP · wire · 1 November 2024",
        "        └ Post · 2 November 2024 · repeats AFP",
        "          └ Blog · undated · repeats Post",
        "  Choe Son-hui: “Until Victory Day”",
        "    rests on one source: TASS",
        "      TASS · wire · undated",
        "  Choe Son-hui (paraphrase): thanked Lavrov",
        "    rests on no source",
        "  Choe Son-hui: about 8,000 soldiers — How many soldiers?",
        "    rests only on satire: The Joke",
        "      The Joke · satire · undated",
    ]


def test_the_lines_of_a_statement_lead_to_it_and_its_sources() -> None:
    lines = list(provenance_lines(sourced(), 100))
    assert [target.sources for target in lines[0].targets] == [("afp", "post", "blog")]
    assert [target.sources for target in lines[3].targets] == [("post",)]
    assert [target.quote for target in lines[8].targets] == [1]
    assert [target.claim for target in lines[8].targets + lines[10].targets] == [-1, 0]


@pytest.mark.parametrize("width", [30, 41, 77])
def test_no_line_is_wider_than_asked(width: int) -> None:
    view = View(open_timeline(BUNDLED, today=TODAY).index, today=TODAY)
    assert all(cells(line.text) <= width for line in provenance_lines(view, width))


def test_the_card_shows_sources_as_a_tree_with_a_verdict() -> None:
    view = sourced()
    lines = list(event_card(view, view.event(0), 0))
    at = lines.index(Paragraph("3 sources of the event", "heading"))
    assert [paragraph._replace(target=None) for paragraph in lines[at + 1 : at + 9]] == [
        Paragraph("3 reports, one wire: AFP.", "doubt"),
        Paragraph("Choe in Moscow", "text"),
        Paragraph("AFP · wire · 1 November 2024", "detail", 2),
        Paragraph("└ Choe again", "text", 2),
        Paragraph("Post · 2 November 2024", "detail", 4),
        Paragraph("repeats AFP", "doubt", 4),
        Paragraph("└ Choe once more", "text", 4),
        Paragraph("Blog · undated", "detail", 6),
    ]
    assert Paragraph("Rests on one source: TASS.", "doubt") in lines
    assert Paragraph("rests only on satire: The Joke", "doubt", 4) in lines


def test_the_card_says_that_no_source_is_given() -> None:
    view = view_of(event("2024-11-01", "Talks", quotes=(quote("choe", "Until victory"),)))
    lines = list(event_card(view, view.event(0), 0))
    assert lines.count(Paragraph("No source is given.", "doubt")) == 2


def test_the_card_shows_every_locator_of_a_source() -> None:
    at = (Citation("afp", "para. 2"), Citation("afp", "para. 9"))
    view = view_of(event("2024-11-01", "Talks", sources=at))
    assert "AFP · wire · 1 November 2024 · para. 2 · para. 9" in [
        line.text for line in event_card(view, view.event(0), 0)
    ]


def test_the_card_counts_dates_from_where_the_view_does() -> None:
    view = sourced().counted_from(parse_date("2024-11-01").earliest)
    text = "\n".join(line.text for line in event_card(view, view.event(0), 0))
    assert view.date_in_words(parse_date("2024-11-02")) in text


def test_a_source_published_later_is_not_named() -> None:
    sources = {
        "memoir": Source(title="A memoir", date=parse_date("2030")),
        "one": Source(title="One", derived_from=("memoir",)),
        "two": Source(title="Two", derived_from=("memoir",)),
    }
    whole = view_of(event("2024-11-01", "Talks", sources=cited("one", "two")), sources=sources)
    view = whole.known_by(parse_date("2024-12-01").earliest)
    shown = printed(view) + "".join(line.text for line in event_card(view, view.event(0), 0))
    assert "2 reports, one source: a source published later" in shown
    assert "memoir" not in shown
    assert "2030" not in shown
