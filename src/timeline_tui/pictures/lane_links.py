"""The links of the selected event in a picture of lanes: lines between them, and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.answers.causes import relation_in_words
from timeline_tui.drawing.lines import Target
from timeline_tui.pictures.lane_groups import has
from timeline_tui.text.cells import cells
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from timeline_tui.drawing.cell_row import CellRow
    from timeline_tui.drawing.folded_axis import FoldedAxis
    from timeline_tui.pictures.lane_groups import Lanes

_MOST = 6
"""How many links of an event are drawn."""


def put_links(
    lanes: Lanes,
    axis: FoldedAxis,
    rows: Sequence[CellRow],
    lines_of: Mapping[int, int],
    selected: tuple[int, int],
) -> None:
    """Draw the links of an event into the rows of a picture, where nothing else stands.

    Each leads to the nearest lane in sight that has the other event, if that is not in the same lane.

    Args:
        lanes: The lanes.
        axis: The axis of the days in sight.
        rows: The rows of the picture.
        lines_of: The line of each lane in sight, by the number of the lane.
        selected: The number of the selected lane and the key of the selected event.
    """
    here, key = selected
    view, drawn = lanes.view, 0
    for link in view.links(key):
        near = sorted(
            (number for number in lines_of if number != here), key=lambda number: abs(number - here)
        )
        there = next((number for number in near if has(lanes.lanes[number].keys, link.key)), -1)
        day = lanes.moment_of(link.key)
        if there < 0 or has(lanes.lanes[here].keys, link.key) or not axis.first <= day <= axis.last:
            continue
        cell, target = axis.cell(day), Target(link.key, leads="link")
        lines = sorted((lines_of[here], lines_of[there]))
        for line in range(lines[0] + 1, lines[1]):
            rows[line].fill(cell, cell + 1, "│", "found", target)
        _put_word(
            rows[lines_of[there]], cell, one_line(relation_in_words(link.relation, link.outward)), target
        )
        drawn += 1
        if drawn == _MOST:
            return


def _put_word(row: CellRow, cell: int, word: str, target: Target) -> None:
    """Write the word of a link beside its event, where there is room."""
    length = cells(word)
    # One cell more on each side, so that it does not run into other signs.
    if row.free_from(cell + 1, 1) > length + 1:
        row.put(cell + 1, f"╴{word}", "found", target)
    elif row.free_from(cell - 1, -1) > length + 1:
        row.put(cell - 1 - length, f"{word}╶", "found", target)
