"""Cell widths that Rich, Textual and the terminal agree on, and lines that stay aligned where they do not.

Terminals differ on the width of spacing marks, joined emoji, flags and composed letters
(https://www.jeffquast.com/post/ucs-detect-test-results/). So Rich is made to count as most of them
do, and after a word with such letters the cursor is moved to the column of the next word.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import rich.cells
from rich._unicode_data import load
from rich.cells import CellTable, cell_len

_DOUBTFUL = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1-\u05c7\u0600-\u0605\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06ed\u070f-\u074a\u07a6-\u07b0\u07eb-\u07f3\u0816-\u082d\u0859-\u085b\u0890-\u089f\u08ca-\u0dff"
    "\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ece\u0f18-\u0fc6\u102b-\u109d\u1160-\u11ff\u135d-\u135f"
    "\u1712-\u17d3\u17dd\u180b-\u180f\u18a9\u1920-\u193b\u1a17-\u1aff\u1b00-\u1cff\u1dc0-\u1dff\u200c-\u200d"
    "\u20d0-\u20ff\u2630-\u2637\u268a-\u268f\u2cef-\u2cf1\u2de0-\u2dff\u302a-\u302f\u3099-\u309a\u3164"
    "\u4dc0-\u4dff\ua66f-\ua67d\ua69e-\ua69f\ua6f0-\ua6f1\ua802-\uaaff\uabe3-\uabed\ud7b0-\ud7ff\ufb1e"
    "\ufe00-\ufe0f\ufe20-\ufe2f\uffa0\U00010a00-\U00011fff\U00016af0-\U00016fff\U0001d165-\U0001d1ff"
    "\U0001d300-\U0001d37f\U0001e000-\U0001e95f\U0001f000-\U0001faff\U000e0100-\U000e01ef"
)
"""A regex character class: marks, joiners, scripts with composed letters, emoji and flags."""
_ANY = re.compile(f"[{_DOUBTFUL}]")
# Characters right before a doubtful one belong to its word; Chinese characters and box lines do not.
_RUN = f"(?:[^\x00- ](?=[{_DOUBTFUL}])|[\u0300-\u1fff\ua000-\uabff{_DOUBTFUL}])+"
_PARTS = (
    r"\x1b\[(?P<row>[0-9]+);(?P<column>[0-9]+)H"
    r"|(?P<control>\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[^\[\]])|[\x00-\x1f])"
    rf"|(?P<run>{_RUN})"
    rf"|(?P<rest>[ -\u02ff\u2010-\u25ff\u4e00-\u9fff\uac00-\ud7a3]+(?![{_DOUBTFUL}])|[^\x00-\x1f])"
)


def count_as_terminals_do() -> None:
    """Make Rich, and with it Textual, count a spacing mark as one cell, as `text.cells.cells()` does.

    Rich counts no cell and most terminals count one, so the next word would cover the end of this one.
    """
    vars(rich.cells)["load_cell_table"] = _table
    rich.cells.get_character_cell_size.cache_clear()
    rich.cells.cached_cell_len.cache_clear()


def with_columns(data: str) -> str:
    """Terminal output with explicit columns, so that lines stay aligned whatever widths the terminal counts.

    The cells of a word with doubtful letters are cleared before it, and the cursor is moved after it.

    Args:
        data: Text and escape sequences as Textual writes them: each part of a line begins with a position.
    """
    if data.isascii() or not _ANY.search(data):
        return data
    written: list[str] = []
    column: int | None = None
    for part in _parts().finditer(data):
        text = part[0]
        if part["column"]:
            column = int(part["column"])
        elif part["control"]:
            # Styles and links do not move the cursor; other sequences may.
            column = column if text.endswith("m") or text.startswith("\x1b]") else None
        elif column is not None:
            width = cell_len(text)
            if part["run"] and _ANY.search(text):
                text = f"{' ' * width}\x1b[{column}G{text}\x1b[{column + width}G"
            column += width
        written.append(text)
    return "".join(written)


def parts(text: str) -> list[str]:
    """A text of one line in parts, so that each word with doubtful letters is a part of its own."""
    if text.isascii() or not _ANY.search(text):
        return [text]
    return [part[0] for part in _parts().finditer(text)]


@cache
def _parts() -> re.Pattern[str]:
    # Compiling it takes 3 ms, which a first frame without such letters can do without.
    return re.compile(_PARTS)


@cache
def _table(unicode_version: str = "auto") -> CellTable:
    """Rich's own table without its entries for spacing marks."""
    theirs = load(unicode_version)
    widths: list[tuple[int, int, int]] = []
    for start, end, width in theirs.widths:
        if width:
            widths.append((start, end, width))
            continue
        first = start
        for point in range(start, end + 1):
            if unicodedata.category(chr(point)) == "Mc":
                if first < point:
                    widths.append((first, point - 1, 0))
                first = point + 1
        if first <= end:
            widths.append((first, end, 0))
    return theirs._replace(widths=widths)
