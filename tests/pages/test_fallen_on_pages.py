"""Every page that shows an event or a statement marks and strikes one that has fallen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from timeline_tui.exchange.html import page as html_page
from timeline_tui.exchange.markdown import report as markdown
from timeline_tui.index.index import Index
from timeline_tui.model.records import Header
from timeline_tui.pages.actor import actor_page
from timeline_tui.pages.claims import claims_page
from timeline_tui.pages.event_card import event_card
from timeline_tui.pages.event_list import listing
from timeline_tui.pages.links import all_links, links_page
from timeline_tui.pages.sides import sides_page
from timeline_tui.pages.sources import sources_page
from timeline_tui.pages.wordings import wordings_page
from timeline_tui.query.language import parse_query
from timeline_tui.reading.reader import read_text
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from timeline_tui.drawing.lines import Line
    from timeline_tui.exchange.contract import Exported

TEXT = """\
format: 1.1
title: T
sources:
  wire: {title: The wire, date: 2024-03-01}
  other: {title: Another, date: 2024-03-01}
actors:
  ann: {name: Ann}
topics:
  many: {question: How many?}
events:
  - id: shells
    date: 2024-03-01
    title: Shells cross
    sources: [wire]
    actors: [ann]
    links: {leads-to: talks}
    quotes: [{speaker: ann, text: They crossed, sources: [wire], wordings: [{text: Sie kamen}]}]
    claims: [{about: many, by: ann, value: Fourteen, sources: [wire]}]
  - id: talks
    date: 2024-03-02
    title: Talks begin
    sources: [other]
"""
WIDTH = 120


def opened() -> View:
    reading = read_text(TEXT.encode(), "x.yaml")
    assert isinstance(reading.header, Header)
    return View(Index.build(reading.header, reading.events), today=740_000)


def _sides(view: View) -> Iterable[Line]:
    return sides_page(view, parse_query("actor:ann").query, parse_query("talks").query, WIDTH).lines


PAGES: dict[str, tuple[Callable[[View], Iterable[Line]], str]] = {
    "sides": (_sides, "Shells cross"),
    "actor, quotes": (lambda view: actor_page(view, "ann", WIDTH).lines, "“They crossed”"),
    "actor, claims": (lambda view: actor_page(view, "ann", WIDTH).lines, "Fourteen"),
    "claims": (lambda view: claims_page(view, "many", WIDTH).lines, "Fourteen"),
    "links of the event": (lambda view: links_page(view, 0, WIDTH).lines, "Shells cross"),
    "links of another event": (lambda view: links_page(view, 1, WIDTH).lines, "Shells cross"),
    "all links": (lambda view: all_links(view, WIDTH), "Shells cross"),
    "sources": (lambda view: sources_page(view, WIDTH).lines, "Fourteen"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_strikes_what_has_fallen_and_marks_it_with_a_sign(name: str) -> None:
    page, words = PAGES[name]
    struck = [
        (line.text, span)
        for line in page(opened().taking_away("wire"))
        for span in line.spans
        if words in span.text
    ]
    assert struck
    assert any(span.part == "fallen" for _, span in struck)
    assert any("∅" in text for text, _ in struck)
    assert not any(span.part == "fallen" for line in page(opened()) for span in line.spans)


def test_the_page_of_wordings_says_what_has_fallen() -> None:
    lines = wordings_page(opened().taking_away("wire"), 0, 0, WIDTH).lines
    assert sum("∅" in line.text for line in lines) == 2


def test_the_event_pane_and_the_list_strike_what_has_fallen() -> None:
    view = opened().taking_away("wire")
    struck = [
        paragraph.text for paragraph in event_card(view, view.event(0), 0) if paragraph.part == "fallen"
    ]
    assert sorted(struck) == ["∅ Ann: Fourteen", "∅ Shells cross", "∅ “Sie kamen”", "∅ “They crossed”"]
    assert "∅ Shells cross  (fallen, 1 quote, 1 claim)" in next(
        line for line in listing(view) if "Shells" in line
    )


# A page of HTML also lists what stands without a source.
@pytest.mark.parametrize(("write", "times"), [(markdown.write, 1), (html_page.write, 2)])
def test_a_report_says_what_has_fallen(write: Callable[[View], Exported], times: int) -> None:
    text = write(opened().taking_away("wire")).text
    assert text.count("∅ rests only on The wire, taken away") == 4 * times
    assert text.count(": ∅ rests only on The wire, taken away") == 3 * (times - 1)
    assert "∅" not in write(opened()).text
