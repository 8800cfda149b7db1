"""From the bytes of a file to a complete, checked, searchable timeline: each time in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from bench.table import Row

if TYPE_CHECKING:
    from pathlib import Path

    from bench.timelines import Timeline

HALF = 0.5
_MANY = 20_000
"""From so many events on, once will do: it takes long, and less of it is chance."""


def rows(timeline: Timeline, runs: int, _home: Path) -> list[Row]:
    """The whole of it against a plain loader of the same bytes, and its stages."""
    path, label = str(timeline.path), timeline.label
    whole, loaded, staged = [], [], []
    for _ in range(runs if timeline.events < _MANY else 1):
        whole.append(_apart("bench.opened", "whole", path))
        loaded.append(_apart("bench.floors.loader", path))
        staged.append(_apart("bench.opened", "stages", path))
    return [
        Row(
            "first open, against CSafeLoader",
            label,
            [took["whole"] for took in whole],
            [took["loader"] for took in loaded],
            most_ratio=HALF,
            memory=max(int(took["peak"]) for took in whole),
            floor_memory=max(int(took["peak"]) for took in loaded),
        ),
        *(Row(f"  {stage}", label, [took[stage] for took in staged]) for stage in ("read", "check", "index")),
    ]


def _apart(*command: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-m", *command], check=True, capture_output=True)
    took: dict[str, float] = json.loads(done.stdout)
    return took
