"""A list is never wider than was asked for, whatever the file says."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tests.support.hostile_text import HOSTILE
from tests.support.screens import BUNDLED, TODAY
from tests.support.stories import event, quote, story
from timeline_tui.cli.table import EVENTS, SHOWN
from timeline_tui.dates.date import parse_date
from timeline_tui.loading.opened import open_timeline
from timeline_tui.model.records import Actor, Citation, Claim, Header, Source, Topic, Wording
from timeline_tui.pages.event_list import listing
from timeline_tui.pages.page import NARROWEST, WIDEST
from timeline_tui.pages.printed import PageRequest, printed_page
from timeline_tui.text.cells import cells
from timeline_tui.timeline.view import View

DATES = [
    "2024-01-02", "-1234-06/2023-11-30", "Y-170000002",
    "2024-01-02T23:59:59+14:00/2024-02-03T00:00:00-12:00",
    "{1667-12-31~,1668-12?,1670..1672}", "201X", "Y-17E7", "../2024", "2024/..", "2024-21",
]  # fmt: skip
TEXTS = [
    *HOSTILE.values(), "वार्ता समाप्त हुई " * 9, "漢" * 200, "👨‍👩‍👧‍👦" * 70, "กรุงเทพ" * 60, "a" * 150,
    "word " * 60,
    "Donaudampfschiff/" * 20, "e\u0301" * 200, "x",
]  # fmt: skip


def wide(text: str, other: str, date: str) -> View:
    """A story in which everything that can be said is `text` or `other`."""
    header = Header(
        title=text,
        description=other,
        actors={
            id_: Actor(name=name, kind=other, role=text, aliases=(other,), description=text)
            for id_, name in (("a", text), ("b", other))
        },
        topics={"t": Topic(question=text, unit=other, description=text)},
        sources={
            "s": Source(
                title=text, publisher=other, author=text, url=f"https://a.example/{'x' * 200}", note=text
            ),
            "r": Source(title=other, derived_from=("s",), language=other),
        },
    )
    cited = (Citation("s", other), Citation("r"))
    said = quote(
        "a", text, to=("b",), language="en", sources=cited, note=other,
        wordings=(Wording(text=other, language="ko", sources=cited, note=text),),
    )  # fmt: skip
    claims = tuple(
        Claim(about=about, by=by, value=value, sources=cited, note=text)
        for about in ("t", "of its own") for by in ("a", "b") for value in (text[:80], "10-12,000", ">= 5")
    )  # fmt: skip
    events = [
        event(
            on, text, id=id_, text=other, kind=text, status="disputed", by=("a", "b"), place=other,
            actors={"a": text, "b": ""}, tags=(text, other), sources=cited, quotes=(said,), claims=claims,
            outcome=text, links={"leads-to": ("two",), text or "x": ("one",)},
        )
        for id_, on in (("one", date), ("two", "2024-03-04"))
    ]  # fmt: skip
    return story(*events, header=header)


def lines_of(view: View, what: str, width: int) -> list[str]:
    if what == EVENTS:
        return list(listing(view, width))
    return list(printed_page(view, PageRequest(what, "-", width=width)))


@cache
def bundled() -> View:
    return View(open_timeline(BUNDLED, today=TODAY).index, today=TODAY)


@pytest.mark.parametrize("what", SHOWN)
@pytest.mark.parametrize("width", [NARROWEST, 80, 101, WIDEST])
def test_no_line_of_the_bundled_timeline_is_wider(what: str, width: int) -> None:
    assert max(map(cells, lines_of(bundled(), what, width))) <= width


@pytest.mark.parametrize("what", SHOWN)
@examples(25)
@given(st.builds(wide, st.sampled_from(TEXTS), st.sampled_from(TEXTS), st.sampled_from(DATES)), st.data())
def test_no_line_of_any_timeline_is_wider(what: str, view: View, data: st.DataObject) -> None:
    width = data.draw(st.integers(NARROWEST, 130))
    if data.draw(st.booleans()):
        view = view.counted_from(parse_date("2024-03-04").earliest)
    for line in lines_of(view, what, width):
        assert cells(line) <= width, (cells(line), width, line)


def test_an_event_is_one_line_unless_a_width_is_asked_for() -> None:
    view = wide("word " * 60, "x", "2024-01-02")
    assert len(list(listing(view))) == 5
    fitted = list(listing(view, 40))
    assert "            word word word word word" in fitted
    assert " ".join(" ".join(fitted).split()) == " ".join(" ".join(listing(view)).split())
