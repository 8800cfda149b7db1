"""News feeds, RSS and Atom: an entry is an event on the day of its publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.dates.lenient import edtf_of
from timeline_tui.exchange.event_runs import EventRuns
from timeline_tui.exchange.html_and_markdown import line_from_html, markdown_from_html
from timeline_tui.exchange.xml.document import Document, text_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from timeline_tui.exchange.gathering import Gathering

_ENTRIES = ("item", "entry")
_ABOUT = ("description", "subtitle")
_WHOLE = frozenset((*_ENTRIES, *_ABOUT, "title"))
_DATES = ("pubDate", "published", "date", "updated", "issued")


def read(data: bytes | bytearray, name: str) -> EventRuns:
    """The entries of a feed: RSS 0.9 to 2.0, or Atom.

    Raises:
        CannotImport: It is not valid XML, or has no entries.
    """
    return EventRuns(Document(data, "a news feed"), name, "feed", _entries, "this feed has no entries")


def _entries(document: Document, gathered: Gathering) -> Iterator[None]:
    for around, element in document.elements(_WHOLE):
        if element.tag in _ENTRIES:
            _add(gathered, element)
            yield
        elif around[1:] in ([], ["channel"]):
            text = line_from_html(text_in(element, "."))
            if element.tag == "title":
                gathered.title = gathered.title or text
            elif element.tag in _ABOUT and text:
                gathered.header.setdefault("description", text)


def _add(gathered: Gathering, entry: Element) -> None:
    written = text_in(entry, *_DATES)
    title = line_from_html(text_in(entry, "title"))
    body = markdown_from_html(_body(entry))
    link = text_in(entry, "link") or next(
        (
            each.get("href", "")
            for each in entry.findall("link")
            if each.get("rel", "alternate") == "alternate"
        ),
        "",
    )
    gathered.add(
        0,
        edtf_of(written),
        title or body or link,
        body if title else "",
        written=written,
        actors=[name for name in (text_in(entry, "author/name", "creator", "author"),) if name],
        tags=[
            tag
            for each in entry.findall("category")
            if (tag := (each.text or each.get("term") or "").strip())
        ],
        sources=[{"title": title or link, "url": link}] if link else [],
    )


def _body(entry: Element) -> str:
    for path in ("encoded", "content", "description", "summary"):
        found = entry.find(path)
        if found is not None and (text := "".join(found.itertext()).strip()):
            return text
    return ""
