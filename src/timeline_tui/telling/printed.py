"""All steps of a story with their notes as plain text, for where there is no screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.drawing.lines import count_of
from timeline_tui.pages.page import line_width
from timeline_tui.telling.screen import step_lines
from timeline_tui.text.cells import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.telling.path import Path


def printed_steps(path: Path, width: int | None = None) -> Iterator[str]:
    """The title, then step after step; without line ends.

    Args:
        path: The steps.
        width: Of a line in cells; None for the width of the terminal.
    """
    width = line_width(width)
    yield from wrapped(path.title, width)
    yield from wrapped(path.description, width)
    yield count_of(path.count, "step")
    for number in range(1, path.count + 1):
        yield from ("", f"── {number} of {path.count} ──", "")
        yield from (each.text.rstrip() for each in step_lines(path, number, width))
        if notes := path.step(number).notes:
            yield from ("", *wrapped(f"Notes: {notes}", width))
