"""`make bench`: prints a table, writes `bench/results.json`, asserts nothing."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import tempfile
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from bench import frames, opening, table
from bench.probe import ProbeError
from bench.timelines import bundled, generated

if TYPE_CHECKING:
    from collections.abc import Iterator

_RESULTS = Path(__file__).parent / "results.json"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--sizes", help="events, with commas; `bundled` or 0: the timeline that is bundled")
    parser.add_argument("--runs", type=int, help="how often each is measured")
    parser.add_argument("--quick", action="store_true", help="the bundled one and 10,000 events, 3 runs")
    options = parser.parse_args()
    sizes = options.sizes or ("0,10000" if options.quick else "0,10000,100000")
    runs = options.runs or (3 if options.quick else 7)
    load = os.getloadavg()
    print(f"{runs} runs: median (least-most); load before {load[0]:.2f}\n\n{table.headings()}")
    with tempfile.TemporaryDirectory() as folder:
        rows = list(
            chain.from_iterable(_measured(size.strip(), runs, Path(folder)) for size in sizes.split(","))
        )
    results = {
        "machine": _machine(),
        "load": {"before": load, "after": os.getloadavg()},
        "rows": [row.as_json() for row in rows],
    }
    _RESULTS.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"load after {os.getloadavg()[0]:.2f}; every run is in {_RESULTS}")


def _measured(size: str, runs: int, folder: Path) -> Iterator[table.Row]:
    """The rows of one timeline, each printed as soon as it is there."""
    timeline = bundled() if size in ("0", "bundled") else generated(int(size), folder)
    for measure in (frames.start_rows, frames.key_rows, frames.search_rows, opening.rows):
        try:
            for row in measure(timeline, runs, folder):
                print(table.line(row), flush=True)
                yield row
        except ProbeError as error:
            print(f"not measured: {error}")
        except subprocess.CalledProcessError as error:
            print(f"not measured: {error}\n{error.stderr.decode()}")
    print()


def _machine() -> dict[str, object]:
    return {
        "processors": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "textual": version("textual"),
        "pyyaml": version("pyyaml"),
        "msgspec": version("msgspec"),
    }


if __name__ == "__main__":
    main()
