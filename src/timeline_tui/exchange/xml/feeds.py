"""News feeds, RSS and Atom: an entry is an event on the day of its publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.dates.lenient import edtf_of
from timeline_tui.exchange.contract import CannotImport, Imported
from timeline_tui.exchange.gathering import Gathering
from timeline_tui.exchange.html_and_markdown import line_from_html, markdown_from_html
from timeline_tui.exchange.xml.document import parsed, text_in

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DATES = ("pubDate", "published", "date", "updated", "issued")


def read(data: bytes, name: str) -> Imported:
    """The entries of a feed: RSS 0.9 to 2.0, or Atom.

    Raises:
        CannotImport: It is not valid XML, or has no entries.
    """
    root = parsed(data, "a news feed")
    channel = root.find("channel")
    gathered = Gathering("feed")
    entries = [each for each in root.iter() if each.tag in ("item", "entry")]
    for entry in entries:
        _add(gathered, entry)
    if not gathered.events:
        raise CannotImport("this feed has no entries")
    about = root if channel is None else channel
    if description := line_from_html(text_in(about, "description", "subtitle")):
        gathered.header["description"] = description
    return gathered.imported(line_from_html(text_in(about, "title")) or name)


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
