"""Pictures drawn, in a process of its own: `python -m bench.pictured DATABASE WORD`.

Prints the processor seconds of each, several times over, as JSON: what a key waits for, without painting. The
windows are those of Perfetto's own measurements: the whole range, and parts of it down to a millionth.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench.clocked import shown as worked_out
from bench.memory import peak_memory
from timeline_tui.answers.newly_known import days_of_news
from timeline_tui.dates.date import edtf_of_day, parse_date, today
from timeline_tui.index import Index
from timeline_tui.model.records import Actor, Event, Header
from timeline_tui.pictures.calendar import Calendar
from timeline_tui.pictures.clocks import Clocks, ClocksShown, clocks_picture
from timeline_tui.pictures.grid import grid_layout, grid_picture
from timeline_tui.pictures.lane_groups import Lanes
from timeline_tui.pictures.lanes import lanes_picture
from timeline_tui.pictures.lanes_shown import LanesShown, following
from timeline_tui.pictures.who import Who
from timeline_tui.query.language import WORD, Query
from timeline_tui.timeline import View

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline_tui.pictures.grid import Grid
    from timeline_tui.pictures.picture import Window

_SIZE = 120, 41
"""Forty lanes and the axis."""
_SHARES = (1, 10, 100, 1_000, 10_000, 1_000_000)
"""The windows, as parts of all days."""
_KEYS, _FRAMES = 5, 8
_CROWD, _CROWD_EVENTS = 5_000, 100_000
"""Actors of a timeline with many lanes, and its events."""


class _Times:
    def __init__(self) -> None:
        self.took: defaultdict[str, list[float]] = defaultdict(list)

    def add(self, name: str, work: Callable[[], object]) -> None:
        start = time.process_time()
        work()
        self.took[name].append(time.process_time() - start)


def windows(whole: Window, about: int) -> list[Window]:
    """The windows about a day, the widest first."""
    found = []
    for share in _SHARES:
        days = max(1, whole.days // share)
        found.append(whole._replace(first=about - days // 2, last=about - days // 2 + days - 1).within(whole))
    return found


def _lanes(view: View, selected: int, times: _Times, name: str) -> None:
    def drawn(lanes: Lanes, asked: LanesShown, key: int) -> None:
        lanes_picture(lanes, following(lanes, asked, key, _SIZE[1]), key, *_SIZE)

    start = time.process_time()
    made = Lanes(view)
    drawn(made, LanesShown(), selected)
    times.took[f"lanes{name}: first, beside the screen"].append(time.process_time() - start)
    for step in range(_KEYS):
        key = made.along(0, selected, step + 1)
        times.add(f"lanes{name}: another event", partial(drawn, made, LanesShown(), key))
    for window in windows(made.whole, made.moment_of(selected)):
        times.add(f"lanes{name}: zoom or pan", partial(drawn, made, LanesShown(window=window), selected))
        later = window.panned(1, made.whole)
        times.add(
            f"lanes{name}: zoom or pan", partial(lanes_picture, made, LanesShown(window=later), -1, *_SIZE)
        )
    top = max(0, len(made.lanes) - _SIZE[1])
    times.add(f"lanes{name}: the last lanes", partial(lanes_picture, made, LanesShown(top=top), -1, *_SIZE))


def _crowd() -> View:
    """Forty lanes of five thousand: events of two actors each, over ten years."""
    header = Header(title="A crowd", actors={f"a{n}": Actor(name=f"Actor {n}") for n in range(_CROWD)})
    kinds, first = ("vote", "talk"), parse_date("2015-01-01").earliest
    events = (
        Event(
            date=parse_date(edtf_of_day(first + n * 3_653 // _CROWD_EVENTS)),
            title=f"Event {n}",
            kind=kinds[n % 2],
            actors={f"a{n * n % _CROWD}": "", f"a{n * 7 % _CROWD}": ""},
        )
        for n in range(_CROWD_EVENTS)
    )
    return View(Index.build(header, events), today=today())


def _clocks(view: View, selected: int, times: _Times, name: str) -> None:
    clocks = Clocks(view)
    times.add(
        f"clocks{name}: first, beside the screen",
        partial(clocks_picture, clocks, ClocksShown(), selected, *_SIZE),
    )
    whole = clocks.whole(ClocksShown())
    for step in range(_KEYS):
        key = clocks.points("events").beside(selected, step + 1)
        times.add(f"clocks{name}: another event", partial(clocks_picture, clocks, ClocksShown(), key, *_SIZE))
    for window in windows(whole, view.moment_of(selected)):
        for asked in (ClocksShown(window=window), ClocksShown(window=window.panned(1, whole))):
            times.add(f"clocks{name}: zoom or pan", partial(clocks_picture, clocks, asked, selected, *_SIZE))


def _drawn(grid_of: Callable[..., Grid], name: str) -> None:
    grid = grid_of(name)
    grid_picture(grid, (0, 0), grid_layout(grid, *_SIZE), *_SIZE)


def _grids(view: View, times: _Times, name: str) -> None:
    calendar, who = Calendar(view), Who(view)
    for what in calendar.names:
        times.add(f"calendar{name}: first of each", partial(_drawn, calendar.grid, what))
        times.add(f"calendar{name}: any key after it", partial(_drawn, calendar.grid, what))
    for measure in who.measures:
        label = "against" if measure == "against" else "others"
        work = partial(_drawn, partial(who.grid, width=_SIZE[0]), measure)
        times.add(f"who{name}: first, beside the screen ({label})", work)
        times.add(f"who{name}: any key after it", work)


def _film(view: View, times: _Times) -> None:
    days = days_of_news(view)
    stage = Lanes(view), Clocks(view)
    for number in range(_FRAMES):
        then = view.known_by(days[len(days) * (number + 1) // (_FRAMES + 2)])
        times.add("film: the view of a frame", partial(worked_out, then))
        lanes, clocks = Lanes(then, stage=stage[0]), Clocks(then, stage[1])
        times.add("film: a frame of lanes", partial(lanes_picture, lanes, LanesShown(), -1, *_SIZE))
        times.add("film: a frame of clocks", partial(clocks_picture, clocks, ClocksShown(), -1, *_SIZE))


def measured(index: Index, common: str) -> dict[str, list[float]]:
    """Processor seconds by what was done; what is done once in a program is done before."""
    whole = View(index, today=today())
    worked_out(whole)
    times = _Times()
    filtered = whole.with_query(Query().with_term(WORD, common))
    worked_out(filtered)
    for name, view in (("", whole), (", filtered", filtered)):
        if view.count:
            selected = view.key_at(view.count // 2)
            _lanes(view, selected, times, name)
            _clocks(view, selected, times, name)
            _grids(view, times, name)
    _film(whole, times)
    crowd = _crowd()
    worked_out(crowd)
    filtered = crowd.with_query(Query().with_term("kind", "vote"))
    worked_out(filtered)
    for name, view in ((", of 5,000", crowd), (", of 5,000, filtered", filtered)):
        _lanes(view, view.key_at(view.count // 2), times, name)
    return times.took


if __name__ == "__main__":
    took = measured(Index.opened(Path(sys.argv[1])), sys.argv[2])
    print(json.dumps({"took": took, "peak": peak_memory()}))
