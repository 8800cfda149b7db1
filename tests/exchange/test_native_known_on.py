"""Exports of a day hold nothing that was known later; exports of everything come back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.support.changing_readings import header_of, read, unplaced
from tests.support.histories import FIRST, LAST, changing_files, day_of, days
from timeline_tui.exchange.native import json as json_native
from timeline_tui.exchange.native import yaml as native
from timeline_tui.index.index import Index
from timeline_tui.reading.reader import read_text
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from tests.support.histories import Plain


@given(changing_files(), days, st.booleans())
def test_an_export_gives_nothing_away_and_comes_back(file: Plain, day: int, as_json: bool) -> None:
    reading = read(file)
    index = Index.build(header_of(reading), reading.events)
    view = View(index, today=LAST + 1, known_on=day)
    text = (json_native.write(view) if as_json else native.write_view(view)).text
    dated = {day_of(found) for found in re.findall(r"\b2024-[0-9]{2}-[0-9]{2}\b", _without_plans(file, text))}
    assert all(found <= day for found in dated if FIRST <= found <= LAST)


def _without_plans(file: Plain, text: str) -> str:
    """A text without the days that were planned or are the event's own, which may lie ahead."""
    event = file["events"][0]
    planned = {event["date"], *(update["date"] for update in event["updates"] if "date" in update)}
    return text if not planned else re.sub("|".join(map(re.escape, planned)), "", text)


@given(changing_files(), st.booleans())
def test_everything_comes_back_from_an_export(file: Plain, as_json: bool) -> None:
    reading = read(file)
    view = View(Index.build(header_of(reading), reading.events), today=LAST + 1)
    if as_json:
        imported = json_native.read(json_native.write(view).text.encode(), "x.json")
        assert not imported.left_out
        again = read_text(native.write(imported).encode(), "x.yaml")
    else:
        again = read_text(native.write_view(view).text.encode(), "x.yaml")
    assert unplaced(tuple(again.events)) == unplaced(tuple(reading.events))
    for name in ("sources", "actors", "topics", "places"):
        before, after = getattr(header_of(reading), name), getattr(header_of(again), name)
        assert {id_: unplaced(record) for id_, record in before.items()} == {
            id_: unplaced(record) for id_, record in after.items()
        }
