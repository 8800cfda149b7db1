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
    yield Row("table: key in the list, anywhere", events, times["keys"], most=0.05)
    yield Row("table: zoom or pan in lanes", events, times["zooms"], most=0.05)
    yield Row("table: filter that the cube holds, first rows", events, times["held"], most=0.05)
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
    held = view.with_query(parse_query('actor:"actor 7" kind:vote 2019', view.vocabulary).query)
    found["held"] = [_timed(lambda: held.rows(0, 40))]
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
    zooms = []
    for step in range(_KEYS):
        began = time.perf_counter()
        window = window_of(lanes, shown)
        whole = lanes.whole
        moved = window.zoomed(1, lanes.moment_of(key), whole) if step % 12 < 8 else window.panned(1, whole)
        shown = replace(shown, window=whole if step % 12 == 11 else moved)
        lanes_picture(lanes, shown, key, 120, 40)
        zooms.append(time.perf_counter() - began)
    places = [view.count * place // _KEYS for place in range(_KEYS)]
    keys = [_timed(partial(view.rows, place, place + 40)) for place in places]
    return {"lanes": [first], "zooms": zooms, "keys": keys}


def main() -> None:
    """The command line."""
    first, second = sys.argv[1:3]
    if first == "--measure":
        print(json.dumps({"times": _times(Path(second)), "peak": peak_memory()}))
    else:
        write_rows(Path(second), int(first))


if __name__ == "__main__":
    main()
