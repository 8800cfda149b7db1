"""TimelineJS (https://timeline.knightlab.com/docs/json-format.html): its JSON, its spreadsheet, version 2."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from timeline_tui.dates.date import DateError, parse_date
from timeline_tui.dates.lenient import UNDATED
from timeline_tui.exchange import json_document, losses
from timeline_tui.exchange.contract import CannotImport, Exported, Imported, LeftOut
from timeline_tui.exchange.csv_dialect import table_of
from timeline_tui.exchange.decode import text_of, title_of
from timeline_tui.exchange.html_and_markdown import (
    escaped_html,
    html_from_markdown,
    is_web_address,
    line_from_html,
)
from timeline_tui.exchange.html_markup import Html, html, joined
from timeline_tui.exchange.json_document import Object
from timeline_tui.exchange.timelinejs.dates import (
    FARTHEST,
    edtf_of_parts,
    interval_between,
    parts_of,
    refined_by_display,
)
from timeline_tui.exchange.timelinejs.slide_html import details_below, is_mislinked, media_of
from timeline_tui.exchange.timelinejs.slides import (
    COLUMNS,
    Slides,
    completed,
    slide_of_row,
    slide_of_version_2,
)
from timeline_tui.text.sanitize import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline_tui.exchange.csv_dialect import Table
    from timeline_tui.exchange.timelinejs.dates import Parts
    from timeline_tui.model.records import Event
    from timeline_tui.timeline.view import View

Plain = dict[str, object]

_TITLE = "title_slide"
_COLOR = re.compile(r"#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,30}|(?:rgb|hsl)a?\([0-9., %/deg]+\)")
_HELD = (
    "text", "kind", "sources", "locators", "status", "by", "place", "actors", "roles", "outcome",
    "known", "postponed", "quotes", "claims", "extra",
)  # fmt: skip
"""The fields of an event that a slide shows, in its own fields or below its text."""
_MOST_GROUPS = 6
"""The most groups: each takes a row away from the slides, and more would leave them no room."""


def read(data: bytes, name: str) -> Imported:
    """The timeline in a file of TimelineJS.

    Args:
        data: The file: JSON of version 3 or 2, or the spreadsheet as CSV.
        name: The name of the file, which is the title if there is no title slide.

    Raises:
        CannotImport: It is none of these formats.
    """
    text, _ = text_of(data, json_document.LARGEST, may_be_windows=True)
    if text.lstrip()[:1] not in ("{", "["):
        table = table_of(data)
        if not is_header(table.names):
            raise CannotImport("this is not TimelineJS: its spreadsheet has the columns Year and Headline")
        return read_table(table, name)
    document = json_document.parsed(text_of(data, json_document.LARGEST).text)
    if not is_document(document):
        raise CannotImport("this is not TimelineJS: that is JSON with `events` that have a `start_date`")
    return read_document(document, name)


def is_document(document: object) -> bool:
    """Whether plain data is a timeline of TimelineJS, version 3 or 2."""
    if not isinstance(document, dict):
        return False
    slides, old = document.get("events"), document.get("timeline")
    if isinstance(old, dict) and isinstance(old.get("date"), list):
        return True
    return isinstance(slides, list) and any(
        isinstance(slide, dict) and "start_date" in slide for slide in slides
    )


def is_header(names: Iterable[str]) -> bool:
    """Whether these are the columns of the spreadsheet."""
    return {"year", "headline"} <= {_column(name) for name in names}


def read_document(document: object, name: str) -> Imported:
    """The timeline in plain data for which `is_document()` is true."""
    found = document if isinstance(document, dict) else Object()
    old, opening = found.get("timeline"), found.get("title")
    entries, eras, used = found.get("events"), found.get("eras"), {"events", "title", "eras"}
    convert = isinstance(old, dict) and isinstance(old.get("date"), list)
    if isinstance(old, dict) and convert:
        entries, eras, used = old["date"], old.get("era"), {"timeline"}
        opening = slide_of_version_2({key: value for key, value in old.items() if key not in ("date", "era")})
    slides, made = Slides(), Imported(title_of(name), [])
    _open(made, slides, opening)
    for entry in entries if isinstance(entries, list) else []:
        if not isinstance(entry, dict):
            made.left_out.append(LeftOut(0, "an entry that is not a slide"))
            continue
        made.events.append(slides.event(slide_of_version_2(entry) if convert else completed(entry)))
        made.lines.append(getattr(entry, "line", 0))
    kept = [each for each in eras if isinstance(each, dict)] if isinstance(eras, list) else []
    if isinstance(eras, list) and len(kept) < len(eras):
        made.left_out.append(LeftOut(0, f"{len(eras) - len(kept)} eras that are not objects"))
    _close(made, slides, [slides.event(slide_of_version_2(era) if convert else era) for era in kept])
    for key in [key for key in found if key not in used]:
        made.header[f"timelinejs-{key}" if key in _HEADER else key] = found[key]
    return made


def read_table(table: Table, name: str) -> Imported:
    """The timeline in a spreadsheet: every row is an event, except eras; the title row has no date."""
    made = Imported(title_of(name), [], left_out=table.left_out, guesses=table.guesses)
    slides, eras = Slides(), list[Plain]()
    columns = dict(zip(table.names, map(_column, table.names), strict=True))
    for row, record in zip(table.rows, table.records(), strict=True):
        cells = {columns[key] if columns[key] in COLUMNS else key: value for key, value in record.items()}
        event, kind = slides.event(slide_of_row(cells)), cells.get("type", "").strip().lower()
        if kind == "era":
            eras.append(event)
            continue
        if kind == "title":
            event.setdefault("kind", "title")
            made.title = str(event["title"])
        elif kind:
            event["type"] = cells["type"]
        made.events.append(event)
        made.lines.append(row.line)
    _close(made, slides, eras)
    return made


_HEADER = frozenset({"description", "language", "updated", "sources", "actors", "topics"})


def write(view: View) -> Exported:
    """A view as JSON of TimelineJS; facts without a field there are put below the text."""
    lost: Counter[str] = Counter()
    slides: list[Plain] = []
    farthest, opening = 0, None
    kinds = {view.event(key).kind for key in view.keys} - {""}
    grouped = len(kinds) <= _MOST_GROUPS
    for key in view.keys:
        event = view.event(key)
        parts = parts_of(event.date)
        if parts is None and _is_title(view, event):
            opening = event
            continue
        if parts is None:
            lost["events without a date"] += 1
            continue
        farthest = max(farthest, *(abs(each["year"]) for each in (parts.start, parts.end) if each))
        slides.append(_slide(view, event, parts, lost, grouped=grouped))
        losses.count_lost(lost, event, _HELD)
        lost["custom fields"] += len(event.extra.keys() - slides[-1].keys())
    timeline: Plain = {"title": _title_slide(view, opening, lost), "events": slides}
    if farthest >= FARTHEST or view.header.extra.get("scale") == "cosmological":
        timeline["scale"] = "cosmological"
    if eras := _eras(view):
        timeline["eras"] = eras
    return Exported(json_document.json_text(timeline), +lost, notes=_notes(slides, len(kinds)))


def _notes(slides: Sequence[Plain], kinds: int) -> list[str]:
    notes = [] if slides else ["TimelineJS shows an error for a timeline without events"]
    if kinds > _MOST_GROUPS:
        sentence = (
            f"{kinds} kinds of events are not groups, as so many would leave TimelineJS no room for slides"
        )
        notes.append(f"{sentence}; each kind is below the text of its event")
    return notes


def _open(made: Imported, slides: Slides, opening: object) -> None:
    """Use the title slide as the title and description of the timeline, and keep its other fields."""
    if not isinstance(opening, dict):
        return
    slide = slides.event({key: value for key, value in opening.items() if key != "unique_id"})
    text = opening.get("text")
    headline = line_from_html(str(text.get("headline", ""))) if isinstance(text, dict) else ""
    made.title = headline or made.title
    if description := slide.pop("text", ""):
        made.header["description"] = description
    del slide["title"]
    if slide["date"] == UNDATED:
        del slide["date"]
    if slide:
        made.header[_TITLE] = slide


def _close(made: Imported, slides: Slides, eras: Sequence[Plain]) -> None:
    if slides.sources:
        made.header["sources"] = slides.sources
    if eras:
        made.header["eras"] = list(eras)
    made.guesses += sorted(slides.guesses)
    if slides.fractions:
        made.lost["fractions of a second"] = slides.fractions


def _column(name: str) -> str:
    return name.lower().replace(" ", "")


def _slide(view: View, event: Event, parts: Parts, lost: Counter[str], *, grouped: bool) -> Plain:
    slide: Plain = {"start_date": dict(parts.start)}
    if parts.end:
        slide["end_date"] = dict(parts.end)
    if display := _display(view, event, parts, lost):
        slide["display_date"] = display
    text = html_from_markdown(visible(event.text)) if event.text else Html()
    below = joined(details_below(view, event, with_kind=not grouped))
    if below and text and not text.startswith("<p>"):
        text = html("<p>{}</p>", text)
    slide["text"] = {"headline": escaped_html(one_line(event.title)), "text": text + below}
    if media := media_of(view, event):
        slide["media"] = media
    if event.kind and grouped:
        slide["group"] = _escaped_twice(one_line(event.kind))
    if event.id:
        slide["unique_id"] = event.id
    return _unlinked(slide | _own(event))


def _escaped_twice(text: str) -> Html:
    """Text for a field from which TimelineJS removes the markup, and then takes the rest for HTML."""
    return escaped_html(str(escaped_html(text)))


def _unlinked(slide: Plain) -> Plain:
    """A slide, with automatic links switched off if they would break its HTML."""
    html = " ".join(
        str(part.get(name, ""))
        for part in (slide.get("text"), slide.get("media"))
        for name in ("text", "caption", "credit")
        if isinstance(part, dict)
    )
    return slide | {"autolink": False} if is_mislinked(html) else slide


def _own(event: Event) -> Plain:
    """The fields that an imported slide had and the format does not know, if they are harmless."""
    own: Plain = {}
    if background := _background(event.extra.get("background")):
        own["background"] = background
    if event.extra.get("autolink") in ("true", "false"):
        own["autolink"] = event.extra["autolink"] == "true"
    return own


def _background(value: object) -> Plain:
    """The background of a slide: a picture or a colour."""
    found = value if isinstance(value, dict) else {}
    url, color = str(found.get("url", "")), str(found.get("color", ""))
    safe: Plain = {"url": url} if is_web_address(url) else {}
    return safe | ({"color": color} if _COLOR.fullmatch(color) else {})


def _display(view: View, event: Event, parts: Parts, lost: Counter[str]) -> Html:
    """The text to show for a date, if its numbers are not all of it or it was imported with one."""
    date = event.date
    start, end = edtf_of_parts(parts.start), edtf_of_parts(parts.end)
    plain = interval_between(start, end) if end else start
    words = view.date_in_words(date)
    if plain == date.text and view.origin is None:
        words = one_line(str(event.extra.get("display_date", "")))
    else:
        lost["dates that lose precision when imported again"] += refined_by_display(plain, words) != date.text
    return _escaped_twice(words)


def _title_slide(view: View, opening: Event | None, lost: Counter[str]) -> Plain:
    """The first slide: title and description, with the background that an imported one had."""
    text: Plain = {"headline": escaped_html(view.title)}
    kept = view.header.extra.get(_TITLE)
    background: object = kept.get("background") if isinstance(kept, dict) else None
    description = view.header.description
    if not description and view.whole_header.description:
        # There is no telling which part of it was known on that day.
        lost["descriptions of the timeline"] += 1
    if opening is not None:
        description, background = description or opening.text, background or opening.extra.get("background")
    if description:
        text["text"] = html_from_markdown(visible(description))
    slide: Plain = {"text": text}
    if shown := _background(background):
        slide["background"] = shown
    return _unlinked(slide)


def _is_title(view: View, event: Event) -> bool:
    """Whether an event is the title row of a spreadsheet."""
    return event.kind == "title" and event.date.text == UNDATED and one_line(event.title) == view.title


def _eras(view: View) -> list[Plain]:
    """The imported eras; none on a known-on day, as there is no telling when they became known."""
    found, eras = view.header.extra.get("eras"), list[Plain]()
    if not isinstance(found, list):
        return eras
    for era in found:
        parts = _parts_in(era.get("date")) if isinstance(era, dict) else None
        if parts is not None and parts.end:
            text = {"headline": escaped_html(one_line(str(era.get("title", ""))))}
            eras.append({"start_date": dict(parts.start), "end_date": dict(parts.end), "text": text})
    return eras


def _parts_in(text: object) -> Parts | None:
    try:
        return parts_of(parse_date(text)) if isinstance(text, str) else None
    except DateError:
        return None
