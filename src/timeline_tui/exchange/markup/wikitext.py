"""Wikitext: dated lists, headings and tables of a wiki."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline_tui.exchange.csv_dialect import named_apart
from timeline_tui.exchange.decode import text_of, title_of
from timeline_tui.exchange.gathering import Gathering
from timeline_tui.exchange.markup.dated import Item, Table, best_of, events_of, plain

if TYPE_CHECKING:
    from timeline_tui.exchange.contract import Imported

_LARGEST = 48_000_000
_HEADING = re.compile(r"(={1,6})\s*(.*?)\s*\1\s*")
_ITEM = re.compile(r"[*#:;]+\s*(.*)")
_REFERENCE = re.compile(r"<ref[^>/]*/>|<ref[^>]*>.*?</ref>|<!--.*?-->", re.DOTALL)
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]|\[https?://\S+ ([^\]]*)\]")
_TEMPLATE = re.compile(r"\{\{(?:[^{}|]*\|)?([^{}|]*)(?:\|[^{}]*)?\}\}")
_ATTRIBUTES = re.compile(r"^\s*(?:[\w-]+=(?:\"[^\"]*\"|\S+)\s*)+\|(?!\|)")


def is_wikitext(start: str) -> bool:
    """Whether a text begins as one of a wiki."""
    marks = sum(
        bool(re.search(mark, start))
        for mark in (r"(?m)^==+[^=].*==+\s*$", r"\[\[[^\]]+\]\]", r"'''", r"(?m)^\{\|", r"\{\{")
    )
    return marks >= 2 and re.search(r"(?m)^[*#=|{]", start) is not None


def read(data: bytes, name: str) -> Imported:
    """The dated items, headings or rows of a page, whichever are more.

    Raises:
        CannotImport: Nothing in it is dated.
    """
    text, guesses = text_of(data, _LARGEST, may_be_windows=True)
    gathered = Gathering("wiki")
    gathered.guesses += guesses
    references = len(_REFERENCE.findall(text))
    text = _REFERENCE.sub(lambda match: "\n" * match[0].count("\n"), text)
    if references:
        gathered.lost["footnotes and comments"] = references
    tables: list[Table] = []
    items: list[Item] = []
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if line.startswith("{|"):
            end = next((n for n in range(at, len(lines)) if lines[n].startswith("|}")), len(lines))
            tables.append(_table(lines, at, end))
            at = end + 1
        elif (match := _HEADING.fullmatch(line)) is not None:
            items.append(Item(at, unlinked(match[2]), len(match[1])))
        elif (match := _ITEM.fullmatch(line)) is not None:
            items.append(Item(at, unlinked(match[1])))
        elif line.strip() and items:
            items[-1] = items[-1]._replace(body=f"{items[-1].body}\n{unlinked(line)}".strip("\n"))
    events_of(items, gathered)
    return best_of(tables, gathered, name, title_of(name), "wiki")


def unlinked(text: str) -> str:
    """Wikitext as plain text: the labels of links, the first words of templates."""
    text = _LINK.sub(lambda match: match[1] or match[2] or "", text)
    return plain(_TEMPLATE.sub(r"\1", text))


def _table(lines: list[str], start: int, end: int) -> Table:
    """The table between two lines."""
    names: list[str] = []
    rows: list[tuple[int, list[str]]] = []
    cells: list[str] = []
    line = start + 1
    for number in range(start, end):
        text = lines[number]
        if text.startswith("|-"):
            if cells:
                rows.append((line, cells))
            cells, line = [], number + 2
        elif text.startswith("!"):
            names += [_cell(cell) for cell in re.split(r"!!|\|\|", text[1:])]
        elif text.startswith("|") and not text.startswith("|+"):
            cells += [_cell(cell) for cell in text[1:].split("||")]
        elif cells and text.strip():
            cells[-1] = f"{cells[-1]} {unlinked(text)}".strip()
    if cells:
        rows.append((line, cells))
    if not names and rows:
        names = rows.pop(0)[1]
    return Table(named_apart(names), rows)


def _cell(text: str) -> str:
    return unlinked(_ATTRIBUTES.sub("", text))
