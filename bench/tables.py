"""`python -m bench --tables`: a table of Parquet on DuckDB, its cube, its first picture, its keys.

`python -m bench.tables N FILE` writes such a table alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.memory import peak_memory

if TYPE_CHECKING:
    from collections.abc import Callable

_ROWS = """
SELECT i AS id,
    TIMESTAMP '2015-01-01' + to_microseconds(CAST(i * {step} AS BIGINT)) AS occurred_at,
    'actor ' || CAST(hash(i) % 40 AS VARCHAR) AS person,
    ['attack', 'login', 'vote', 'speech', 'meeting', 'protest', 'strike', 'other'][1 + CAST(hash(i * 7) % 8 AS INT)]
        AS kind,
    'Reported near place ' || CAST(hash(i * 13) % 5000 AS VARCHAR) AS title
FROM range({count}) t(i)
"""
_SPAN = 10 * 365 * 86_400 * 1_000_000
_PEOPLE, _KINDS = 40, 8
_KEYS = 60


def write_rows(path: Path, count: int) -> None:
    """A Parquet file of so many rows over ten years, the same ones every time."""
    import duckdb

    with duckdb.connect(config={"memory_limit": "1GB"}) as connection:
        rows = _ROWS.format(count=count, step=_SPAN / count)
        connection.execute(f"COPY ({rows}) TO '{path}' (FORMAT PARQUET, COMPRESSION ZSTD)")


def measured(path: Path) -> dict[str, Any]:
    """Each part once, in a process of its own: seconds and bytes."""
    result = subprocess.run(
        [sys.executable, "-m", "bench.tables", "--measure", str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def rows(path: Path) -> list[str]:
    """The lines that are printed: what, how long, beside what, and the bound."""
    found = measured(path)
    cube, group = found["cube"], found["group"]
    told = [
        (
            "cube, made once",
            f"{cube:.2f} s",
            f"{cube / group:.2f} × one GROUP BY day, actor ({group:.2f} s)",
            "1.5 ×",
        ),
        ("opening with the cube kept", f"{found['open']:.2f} s", "", ""),
        ("first picture (lanes by actor)", f"{found['lanes']:.2f} s", "", "3 s"),
        (
            "key in the list, median and longest",
            _in_ms(found["keys"]),
            f"{_KEYS} places all over the table",
            "50 ms",
        ),
        (
            "key in lanes, median and longest",
            _in_ms(found["zooms"]),
            "zoom, pan, and the picture drawn",
            "50 ms",
        ),
        ("filter held by the cube, first rows", f"{found['held'] * 1000:.0f} ms", "", "50 ms"),
        (
            "filter by a word, counted exactly",
            f"{found['word']:.2f} s",
            "the engine reads the whole column",
            "",
        ),
        ("peak memory of our process", f"{found['memory'] / 1e6:.0f} MB", "DuckDB included", "1 GB"),
    ]
    size = path.stat().st_size / 1e6
    head = f"{found['rows']:,} rows of Parquet ({size:,.0f} MB)"
    return [
        head,
        *(
            f"  {what:38} {took:>16}  {beside}{f'; bound {bound}' if bound else ''}"
            for what, took, beside, bound in told
        ),
    ]


def _in_ms(times: list[float]) -> str:
    ordered = sorted(times)
    return f"{ordered[len(ordered) // 2] * 1000:.0f} / {ordered[-1] * 1000:.0f} ms"


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _measure(path: Path) -> dict[str, Any]:
    import duckdb
    from timeline_tui.mapping.columns import choices
    from timeline_tui.pictures.lane_groups import Lanes
    from timeline_tui.pictures.lanes import lanes_picture
    from timeline_tui.pictures.lanes_shown import LanesShown, panned, zoomed
    from timeline_tui.query import parse_query
    from timeline_tui.tables.address import TableAddress
    from timeline_tui.tables.table import connected, describe, make_cube, opened
    from timeline_tui.tables.statements import Parameters
    from timeline_tui.tables.view import TableView

    found: dict[str, Any] = {}
    chosen = choices(["actors=person"])
    address = TableAddress("duckdb", str(path))
    statement = f"SELECT CAST(occurred_at AS DATE), person, count(*) FROM '{path}' GROUP BY ALL"
    engine = connected(address)
    described = describe(engine, address, chosen)
    # Once before, so that both find the file in the memory of the system.
    with duckdb.connect(config={"memory_limit": "600MB"}) as connection:
        connection.execute(statement).fetchall()
        found["group"] = min(_timed(lambda: connection.execute(statement).fetchall()) for _ in range(3))
    found["cube"] = min(
        _timed(lambda: make_cube(engine, described.roles.time, described, None, Parameters()))
        for _ in range(3)
    )
    engine.close()
    opened(address, chosen).close()
    began = time.perf_counter()
    view = TableView(opened(address, chosen))
    found["open"] = time.perf_counter() - began
    found["rows"] = view.count
    began = time.perf_counter()
    lanes = Lanes(view)
    key = view.key_at(view.count // 2)
    shown = LanesShown()
    lanes_picture(lanes, shown, key, 120, 40)
    found["lanes"] = time.perf_counter() - began
    found["zooms"] = []
    for step in range(_KEYS):
        began = time.perf_counter()
        shown = zoomed(lanes, shown, 1, lanes.day_of(key)) if step % 12 < 8 else panned(lanes, shown, 1)
        lanes_picture(lanes, shown, key, 120, 40)
        found["zooms"].append(time.perf_counter() - began)
    places = [view.count * place // _KEYS for place in range(_KEYS)]
    found["keys"] = [_timed(lambda place=place: view.rows(place, place + 40)) for place in places]  # type: ignore[misc]
    held = view.with_query(parse_query('actor:"actor 7" kind:vote 2019', view.vocabulary).query)
    found["held"] = _timed(lambda: held.rows(0, 40))
    word = view.with_query(parse_query("4711").query)
    found["word"] = _timed(lambda: word.count)
    found["memory"] = peak_memory()
    return found


def main() -> None:
    """The command line."""
    first, second = sys.argv[1:3]
    if first == "--measure":
        print(json.dumps(_measure(Path(second))))
    else:
        write_rows(Path(second), int(first))


if __name__ == "__main__":
    main()
