"""`python -m bench --tables`: a table of Parquet on DuckDB, its cube, its first picture, its keys.

`python -m bench.tables N FILE` writes such a table alone.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import duckdb

from bench.apart import apart
from bench.memory import peak_memory
from bench.table import Row
from timeline_tui.mapping.columns import choices
from timeline_tui.pictures.lane_groups import Lanes
from timeline_tui.pictures.lanes import lanes_picture
from timeline_tui.pictures.lanes_shown import LanesShown, window_of
from timeline_tui.query import parse_query
from timeline_tui.tables.address import TableAddress
from timeline_tui.tables.engines import connected
from timeline_tui.tables.statements import Parameters
from timeline_tui.tables.table import describe, make_cube, opened
from timeline_tui.tables.view import TableView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ROWS = """
SELECT i AS id,
    TIMESTAMP '2015-01-01' + to_microseconds(CAST(i * {step} AS BIGINT)) AS occurred_at,
    'actor ' || CAST(hash(i) % 40 AS VARCHAR) AS person,
    ['attack', 'login', 'vote', 'speech', 'meeting', 'protest', 'strike', 'other']
        [1 + CAST(hash(i * 7) % 8 AS INT)] AS kind,
    'Reported near place ' || CAST(hash(i * 13) % 5000 AS VARCHAR) AS title
FROM range({count}) t(i)
"""
_SPAN = 10 * 365 * 86_400 * 1_000_000
_KEYS = 60
_PAUSE = 0.12
"""Seconds between keys."""


def write_rows(path: Path, count: int) -> None:
    """A Parquet file of so many rows over ten years, the same ones every time."""
    with duckdb.connect(config={"memory_limit": "1GB"}) as connection:
        rows = _ROWS.format(count=count, step=_SPAN / count)
        connection.execute(f"COPY ({rows}) TO '{path}' (FORMAT PARQUET, COMPRESSION ZSTD)")


def rows(count: int, folder: Path) -> Iterator[Row]:
    """The rows of a table of so many rows of Parquet, made in a folder."""
    path = folder / "table.parquet"
    write_rows(path, count)
    home = folder / "home"
    home.mkdir()
    told = apart(home, "bench.tables", "--measure", str(path))
    times, memory = told.lists["times"], told.peak.added_up
    events = f"{count:,} rows"
    yield Row("table: cube | one GROUP BY day, actor", events, times["cube"], times["group"], most_ratio=1.5)
    yield Row("table: opened, the cube kept", events, times["open"])
    first = Row("table: first picture (lanes by actor)", events, times["lanes"], most=3)
    yield first._replace(memory=memory, most_memory=10**9)
    yield Row("table: key in the list, anywhere, answered", events, times["keys"], most=0.05)
    yield Row("table: … until the rows are there", events, times["keys until exact"])
    yield Row("table: zoom or pan in lanes, answered", events, times["zooms"], most=0.05)
    yield Row("table: … until all titles are there", events, times["zooms until exact"])
    yield Row("table: filter that the cube holds, answered", events, times["held"], most=0.05)
    yield Row("table: … until the rows are there", events, times["held until exact"])
    yield Row("table: filter by a word, counted", events, times["word"])


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _times(path: Path) -> dict[str, list[float]]:
    chosen = choices(["actors=person"])
    address = TableAddress("duckdb", str(path))
    found: dict[str, list[float]] = {"group": [], "cube": []}
    engine = connected(address)
    described = describe(engine, address, chosen)
    time_column = described.roles.time
    with duckdb.connect(config={"memory_limit": "600MB"}) as connection:
        relation = f"SELECT CAST(occurred_at AS DATE), person, count(*) FROM '{path}' GROUP BY ALL"  # noqa: S608  ours
        # Once before, so that both find the file in the memory of the system; then in turn.
        connection.execute(relation).fetchall()
        for _ in range(3):
            found["group"].append(_timed(lambda: connection.execute(relation).fetchall()))
            found["cube"].append(
                _timed(lambda: make_cube(engine, (time_column, "day"), described, None, Parameters()))
            )
    engine.close()
    opened(address, chosen).close()
    began = time.perf_counter()
    view = TableView(opened(address, chosen))
    found["open"] = [time.perf_counter() - began]
    found |= _shown(view)
    screen = _Screen(view)
    held = view.with_query(parse_query('actor:"actor 7" kind:vote 2019', view.vocabulary).query)
    first, exact = screen.shown(partial(held.rows, 0, 40))
    found |= {"held": [first], "held until exact": [exact]} | _keys(view, screen)
    # In another thread, as a filter is counted: it waits for the engine.
    view.table.close()
    view = TableView(opened(address, chosen))
    word = view.with_query(parse_query("4711").query)
    found["word"] = [_timed(lambda: word.count)]
    return found


def _shown(view: TableView) -> dict[str, list[float]]:
    """The first picture, keys in it, and keys in the list."""
    began = time.perf_counter()
    lanes, shown = Lanes(view), LanesShown()
    key = view.key_at(view.count // 2)
    lanes_picture(lanes, shown, key, 120, 40)
    first = time.perf_counter() - began
    screen, zooms = _Screen(view), []
    for step in range(_KEYS):
        window = window_of(lanes, shown)
        whole = lanes.whole
        moved = window.zoomed(1, lanes.moment_of(key), whole) if step % 12 < 8 else window.panned(1, whole)
        shown = replace(shown, window=whole if step % 12 == 11 else moved)
        zooms.append(screen.shown(partial(lanes_picture, lanes, shown, key, 120, 40)))
    return {
        "lanes": [first],
        "zooms": [first for first, _ in zooms],
        "zooms until exact": [exact for _, exact in zooms],
    }


def _keys(view: TableView, screen: _Screen) -> dict[str, list[float]]:
    """Jumps in the list to rows that were not seen yet."""
    places = [view.count * place // _KEYS for place in range(_KEYS)]
    keys = [screen.shown(partial(view.rows, place, place + 40)) for place in places]
    return {"keys": [first for first, _ in keys], "keys until exact": [exact for _, exact in keys]}


class _Screen:
    """Asks an engine as the screen does: it waits for a moment, shows what it has, and the rest later."""

    def __init__(self, view: TableView) -> None:
        self._told = Event()
        view.table.answer_beside(self._told.set)
        self._asker = view.table.engine.asker

    def shown(self, draw: Callable[[], object]) -> tuple[float, float]:
        """Seconds until what is known is shown, and until it is shown with all that was asked for it."""
        # As after a while without keys: each has a moment of its own in which the screen waits.
        time.sleep(_PAUSE)
        began = time.perf_counter()
        draw()
        first = time.perf_counter() - began
        while self._asker is not None and self._asker.is_late():
            self._told.wait(_PAUSE)
            self._told.clear()
            draw()
        return first, time.perf_counter() - began


def main() -> None:
    """The command line."""
    first, second = sys.argv[1:3]
    if first == "--measure":
        print(json.dumps({"times": _times(Path(second)), "peak": peak_memory()}))
    else:
        write_rows(Path(second), int(first))


if __name__ == "__main__":
    main()
