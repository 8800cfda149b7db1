"""The timeline that comes with the program."""

from __future__ import annotations

from pathlib import Path


def bundled_timeline() -> Path:
    """Its path: packaged, or `data/timeline.yaml` of a checkout."""
    packaged = Path(__file__).parents[1] / "data" / "timeline.yaml"
    if packaged.exists():
        return packaged
    return Path(__file__).parents[3] / "data" / "timeline.yaml"
