"""`make bench`: prints a table, writes `bench/results.json`, asserts nothing."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import tempfile
import time
from functools import partial
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bench import (
    clocks,
    extremes,
    frames,
    kept,
    key_frames,
    loading,
    maps,
    opening,
    pictures,
    searching,
    streams,
    table,
    tools,
    views,
)
from bench.probe import ProbeError
from bench.timelines import bundled, generated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from bench.timelines import Timeline

_RESULTS = Path(__file__).parent / "results.json"
_SHORTEST = ("0", "bundled")
_SIZES, _QUICK_SIZES = "bundled,100000,1000000", "bundled,10000"


class _Plan(NamedTuple):
    runs: int
    folder: Path
    tools: list[tools.Tool]
    loader: bool


def main() -> None:
    """The command line."""
    options = _parser().parse_args()
    sizes = options.sizes or (_QUICK_SIZES if options.quick else _SIZES)
    load, began = os.getloadavg(), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        runs = options.runs or (3 if options.quick else 5)
        found = tools.found(options.visidata, options.lnav)
        plan = _Plan(runs, Path(folder), found, options.loader)
        print(f"{plan.runs} runs: median (least-most); load before {load[0]:.2f}\n\n{table.headings()}")
        if options.streams:
            rows = list(_printed(partial(streams.rows, options.streams, plan.runs, plan.folder)))
        elif options.tables:
            rows = list(_printed(partial(_tables, options.tables, plan.folder)))
        else:
            rows = list(chain.from_iterable(_measured(size.strip(), plan) for size in sizes.split(",")))
    minutes = (time.monotonic() - began) / 60
    results = {
        "machine": _machine() | {tool.name: tools.version(tool) for tool in plan.tools},
        "load": {"before": load, "after": os.getloadavg()},
        "runs": plan.runs,
        "minutes": minutes,
        "rows": [row.as_json() for row in rows],
    }
    _RESULTS.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{minutes:.0f} minutes; load after {os.getloadavg()[0]:.2f}; every run is in {_RESULTS}")
    if options.markdown:
        print("\n".join(table.markdown(results)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--sizes", help="events, with commas; `bundled` or 0: the timeline that is bundled")
    parser.add_argument("--runs", type=int, help="how often each is measured; what takes minutes, less often")
    parser.add_argument("--quick", action="store_true", help="the bundled one and 10,000 events, 3 runs")
    parser.add_argument("--visidata", metavar="PATH", help="VisiData, if it is not `vd` on the PATH")
    parser.add_argument("--lnav", metavar="PATH", help="lnav, if it is not on the PATH")
    parser.add_argument(
        "--no-loader", dest="loader", action="store_false", help="spare PyYAML's loader the longest file"
    )
    parser.add_argument(
        "--tables",
        type=int,
        nargs="?",
        const=100_000_000,
        metavar="ROWS",
        help="only a table of Parquet on DuckDB; 100,000,000 rows (700 MB) if no number is given",
    )
    parser.add_argument(
        "--streams",
        type=int,
        nargs="?",
        const=100_000,
        metavar="ROWS",
        help="only tables of others, in CSV and JSON Lines; 100,000 rows if no number is given",
    )
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown, too")
    return parser


def _measured(size: str, plan: _Plan) -> Iterator[table.Row]:
    """The rows of one timeline, each printed as soon as it is there."""
    timeline = bundled() if size in _SHORTEST else generated(int(size), plan.folder)
    home = plan.folder / f"home-{timeline.events}"
    home.mkdir(exist_ok=True)
    for measure in _measures(timeline, home, plan, size):
        yield from _printed(measure)
    print()


def _tables(count: int, folder: Path) -> Iterator[table.Row]:
    # What it needs is an extra.
    from bench import tables  # noqa: PLC0415

    yield from tables.rows(count, folder)


def _printed(measure: Callable[[], Iterable[table.Row]]) -> Iterator[table.Row]:
    """The rows of a measure, each printed as soon as it is there."""
    try:
        for row in measure():
            print(table.line(row), flush=True)
            yield row
    except ProbeError as error:
        print(f"not measured: {error}", flush=True)
    except subprocess.CalledProcessError as error:
        print(f"not measured: {error}\n{error.stderr.decode()}", flush=True)


def _measures(
    timeline: Timeline, home: Path, plan: _Plan, size: str
) -> Iterator[Callable[[], Iterable[table.Row]]]:
    """In an order in which each finds what it needs: the first of them leaves an index behind."""
    runs = plan.runs
    yield lambda: opening.rows(timeline, runs, home, loader=plan.loader)
    database = kept.database(timeline.path, home)
    yield lambda: loading.rows(timeline, runs, home)
    yield lambda: frames.start_rows(timeline, runs, home)
    yield lambda: key_frames.key_rows(timeline, runs, home)
    yield lambda: searching.rows(timeline, runs, home, database)
    yield lambda: views.rows(timeline, runs, home, database)
    yield lambda: pictures.rows(timeline, home, database)
    yield lambda: tools.rows(timeline, runs, home, database, plan.tools)
    if size in _SHORTEST:
        yield lambda: extremes.rows(home)
    else:
        yield lambda: clocks.rows(timeline.events, plan.folder)
        yield lambda: maps.rows(timeline.events, plan.folder)
        yield lambda: streams.rows(timeline.events, runs, plan.folder)


def _machine() -> dict[str, object]:
    return {
        "processors": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "textual": version("textual"),
        "pyyaml": version("pyyaml"),
        "msgspec": version("msgspec"),
    }


if __name__ == "__main__":
    main()
