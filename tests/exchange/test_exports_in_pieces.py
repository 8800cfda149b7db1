"""Exports of long timelines are made piece by piece."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING

import pytest

from timeline_tui.dates.date import parse_date
from timeline_tui.exchange import registry
from timeline_tui.index.index import Index
from timeline_tui.model.records import Event, Header
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable


def view_of(count: int) -> View:
    events: Iterable[Event] = (
        Event(id=f"e{n}", date=parse_date("2021-03-04"), title=f"Event {n}", text="word " * 40, line=n + 1)
        for n in range(count)
    )
    return View(Index.build(Header(title="T"), list(events)), today=740_000)


@pytest.mark.parametrize("name", ["csv", "jsonl"])
def test_the_pieces_of_an_export_are_its_text(name: str) -> None:
    view = view_of(1_000)
    pieces = list(registry.write(view, name).pieces())
    assert len(pieces) > 1
    assert "".join(pieces) == registry.write(view, name).text


def peak_of(name: str, count: int) -> int:
    """The most bytes that are held while an export of so many events is made."""
    exported = registry.write(view_of(count), name)
    tracemalloc.start()
    try:
        for _ in exported.pieces():
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", ["csv", "jsonl"])
def test_an_export_takes_no_more_memory_for_more_events(name: str) -> None:
    # Some thousand events are remembered, however many there are.
    assert peak_of(name, 12_000) < 1.3 * peak_of(name, 6_000)
