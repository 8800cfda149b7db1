"""SIMILE timelines (https://www.simile-widgets.org/timeline/): events in XML, or in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.dates.lenient import edtf_of, interval_between
from timeline_tui.exchange.event_runs import EventRuns
from timeline_tui.exchange.gathering import Gathering
from timeline_tui.exchange.html_and_markdown import line_from_html, markdown_from_html
from timeline_tui.exchange.xml.document import Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from timeline_tui.exchange.contract import Imported

_LOOKS = (
    "color",
    "textColor",
    "icon",
    "isDuration",
    "durationEvent",
    "classname",
    "tapeImage",
    "trackNum",
    "hoverText",
)


def read(data: bytes | bytearray, name: str) -> EventRuns:
    """The events of a timeline in XML.

    Raises:
        CannotImport: It is not valid XML, or has no events.
    """
    empty = "this SIMILE timeline has no events"
    return EventRuns(Document(data, "a SIMILE timeline"), name, "simile", _events, empty)


def _events(document: Document, gathered: Gathering) -> Iterator[None]:
    for _, element in document.elements(("event",)):
        if element.tag == "event":
            body = "".join(element.itertext()).strip()
            _add(gathered, {**element.attrib, "description": body}, 0)
            yield


def is_document(document: object) -> bool:
    """Whether plain data is a timeline of SIMILE in JSON."""
    return (
        isinstance(document, dict)
        and isinstance(document.get("events"), list)
        and bool({"dateTimeFormat", "wikiURL", "wikiSection"} & document.keys())
    )


def read_document(document: object, name: str) -> Imported:
    """The events of plain data for which `is_document()` is true."""
    gathered = Gathering("simile")
    events = document.get("events") if isinstance(document, dict) else None
    for entry in events if isinstance(events, list) else []:
        if isinstance(entry, dict):
            _add(gathered, entry, getattr(entry, "line", 0))
        else:
            gathered.leave_out(0, "an entry that is not an event")
    return gathered.imported(name)


def _add(gathered: Gathering, fields: Mapping[str, object], line: int) -> None:
    texts = {name: value.strip() for name, value in fields.items() if isinstance(value, str)}
    written = texts.get("start", "")
    first, last = edtf_of(written), edtf_of(texts.get("end", ""))
    start, end = texts.get("latestStart", ""), texts.get("earliestEnd", "")
    edtf = (interval_between(first, last) or first) if last else first
    if first and not last and texts.get("latestStart"):
        edtf = interval_between(first, edtf_of(start)) or first
    link = texts.get("link", "")
    title = line_from_html(texts.get("title") or texts.get("caption", ""))
    others = {
        name: value
        for name, value in texts.items()
        if name not in (*_LOOKS, "start", "end", "title", "caption", "description", "link")
    }
    gathered.lost["looks of events"] += any(name in _LOOKS for name in texts)
    gathered.add(
        line,
        edtf,
        title or texts.get("description", "") or link,
        markdown_from_html(texts.get("description", "")),
        written=" – ".join(filter(None, (written, texts.get("end", "")))),
        sources=[{"title": title or link, "url": link}] if link else [],
        **others | ({"earliestEnd": end} if end else {}),
    )
