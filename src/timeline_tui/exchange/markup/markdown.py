"""Markdown: tables, dated lists and dated headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline_tui.exchange.contract import CannotImport
from timeline_tui.exchange.csv_dialect import named_apart
from timeline_tui.exchange.decode import text_of, title_of
from timeline_tui.exchange.gathering import Gathering
from timeline_tui.exchange.markup.dated import Item, Table, best_of, events_of, plain
from timeline_tui.exchange.stream import as_guessed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline_tui.exchange.contract import Imported
    from timeline_tui.exchange.stream import Choose

_LARGEST = 48_000_000
_FRONT = re.compile(r"\A---[ \t]*\r?\n.*?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*")
_UNDERLINE = re.compile(r"(=|-|~|\^|\"|\*|\+)\1{2,}\s*")
"""What makes the line above it a heading, in Markdown and reStructuredText, or is a rule by itself."""
_DEPTHS = {"=": 1, "-": 2}
_ITEM = re.compile(r"(\s*)(?:[-*+\u2022]|[0-9]{1,3}[.)])\s+(?:\[[ xX]\]\s+)?(.*)")
_DELIMITER = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?\s*")
_FENCE = re.compile(r"\s*(```|~~~)(.*)")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)|\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")


def read(data: bytes, name: str) -> Imported:
    """The dated rows, items or headings of a file, whichever are more; or a diagram of Mermaid in it.

    Raises:
        CannotImport: Nothing in it is dated.
    """
    text, guesses = text_of(data, _LARGEST, may_be_windows=True)
    front = _FRONT.match(text)
    above = front[0].count("\n") if front else 0
    lines = re.split(r"\r\n?|\n", text[front.end() :] if front else text)
    if _has_diagram(lines):
        from timeline_tui.exchange import mermaid  # noqa: PLC0415  for diagrams alone

        return mermaid.read(data, name).imported()
    tables, items, title = _parts(lines, above)
    gathered = Gathering("markdown")
    gathered.guesses += guesses
    events_of(items, gathered)
    return best_of(tables, gathered, name, title or title_of(name), "markdown")


def read_any(data: bytes, name: str, choose: Choose = as_guessed) -> Imported:
    """A file with a date in its front matter as one event, any other by its tables, lists and headings.

    Raises:
        CannotImport: Nothing in it is dated.
    """
    if data.removeprefix(b"\xef\xbb\xbf").startswith(b"---"):
        from timeline_tui.exchange.unknown_shape.reader import read as read_front  # noqa: PLC0415  for YAML alone

        try:
            return read_front(data, name, choose)
        except CannotImport:
            return read(data, name)
    return read(data, name)


def _has_diagram(lines: Sequence[str]) -> bool:
    return any(
        (match := _FENCE.fullmatch(line)) is not None
        and match[2].strip().lower() == "mermaid"
        and next((each.strip().split()[:1] for each in lines[at + 1 :] if each.strip()), [""])[0:1]
        in (["timeline"], ["gantt"])
        for at, line in enumerate(lines)
    )


def _parts(lines: Sequence[str], above: int) -> tuple[list[Table], list[Item], str]:
    """The tables and the items of some lines, and the title of the text."""
    tables: list[Table] = []
    items: list[Item] = []
    title, fenced, at = "", False, 0
    while at < len(lines):
        line, number = lines[at], above + at + 1
        at += 1
        if _FENCE.fullmatch(line):
            fenced = not fenced
        elif fenced:
            continue
        elif "|" in line and at < len(lines) and "-" in lines[at] and _DELIMITER.fullmatch(lines[at]):
            table, at = _table(lines, at, above)
            tables.append(table)
        elif (heading := _heading(line, lines[at] if at < len(lines) else "")) is not None:
            level, text = heading
            if level == 1 and not title:
                title = plain(_linked(text))
            items.append(Item(number, _linked(text), level))
        elif _UNDERLINE.fullmatch(line):
            continue
        elif (match := _ITEM.fullmatch(line)) is not None:
            items.append(Item(number, _linked(match[2])))
        elif line.strip():
            _go_on(items, number, line)
    return tables, items, title


def _heading(line: str, below: str) -> tuple[int, str] | None:
    """The depth and the text of a heading: with marks before it, or with a line of signs below it."""
    if (match := _HEADING.fullmatch(line)) is not None:
        return len(match[1]), match[2]
    under = _UNDERLINE.fullmatch(below)
    if under is None or not line.strip() or _ITEM.fullmatch(line) or _UNDERLINE.fullmatch(line):
        return None
    return _DEPTHS.get(under[1], 3), line.strip()


def _go_on(items: list[Item], number: int, line: str) -> None:
    """A line of text: it belongs to the item or heading above it, or is an item of its own."""
    if items:
        last = items[-1]
        items[-1] = last._replace(body=f"{last.body}\n{line.strip()}".strip("\n"))
    else:
        items.append(Item(number, _linked(line.strip())))


def _table(lines: Sequence[str], at: int, above: int) -> tuple[Table, int]:
    """The table whose delimiter row is a line, and the place behind it."""
    names = named_apart([plain(_linked(cell)) for cell in _cells(lines[at - 1])])
    rows = []
    at += 1
    while at < len(lines) and "|" in lines[at]:
        rows.append((above + at + 1, [plain_cell(cell) for cell in _cells(lines[at])]))
        at += 1
    return Table(names, rows), at


def plain_cell(cell: str) -> str:
    """A cell as text: addresses of its links stay, marks of emphasis do not."""
    return plain(re.sub(r"<br\s*/?>", " ", cell)).replace("\\|", "|")


def _cells(line: str) -> list[str]:
    line = line.strip().removeprefix("|")
    line = line[:-1] if line.endswith("|") and not line.endswith("\\|") else line
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)]


def _linked(text: str) -> str:
    return _LINK.sub(lambda match: match[1] or match[2] or "", text)
