"""A clock set and a source taken away, in a process of its own: `python -m bench.clocked DATABASE`.

Prints the processor seconds of each, several times over, as JSON: what the screen waits for before it shows
the rows, the marks and the counts, without painting.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench.generate import AGENCY
from bench.memory import peak_memory
from timeline_tui.answers.newly_known import clock_step, next_day
from timeline_tui.dates.date import today
from timeline_tui.index import Index
from timeline_tui.pages.sources import sources_page
from timeline_tui.query import parse_query
from timeline_tui.query.language import Query
from timeline_tui.timeline import View
from timeline_tui.timeline.background import ViewRequest, steps

if TYPE_CHECKING:
    from collections.abc import Callable

_ROWS, _COLUMNS = 40, 120
_SHARES = (0.2, 0.4, 0.6, 0.8, 0.95)
"""Where in the timeline the days are on which the clock is set."""


class _Times:
    def __init__(self) -> None:
        self.took: defaultdict[str, list[float]] = defaultdict(list)

    def add(self, name: str, work: Callable[[], object]) -> None:
        start = time.process_time()
        work()
        self.took[name].append(time.process_time() - start)


def shown(view: View) -> None:
    """Work out all that the screen shows of a view."""
    for _ in steps(ViewRequest(view, Query()), view):
        pass
    view.rows(0, _ROWS)
    view.density(_COLUMNS)
    str(view.sentence)


def measured(index: Index) -> dict[str, list[float]]:
    """Processor seconds by what was done; what is done once in a program is done before."""
    whole = View(index, today=today())
    warm = whole.known_by(whole.day_of(whole.count // 2)).taking_away(AGENCY)
    shown(warm)
    sources_page(warm, _COLUMNS)
    times = _Times()
    for share in _SHARES:
        day = whole.day_of(int(whole.count * share))
        then, before = whole.known_by(day), whole.known_by(day)
        times.add("clock: shown as known on a day", partial(shown, then))
        times.add("clock: what the day brought", partial(clock_step, then))
        times.add("clock: the day before it is found", partial(next_day, before, -1))
        for name, view in (("source away", whole), ("source away on a day", then)):
            rest = view.taking_away(AGENCY)
            # A view remembers what it has worked out.
            times.add(f"{name}: shown", partial(shown, rest))
            times.add(f"{name}: its page", partial(sources_page, rest, _COLUMNS))
            query = parse_query("status:claimed", view.vocabulary).query
            times.add(f"{name}: a status filtered", partial(shown, rest.with_query(query)))
    return times.took


if __name__ == "__main__":
    took = measured(Index.opened(Path(sys.argv[1])))
    print(json.dumps({"took": took, "peak": peak_memory()}))
