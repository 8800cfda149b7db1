"""Markwhen (https://markwhen.com): `date: title #tag`, properties, then text, in groups and sections.

What Markwhen has no syntax for becomes properties of an event, which Markwhen keeps and shows.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

from timeline_tui.exchange.contract import Exported
from timeline_tui.exchange.event_runs import EventRuns
from timeline_tui.exchange.flat_event import FLAT, flattened
from timeline_tui.exchange.losses import count_details, count_lost
from timeline_tui.exchange.markwhen.dates import edtf_of_written, markwhen_date
from timeline_tui.exchange.markwhen.escape import marked_label, marked_line, marked_title
from timeline_tui.exchange.markwhen.reader import NAMES, entries
from timeline_tui.exchange.text_lines import TextLines
from timeline_tui.text.sanitize import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.model.records import Event
    from timeline_tui.timeline.view import View

# Markwhen's parser ends a tag at the first letter that is not English.
_TAG = re.compile(r"(?!\d+\Z)\w+", re.ASCII)


def read(data: bytes | bytearray, name: str) -> EventRuns:
    """The timeline in a file of Markwhen; its groups become tags, and its links sources.

    Raises:
        CannotImport: It is not text, or no line begins with a date and a colon.
    """
    empty = "no line begins with a date and a colon, as events do in Markwhen (1971-now: A title)"
    return EventRuns(TextLines(data, may_be_windows=False), name, "markwhen", entries, empty)


def write(view: View) -> Exported:
    """A view as Markwhen, in its order."""
    header, lost = view.header, Counter[str]()
    lines = [f"title: {_quoted(one_line(header.title))}"]
    if header.description:
        lines.append(f"description: {_quoted(visible(header.description))}")
    lines += [f"language: {_quoted(header.language)}"] if header.language != "en" else []
    events = []
    for key in view.keys:
        event = view.event(key)
        if date := markwhen_date(event.date):
            events.append(event)
            count_lost(lost, event, FLAT | {"text"})
            lines += ["", *_event_lines(view, key, event, date)]
        else:
            lost["events whose dates Markwhen cannot write"] += 1
    count_details(lost, view, events)
    return Exported("\n".join(lines) + "\n", lost)


def _event_lines(view: View, key: int, event: Event, date: str) -> Iterator[str]:
    fields = flattened(view, key, event)
    # A place ends at its first bracket, and brackets cannot be escaped.
    place = "" if re.search(r"[\[\]]", str(fields.get("place", ""))) else fields.pop("place", "")
    tags = [f" #{tag}" for tag in event.tags if _TAG.fullmatch(tag)]
    yield f"{date}: {marked_title(one_line(event.title))}{''.join(tags)}"
    if edtf_of_written(date, day_first=False) != event.date.text:
        yield f"edtf: {_quoted(event.date.text)}"
    sources, links = [], []
    for title, url in _sources(fields.pop("sources", [])):
        if url:
            links.append(f"[{marked_label(one_line(title))}]({url})")
        else:
            sources.append(title)
    if all(map(_TAG.fullmatch, event.tags)):
        fields.pop("tags", None)
    for name, value in (fields | {"sources": sources}).items():
        if value:
            yield f"{NAMES.get(name, name)}: {_quoted(value)}"
    if event.text:
        yield ""
        yield from map(marked_line, visible(event.text).split("\n"))
    if place or links:
        yield ""
    if place:
        yield f"[{marked_label(one_line(str(place)))}](location)"
    yield from links


def _sources(value: object) -> Iterator[tuple[str, str]]:
    """Title and address of each source; parentheses and spaces in an address are encoded for Markdown."""
    for source in value if isinstance(value, list) else []:
        url = str(source.get("url", ""))
        yield str(source["title"]), url.replace("(", "%28").replace(")", "%29")


def _quoted(value: object) -> str:
    """A value that YAML and JSON read alike, on one line; unambiguous words stay without quotation marks.

    Markwhen replaces every `#` before it reads a value.
    """
    if isinstance(value, str) and re.fullmatch(r"[a-z]+(?:[ -][a-z]+)*", value) and value not in _YAML_WORDS:
        return value
    return json.dumps(value, ensure_ascii=False).replace("#", "\\u0023")


_YAML_WORDS = frozenset(["true", "false", "null", "yes", "no", "on", "off", "y", "n"])
