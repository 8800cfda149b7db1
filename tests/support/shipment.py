"""The story of a shipment as known on a day, and what rests on its sources."""

from __future__ import annotations

from tests.support.screens import SHIPMENT, TODAY
from timeline_tui.answers.support import source_weights
from timeline_tui.dates.date import parse_date
from timeline_tui.loading.opened import open_timeline
from timeline_tui.timeline.view import View


def shipment(known_on: str = "2024-12-31") -> View:
    """The view of that day."""
    view = View(open_timeline(SHIPMENT, today=TODAY).index, today=TODAY)
    return view.known_by(parse_date(known_on).earliest)


def weights(view: View) -> dict[str, tuple[int, int]]:
    """By source: how many statements rest on it alone, and on it among others."""
    return {weight.id: (weight.alone, weight.resting) for weight in source_weights(view)}
