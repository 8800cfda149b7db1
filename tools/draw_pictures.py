"""Draws the pictures of `docs/pictures.md` from the bundled timeline: `python -m tools.draw_pictures`."""

from __future__ import annotations

from pathlib import Path

from timeline_tui.cli.main import main

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
STORY = FOLDER.parents[1] / "data" / "timeline.yaml"
DRAWINGS = {
    "lanes": ("--picture", "lanes", "--size", "110x30"),
    "clocks": ("--picture", "clocks", "--size", "110x34"),
    "map": ("--picture", "map", "--size", "110x30"),
    "moves": ("--picture", "map", "--size", "110x24", "--filter", "actor:choe-son-hui"),
    "who": ("--picture", "who", "--by", "against", "--size", "80x30"),
    "calendar": ("--picture", "calendar", "--size", "110x18"),
}
"""The options of `export` by the name of the file."""


def draw() -> None:
    """Draw them all anew."""
    FOLDER.mkdir(exist_ok=True)
    for name, options in DRAWINGS.items():
        main(["export", str(STORY), *options, "--force", "-o", str(FOLDER / f"{name}.svg")])


if __name__ == "__main__":
    draw()
