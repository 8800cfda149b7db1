"""Pages of HTML: their tables, and their dated lists and headings."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

from timeline_tui.exchange.contract import CannotImport
from timeline_tui.exchange.csv_dialect import named_apart
from timeline_tui.exchange.decode import text_of, title_of
from timeline_tui.exchange.gathering import Gathering
from timeline_tui.exchange.markup.dated import Item, Table, best_of, events_of

if TYPE_CHECKING:
    from timeline_tui.exchange.contract import Imported

_LARGEST = 256_000_000
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_IGNORED = frozenset(["script", "style", "noscript", "template", "svg", "nav", "footer"])
_BLOCKS = frozenset(
    ["li", "p", "dt", "dd", "div", "section", "article", "td", "th", "tr", "table", "ul", "ol", "dl"]
)


def is_html(start: bytes) -> bool:
    """Whether a file begins as HTML."""
    head = start[:1000].lower()
    return head.startswith((b"<!doctype html", b"<html")) or (b"<html" in head and head.startswith(b"<"))


def read(data: bytes, name: str) -> Imported:
    """The rows, items or headings of a page that have dates, whichever are more.

    Raises:
        CannotImport: Nothing in it is dated, or it is an export of this program.
    """
    text, guesses = text_of(data, _LARGEST, may_be_windows=True)
    if 'name="generator" content="timeline-tui' in text[:4000]:
        raise CannotImport("this page was exported by timeline-tui; import the file that it was made of")
    page = _Page()
    page.feed(text)
    page.close()
    gathered = Gathering("html")
    gathered.guesses += guesses
    events_of(page.items, gathered)
    return best_of(page.tables, gathered, name, page.title or title_of(name), "html")


class _Page(HTMLParser):
    """Gathers tables and items while a page is read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.tables: list[Table] = []
        self.items: list[Item] = []
        self._ignored = 0
        self._text: list[str] = []
        self._line = 0
        self._level = 0
        self._is_title = self._after_term = False
        self._open: list[list[tuple[int, list[str]]]] = []
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A part of the page begins."""
        if tag in _IGNORED:
            self._ignored += 1
        elif tag == "br":
            self.handle_data("\n")
        elif tag == "title":
            self._is_title = True
        elif tag == "table":
            self._flush()
            self._open.append([])
        elif tag == "tr" and self._open:
            self._end_cell()
            self._open[-1].append((self.getpos()[0], []))
        elif tag in ("td", "th") and self._open:
            self._end_cell()
            self._cell = []
        elif tag in _HEADINGS or tag in _BLOCKS:
            if tag != "dd":
                self._flush()
            self._level, self._line = _HEADINGS.get(tag, 0), self.getpos()[0]
        elif tag == "time":
            self._time(dict(attrs).get("datetime") or "")

    def handle_endtag(self, tag: str) -> None:
        """A part of the page ends."""
        if tag in _IGNORED:
            self._ignored = max(0, self._ignored - 1)
        elif tag == "title":
            self._is_title = False
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag == "table" and self._open:
            self._end_cell()
            self._end_table(self._open.pop())
        elif tag == "dt":
            self._text.append(": ")
        elif tag in _HEADINGS or tag in _BLOCKS:
            self._flush()

    def handle_data(self, data: str) -> None:
        """Text of a cell, a title, or of an item."""
        if self._ignored:
            return
        if self._is_title:
            self.title = " ".join(f"{self.title} {data}".split())
        elif self._cell is not None:
            self._cell.append(data)
        else:
            self._text.append(data)

    def close(self) -> None:
        """The page has ended."""
        super().close()
        while self._open:
            self._end_cell()
            self._end_table(self._open.pop())
        self._flush()

    def _time(self, machine: str) -> None:
        """A date for programs counts only at the very beginning of the text."""
        if machine and not "".join(self._text).strip() and self._cell is None:
            self._text.append(f"{machine} | ")

    def _flush(self) -> None:
        text = " ".join("".join(self._text).split()).strip()
        if text and text != ":":
            self.items.append(Item(self._line or self.getpos()[0], text, self._level))
        self._text, self._level = [], 0

    def _end_cell(self) -> None:
        if self._cell is not None and self._open and self._open[-1]:
            self._open[-1][-1][1].append(" ".join("".join(self._cell).split()))
        self._cell = None

    def _end_table(self, rows: list[tuple[int, list[str]]]) -> None:
        rows = [row for row in rows if any(row[1])]
        if len(rows) > 1:
            self.tables.append(Table(named_apart(rows[0][1]), rows[1:]))
