"""Items of vis-timeline (https://visjs.github.io/vis-timeline/docs/timeline/): a JSON list of objects.

An item may have further fields for templates, beside those that are drawn. What vis-timeline has no field
for is put there, under the names of this program's format.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

from timeline_tui.dates.date import DateError, parse_date
from timeline_tui.dates.day_numbers import days_in_month
from timeline_tui.dates.edtf import Interval, Moment, write_year
from timeline_tui.dates.lenient import UNDATED, edtf_of
from timeline_tui.exchange import json_document, losses
from timeline_tui.exchange.contract import CannotImport, Exported, Imported, LeftOut
from timeline_tui.exchange.decode import text_of, title_of
from timeline_tui.exchange.flat_event import FLAT, EventBuilder, flattened
from timeline_tui.exchange.html_and_markdown import (
    escaped_html,
    html_from_markdown,
    line_from_html,
    markdown_from_html,
)
from timeline_tui.exchange.timelinejs.dates import FARTHEST, astronomical, interval_between, parts_of
from timeline_tui.text.sanitize import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline_tui.dates.date import Date
    from timeline_tui.model.records import Event
    from timeline_tui.timeline.view import View

Plain = dict[str, object]

_DRAWN = {"id", "content", "start", "end", "group", "title"}
_MILLISECONDS = re.compile(r"/Date\((-?[0-9]{1,16})(?:[+-][0-9]{4})?\)/|(-?[0-9]{9,16})")
_NUMBER = re.compile(r"-?[0-9]{1,16}")
_EXPANDED = re.compile(r"([+-])0*([0-9]{4,6})((?:-[0-9]{2}){0,2}.*)")
_STYLE = re.compile(r"[\w\s:;#%.,-]*")
"""CSS declarations without a file, which vis-timeline would fetch."""
_LONGEST_TITLE = 200
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read(data: bytes, name: str) -> Imported:
    """The timeline in a file of items, with or without groups.

    Raises:
        CannotImport: It is not valid JSON, or not a list of items with a `start`.
    """
    document = json_document.parsed(text_of(data, json_document.LARGEST).text)
    if not is_document(document):
        raise CannotImport("this is not vis-timeline: that is a JSON list of items, each with a `start`")
    return read_document(document, name)


def is_document(document: object) -> bool:
    """Whether plain data is a list of items, alone or under `items`."""
    items = _items(document)
    return bool(items) and all(isinstance(item, dict) and "start" in item for item in items)


def read_document(document: object, name: str) -> Imported:
    """The timeline in plain data for which `is_document()` is true."""
    made, builder, groups = Imported(title_of(name), []), EventBuilder("vis"), _groups(document)
    titled, taken = 0, set[str]()
    numbered = _are_milliseconds(document)
    for item in _items(document):
        if not isinstance(item, dict):
            made.left_out.append(LeftOut(0, "an entry that is not an item"))
            continue
        content = line_from_html(_text(item.get("content")))
        titled += not content
        event: Plain = {"date": "", "title": content or _label(item)}
        event |= _fields(item, builder, groups, taken)
        event["date"], kept = _date(item, numbered=numbered)
        made.events.append(event | {key: value for key, value in kept.items() if value})
        made.lines.append(getattr(item, "line", 0))
    builder.set_aside_dead_links(made.events)
    made.header |= builder.header()
    if numbered:
        made.guesses.append("numbers are milliseconds since 1970")
    if isinstance(document, dict):
        made.header |= {f"vis-{key}": document[key] for key in document if key not in ("items", "groups")}
    if titled:
        made.guesses.append(f"{titled} items without content are titled by their other fields")
    return made


def write(view: View) -> Exported:
    """A view as a list of items, in its order."""
    lost: Counter[str] = Counter()
    items: list[Plain] = []
    taken = {view.event(key).id for key in view.keys}
    for key in view.keys:
        event = view.event(key)
        span = _span(event.date)
        if span is None:
            lost["events whose date no browser can draw"] += 1
            continue
        items.append(item := _item(view, key, event, span, taken))
        lost["links to events that are not exported"] += _links_in(event.links) - _links_in(item.get("links"))
        losses.count_lost(lost, event, FLAT | {"text", "extra"})
        lost["styles that name a file"] += "style" in event.extra and "style" not in item
    losses.count_details(lost, view, map(view.event, view.keys))
    return Exported(json_document.json_text(items), +lost)


def _item(view: View, key: int, event: Event, span: tuple[str, str], taken: set[str]) -> Plain:
    start, end = span
    flat = flattened(view, key, event)
    kind = flat.pop("kind", "")
    item: Plain = {"id": flat.pop("id", "") or _free_id(key, taken)}
    item |= {"content": escaped_html(one_line(event.title)), "start": start}
    if end:
        item["end"] = end
    if kind:
        item["group"] = kind
    if event.text:
        item["title"] = html_from_markdown(visible(event.text))
    if event.date.text != (f"{start}/{end}" if end else start):
        item["date"] = event.date.text
    names = item.keys() | flat.keys() | _DRAWN
    if _STYLE.fullmatch(str(event.extra.get("style", ""))) is None:
        names |= {"style"}
    return item | flat | {name: value for name, value in event.extra.items() if name not in names}


def _free_id(key: int, taken: set[str]) -> str:
    """An id that no other item has: if an id is repeated, vis-timeline draws nothing at all."""
    id_ = next(id_ for n in count(key + 1) if (id_ := f"event-{n}") not in taken)
    taken.add(id_)
    return id_


def _links_in(links: object) -> int:
    return sum(map(len, links.values())) if isinstance(links, dict) else 0


def _span(date: Date) -> tuple[str, str] | None:
    """First and last day, or time, in ISO 8601; no end for a single day, month or year.

    Dates are always given to the day: vis-timeline misreads a year alone, or a year before 0.
    """
    parts = parts_of(date)
    if parts is None:
        return None
    form, offsets = date.form, ["", ""]
    if isinstance(form, Moment):
        offsets = [_offset(form), ""]
    elif isinstance(form, Interval):
        offsets = [_offset(end) if isinstance(end, Moment) else "" for end in form]
        offsets = offsets if isinstance(form.start, Moment) else offsets[::-1]
    start, end = (
        _iso(each, last=last) + (offset if "hour" in each else "")
        for each, offset, last in zip((parts.start, parts.end), offsets, (False, True), strict=True)
    )
    return (start, end) if start and bool(end) == bool(parts.end) else None


def _iso(parts: Mapping[str, int], *, last: bool) -> str:
    """The first or last day of a date in ISO 8601, or its time; empty beyond the range of browsers.

    The year has six digits and a sign if four are too few (ECMA-262, 21.4.1.32).
    """
    if not parts or abs(parts["year"]) >= FARTHEST:
        return ""
    year = astronomical(parts["year"])
    text = f"{year:04}" if 0 <= year <= 9999 else f"{year:+07}"
    month = parts.get("month", 12 if last else 1)
    day = parts.get("day", days_in_month(year, month) if last else 1)
    text += f"-{month:02}-{day:02}"
    if "hour" in parts:
        text += f"T{parts['hour']:02}:{parts['minute']:02}"
        text += f":{parts['second']:02}" if "second" in parts else ""
        text += f".{parts['millisecond']:03}" if "millisecond" in parts else ""
    return text


def _offset(moment: Moment) -> str:
    offset = moment.time.offset if moment.time else None
    if offset is None:
        return ""
    hours, minutes = divmod(abs(offset), 60)
    return "Z" if not offset else f"{'-' if offset < 0 else '+'}{hours:02}:{minutes:02}"


def _are_milliseconds(document: object) -> bool:
    """Whether all starts are numbers, and not all years or days: JavaScript counts milliseconds."""
    starts = [_text(item.get("start")).strip() for item in _items(document) if isinstance(item, dict)]
    if not all(map(_NUMBER.fullmatch, starts)):
        return False
    return not all(len(start) == 4 or (len(start) == 8 and edtf_of(start)) for start in starts)


def _date(item: Mapping[str, object], *, numbered: bool) -> tuple[str, Plain]:
    """The date of an item, and the parts that could not be read.

    Args:
        item: As in the file.
        numbered: Whether the numbers of its document are milliseconds, however small they are.
    """
    first, last = _text(item.get("start")), _text(item.get("end"))
    if _is_told(exact := _text(item.get("date")), first, last):
        return exact, {}
    start, end = (_edtf(text, numbered=numbered) for text in (first, last))
    kept: Plain = {"vis-date": item.get("date")}
    date = start if end == start else interval_between(start, end) or start
    if not start:
        kept["start"] = item.get("start")
    if (last and not end) or date == start != end or (item.get("end") and not last):
        kept["end"] = item.get("end")
    return date or UNDATED, kept


def _is_told(exact: str, first: str, last: str) -> bool:
    """Whether an item has a date in EDTF that still agrees with its start and end."""
    try:
        return bool(exact) and _span(parse_date(exact)) == (first, last)
    except DateError:
        return False


def _edtf(text: str, *, numbered: bool) -> str:
    """The EDTF for a date of JavaScript: ISO 8601 or milliseconds since 1970."""
    text = text.strip()
    if numbered and _NUMBER.fullmatch(text):
        return _of_milliseconds(int(text))
    if (match := _MILLISECONDS.fullmatch(text)) is not None:
        return _of_milliseconds(int(match[1] or match[2]))
    if (match := _EXPANDED.fullmatch(text)) is not None:
        year = int(match[1] + match[2])
        text = write_year(year) + (match[3] if abs(year) <= 9999 else "")
    return edtf_of(text)


def _of_milliseconds(number: int) -> str:
    seconds, fraction = divmod(number, 1000)
    try:
        moment = _EPOCH + timedelta(seconds=seconds)
    except OverflowError:
        return ""
    text = moment.strftime("%Y-%m-%dT%H:%M:%S").zfill(19)
    text += f".{fraction:03}".rstrip("0") + "Z" if fraction else "Z"
    # A date without a time becomes midnight when it is turned into a number.
    return text[:10] if text.endswith("T00:00:00Z") and not fraction else text


def _fields(
    item: Mapping[str, object], builder: EventBuilder, groups: Mapping[str, str], taken: set[str]
) -> Plain:
    """The fields of an event except title and date."""
    values: Plain = {name: value for name, value in item.items() if name not in {*_DRAWN, "date"}}
    id_, content = _text(item.get("id")), _text(item.get("content"))
    values["id" if id_ not in taken else "vis-id"] = item.get("id")
    taken.add(id_)
    group = _text(item.get("group"))
    values["kind"] = groups.get(group, group) or values.get("kind")
    if group in groups and groups[group] != group:
        values["vis-group"] = group
    values["text"] = markdown_from_html(_text(item.get("title"))) or values.get("text")
    if markdown_from_html(content) != line_from_html(content):
        values["content"] = markdown_from_html(content)
    values |= {
        name: item[name] for name in ("content", "title", "group") if isinstance(item.get(name), dict | list)
    }
    if isinstance(values.get("title"), dict | list):
        values["vis-title"] = values.pop("title")
    return builder.fields(values)


def _label(item: Mapping[str, object]) -> str:
    """A title for an item without content: a field such as `label`, or else all its short texts."""
    for name in ("label", "name", "summary"):
        if line := line_from_html(_text(item.get(name))):
            return line
    texts = [
        _text(value) for name, value in item.items() if name not in {*_DRAWN, "type", "className", "style"}
    ]
    words = " \N{MIDDLE DOT} ".join(one_line(text) for text in texts if text.strip())
    words = words or line_from_html(_text(item.get("title"))) or "Without a title"
    return words if len(words) <= _LONGEST_TITLE else f"{words[:_LONGEST_TITLE]}…"


def _items(document: object) -> list[object]:
    found = document.get("items") if isinstance(document, dict) else document
    return found if isinstance(found, list) else []


def _groups(document: object) -> dict[str, str]:
    """The names of groups by their ids."""
    found = document.get("groups") if isinstance(document, dict) else None
    groups = {}
    for group in found if isinstance(found, list) else []:
        if isinstance(group, dict) and _text(group.get("id")):
            groups[_text(group["id"])] = line_from_html(_text(group.get("content"))) or _text(group["id"])
    return groups


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
