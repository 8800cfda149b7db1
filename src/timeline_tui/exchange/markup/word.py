"""Word documents (.docx): their tables, and the paragraphs that begin with a date.

https://ecma-international.org/publications-and-standards/standards/ecma-376/. The reader is our own: of a
document no more is needed than its paragraphs and tables, which are a few elements of XML in a zip.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from timeline_tui.dates.lenient import edtf_of
from timeline_tui.exchange.contract import CannotImport
from timeline_tui.exchange.csv_dialect import named_apart
from timeline_tui.exchange.decode import title_of
from timeline_tui.exchange.gathering import Gathering
from timeline_tui.exchange.markup.dated import Item, Table, best_of, dated, events_of, plain
from timeline_tui.exchange.xml.document import Document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from timeline_tui.exchange.contract import Imported

_LARGEST = 256_000_000
"""The most bytes of XML that are unpacked."""
_MOST_COLUMNS = 2_000
_TEXT = re.compile(r"word/document[0-9]*\.xml")
_STYLES = "word/styles.xml"
_WHAT = "a Word document"
_BROKEN = (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError)
"""What the standard library raises for zips that are broken or have a password."""
_SKIPPED = frozenset(["moveFrom", "Fallback", "pPr", "rPr", "instrText", "delText"])
"""What is no longer in the text, is in it twice, or says how it looks."""
_BREAKS = frozenset(["br", "cr", "p"])
_LEVEL = re.compile(r"heading ([1-9])", re.IGNORECASE)
_BESIDE = {"footnoteReference": "footnotes", "commentReference": "comments", "drawing": "pictures"}


def is_word(data: bytes) -> bool:
    """Whether a zip is a Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return any(map(_TEXT.fullmatch, packed.namelist()))
    except _BROKEN:
        return b"word/document" in data


def read(data: bytes, name: str) -> Imported:
    """The rows of its tables, or the paragraphs and headings, whichever have more dates.

    Raises:
        CannotImport: It is broken or a dangerous one, or nothing in it is dated.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = packed.namelist()
            text = _unpacked(packed, next(filter(_TEXT.fullmatch, names), "word/document.xml"))
            styles = _unpacked(packed, _STYLES) if _STYLES in names else b""
    except CannotImport:
        raise
    except (*_BROKEN, KeyError) as error:
        told = " ".join(str(error).split())[:120]
        raise CannotImport(f"this Word document is broken or has a password ({told})") from None
    reader = _Reader(_levels(styles))
    for _, element in Document(text, _WHAT).elements(("p", "tbl")):
        reader.take(element)
    gathered = Gathering("word")
    events_of(reader.items, gathered)
    gathered.lost.update({what: count for what, count in reader.beside.items() if count})
    return best_of(reader.tables, gathered, name, reader.title or title_of(name), "word")


def _unpacked(packed: zipfile.ZipFile, part: str) -> bytes:
    """A part of a zip, however large it claims to be."""
    with packed.open(part) as stream:
        found = stream.read(_LARGEST + 1)
    if len(found) > _LARGEST:
        raise CannotImport(
            f"this Word document unpacks to more than {_LARGEST // 1_000_000} MB of text, which is too much"
        )
    return found


def _levels(styles: bytes) -> dict[str, int]:
    """The depth of each style of headings: 0 for that of the title. Their ids are in any language."""
    found: dict[str, int] = {}
    if not styles:
        return found
    for _, element in Document(styles, _WHAT).elements(("style",)):
        if element.tag == "style":
            called = _value(element, "name")
            if (match := _LEVEL.fullmatch(called)) is not None:
                found[_attribute(element, "styleId")] = int(match[1])
            elif called.lower() == "title":
                found[_attribute(element, "styleId")] = 0
    return found


class _Reader:
    """Gathers tables and items, paragraph by paragraph.

    Args:
        levels: As of `_levels()`.
    """

    def __init__(self, levels: dict[str, int]) -> None:
        self.title = ""
        self.tables: list[Table] = []
        self.items: list[Item] = []
        self.beside = dict.fromkeys(_BESIDE.values(), 0)
        """What is left out, and how often."""
        self._levels = levels
        self._number = 0
        """Of the paragraph or row, from 1: a Word document has no lines."""

    def take(self, element: Element) -> None:
        """Take a paragraph or a table with all that is in it."""
        for each in element.iter():
            if each.tag in _BESIDE:
                self.beside[_BESIDE[each.tag]] += 1
        if element.tag == "tbl":
            self._table(element)
        elif element.tag == "p":
            self._paragraph(element)

    def _paragraph(self, element: Element) -> None:
        self._number += 1
        text = _text(element)
        if not text:
            return
        style = _value(element, "pPr/pStyle")
        level = self._levels.get(style)
        if level is not None and level <= 1:
            self.title = self.title or plain(text)
        if level:
            self.items.append(Item(self._number, text, level))
        elif self.items and element.find("pPr/numPr") is None and dated(plain(text)) is None:
            last = self.items[-1]
            self.items[-1] = last._replace(body=f"{last.body}\n{text}".strip("\n"))
        elif level is None:
            self.items.append(Item(self._number, text))

    def _table(self, element: Element) -> None:
        rows: list[tuple[int, list[str]]] = []
        for row in element.iterfind("tr"):
            self._number += 1
            cells = _cells(row, rows[-1][1] if rows else [])
            if any(cells):
                rows.append((self._number, cells))
        if not rows:
            return
        width = max(len(cells) for _, cells in rows)
        if any(edtf_of(cell) for cell in rows[0][1]):
            self.tables.append(Table(named_apart([""] * width), rows))
        elif len(rows) > 1:
            header = rows[0][1] + [""] * (width - len(rows[0][1]))
            self.tables.append(Table(named_apart(header), rows[1:]))


def _cells(row: Element, above: list[str]) -> list[str]:
    """The cells of a row: one that goes on from the row above has its text."""
    found: list[str] = []
    for cell in row.iterfind("tc"):
        goes_on = cell.find("tcPr/vMerge")
        if goes_on is not None and _attribute(goes_on, "val") != "restart":
            text = above[len(found)] if len(found) < len(above) else ""
        else:
            text = "\n".join(filter(None, map(_text, cell.iterfind("p"))))
        span = _value(cell, "tcPr/gridSpan")
        wide = min(int(span), _MOST_COLUMNS) if span.isdecimal() else 1
        found += [text, *[""] * (wide - 1)]
        if len(found) > _MOST_COLUMNS:
            raise CannotImport(f"a table of this Word document has more than {_MOST_COLUMNS:,} columns")
    return found


def _text(paragraph: Element) -> str:
    """The text of a paragraph as it is read: without what was deleted."""
    lines = "".join(_pieces(paragraph)).split("\n")
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def _pieces(element: Element) -> Iterator[str]:
    for each in element:
        if each.tag in _SKIPPED:
            continue
        if each.tag == "t":
            yield each.text or ""
        elif each.tag == "tab":
            yield " "
        else:
            if each.tag in _BREAKS:
                yield "\n"
            yield from _pieces(each)


def _value(element: Element, path: str) -> str:
    """What an element further down has as its value; empty if there is none."""
    found = element.find(path)
    return "" if found is None else _attribute(found, "val")


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")
