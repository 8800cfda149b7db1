"""How the row of an event is divided: cursor, date, sign, title, status word, counts, mark.

    cursor 1 | date | 1 | sign 1 | 1 | title … | word | counts | mark 1

A title may use what the counts of its own row leave free. Text comes in visible and on one line.
"""

from __future__ import annotations

from typing import NamedTuple

from timeline_tui.text.cells import cells, clipped, wrapped

ROOMY = 78
"""Cells of a row from which dates and counts are written in full, in columns."""
NARROW_DATE, FULL_DATE = 7, 9
"""Cells of a date in a row that is narrower, and in one that is not."""
_FIXED = 5
"""Cells of the cursor, of the sign, of the mark, and of two gaps; a wide row has a third before the mark."""
_COUNTS, _NARROW_COUNTS = 7, 4
"""Cells of the counts; in a narrow row, the most that they take from a title that is cut."""
_LEAST_TITLE = 16
"""Cells of a title that is not shortened for the sake of the counts."""
_MOST_COUNTED = 99


class RowTexts(NamedTuple):
    """What is to be shown of an event beside its date and its sign."""

    title: str
    counts: tuple[str, ...] = ()
    """As `counts_in_cells()` writes them; the first with which the title is whole is shown."""
    word: str = ""
    """The status in a word, shown where there is room."""
    remark: str = ""
    """Shown where there is room."""


class RowCells(NamedTuple):
    """What each line of a row shows beside its date and its sign."""

    titles: tuple[str, ...]
    """The title, one piece a line; cut only if it takes more lines than there may be."""
    remark: str
    """Stands after the last piece of the title; empty where there is no room."""
    word: str
    """The status in a word, on the last line; empty where there is no room."""
    counts: str
    """On the first line."""

    @property
    def is_cut(self) -> bool:
        """Whether the title is not whole."""
        return self.titles[-1].endswith("…")


def date_cells(width: int) -> int:
    """Cells of the date in a row of `width` cells."""
    return FULL_DATE if width >= ROOMY else NARROW_DATE


def title_room(width: int, date: int, counts: str = "") -> int:
    """Cells for the title in a row of `width` cells.

    Args:
        width: Of the row.
        date: Cells of the date.
        counts: As `counts_in_cells()` writes them.
    """
    return max(0, text_room(width, date) - (len(counts) + 1 if counts else 0))


def text_room(width: int, date: int) -> int:
    """Cells for title and counts together."""
    return width - date - _FIXED - (width >= ROOMY)


def counts_in_cells(quotes: int, claims: int, width: int) -> tuple[str, ...]:
    """The number of quotes and of claims, the longest way of writing it first.

    `3q  4c` in columns, in a narrow row `3q4c`. Where the numbers would cut the title, `qc`; in a narrow row,
    nothing at last. Empty if there are neither.
    """
    if not quotes and not claims:
        return ()
    letters = f"{'q' if quotes else ''}{'c' if claims else ''}"
    if width >= ROOMY:
        return f"{_counted(quotes, 'q'):>3}{_counted(claims, 'c'):>4}".lstrip(), letters
    return _counted(quotes, "q") + _counted(claims, "c"), letters, ""


def _counted(number: int, letter: str) -> str:
    if number > _MOST_COUNTED:
        return f"{_MOST_COUNTED}+"
    return f"{number}{letter}" if number else ""


def row_cells(width: int, date: int, texts: RowTexts, most: int = 1) -> RowCells:
    """Divide a row.

    Args:
        width: Of the row, in cells.
        date: Cells of the date.
        texts: What is to be shown.
        most: Lines that the title may take.
    """
    title, counts, word, remark = texts
    length = cells(title)
    most_counts = _COUNTS if width >= ROOMY else _NARROW_COUNTS
    ways = [way for way in counts if length <= title_room(width, date, way)]
    shown = next((way for way in (*ways, *counts) if ways or len(way) <= most_counts), "")
    room = title_room(width, date, shown)
    if room < _LEAST_TITLE:
        room, shown = title_room(width, date), ""
    titles = _pieces(title, room, most)
    left = room - cells(titles[-1])
    word = word if word and left > cells(word) else ""
    left -= cells(word) + 1 if word else 0
    remark = remark if cells(remark) + 2 <= left else ""
    if word and width >= ROOMY:
        # So that the numbers stay in their columns.
        left -= cells(remark) + 2 if remark else 0
        shown = shown.rjust(min(_COUNTS, len(shown) + max(0, left - (0 if shown else 1))))
    return RowCells(titles, remark, word, shown)


def _pieces(title: str, room: int, most: int) -> tuple[str, ...]:
    if most == 1 or cells(title) <= room:
        return (clipped(title, room),)
    lines = wrapped(title, max(room, 1))
    if len(lines) > most:
        return (*lines[: most - 1], clipped(" ".join(lines[most - 1 :]), room))
    return tuple(lines)
