"""The timelines that come with the program."""

from __future__ import annotations

from pathlib import Path


def bundled_timeline() -> Path:
    """The path of the one that is opened without a file."""
    return _data() / "timeline.yaml"


def example_timeline(name: str) -> Path:
    """The path of another one, by its name."""
    return _data() / "examples" / f"{name}.yaml"


def _data() -> Path:
    """The folder of data: packaged, or `data` of a checkout."""
    packaged = Path(__file__).parents[1] / "data"
    return packaged if (packaged / "timeline.yaml").exists() else Path(__file__).parents[3] / "data"
