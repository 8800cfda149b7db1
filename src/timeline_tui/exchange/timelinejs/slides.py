"""Slides of TimelineJS as events: from JSON of version 3 or 2, or from a row of the spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.dates.lenient import UNDATED, edtf_of
from timeline_tui.exchange.html_and_markdown import line_from_html, markdown_from_html, web_address
from timeline_tui.exchange.id_registry import EventIds
from timeline_tui.exchange.timelinejs.dates import (
    PARTS,
    displays_exactly,
    edtf_of_parts,
    interval_between,
    refined_by_display,
    time_parts,
)
from timeline_tui.exchange.timelinejs.slide_html import is_mislinked
from timeline_tui.model.fields import known_keys
from timeline_tui.text.ids import UniqueIds, id_from_title

if TYPE_CHECKING:
    from collections.abc import Mapping

_NATIVE, _OF_SOURCES = known_keys()["events"], known_keys()["sources"]
_LONGEST_TITLE = 100
_OBJECTS = ("start_date", "end_date", "text", "media")


class Slides:
    """Makes events of slides, and records their media as sources."""

    def __init__(self) -> None:
        self.sources: dict[str, dict[str, object]] = {}
        """Sources by id, as in the header."""
        self.guesses: set[str] = set()
        """As in `Imported`."""
        self.fractions = 0
        """How many dates had a fraction of a second, but no second."""
        self._ids = EventIds()
        self._same: dict[str, str] = {}
        self._slugs = UniqueIds()

    def event(self, slide: Mapping[str, object]) -> dict[str, object]:
        """An event with every field of the slide; it is undated if the date cannot be read."""
        text, media = _object(slide, "text", "text"), _object(slide, "media", "url")
        date, kept = self._date(slide)
        body = markdown_from_html(_text(text.get("text")))
        event: dict[str, object] = {
            **self._id(slide),
            "date": date,
            "title": line_from_html(_text(text.get("headline"))) or _title(body, media),
            "text": body,
            "kind": _plain_line(slide.get("group")),
        }
        if address := web_address(_text(media.get("url"))):
            event["sources"] = [self._source(address, media)]
        else:
            kept["media"] = {
                name: markdown_from_html(value) if isinstance(value, str) else value
                for name, value in media.items()
            }
        objects = {name for name in _OBJECTS if isinstance(slide.get(name), dict)}
        used = (*_OBJECTS, "group", "display_date", "unique_id")
        kept |= {name: value for name, value in _rest(slide, used).items() if name not in objects}
        if kept.get("autolink") == "false" and _is_mislinked(text, media):
            # The exporter adds it again wherever it is needed.
            del kept["autolink"]
        kept["timelinejs-text"] = _rest(text, ("headline", "text"))
        for name, value in kept.items():
            event[f"timelinejs-{name}" if name in _NATIVE else name] = _filled(value)
        return {name: value for name, value in event.items() if value not in ("", [], {})}

    def _id(self, slide: Mapping[str, object]) -> dict[str, object]:
        given = _text(slide.get("unique_id"))
        if not given:
            return {}
        found = self._ids.id_for(line_from_html(given), given)
        return {"id": found} if found == given else {"id": found, "unique_id": given}

    def _date(self, slide: Mapping[str, object]) -> tuple[str, dict[str, object]]:
        """The date of a slide, and the parts of it that could not be read or that EDTF cannot express."""
        first, last = (_object(slide, name, "year") for name in ("start_date", "end_date"))
        start, end = edtf_of_parts(first), edtf_of_parts(last)
        self.fractions += sum(
            bool(_text(part.get("millisecond")).strip("0 ")) and "." not in edtf
            for part, edtf in ((first, start), (last, end))
        )
        used = (*PARTS, "millisecond", "display_date")
        kept: dict[str, object] = {
            "start_date": _rest(first, used) if start else first,
            "end_date": _rest(last, used) if end else last,
        }
        date = interval_between(start, end) if end != start else start
        if start and end and not date:
            kept["end_date"] = last
            self.guesses.add("an end before its start is kept as `end_date`")
        date = date or start
        display = _displayed(slide, first, last)
        fuller = refined_by_display(date, display) if date else ""
        if fuller == date and not displays_exactly(date, display):
            kept["display_date"] = display
        return fuller or UNDATED, kept

    def _source(self, url: str, media: Mapping[str, object]) -> str:
        """The id of the source for the media of a slide."""
        caption, credit = (_text(media.get(name)) for name in ("caption", "credit"))
        notes = [
            text for html in (caption, credit) if (text := markdown_from_html(html)) != line_from_html(html)
        ]
        record: dict[str, object] = {
            "title": line_from_html(caption) or line_from_html(credit) or url,
            "publisher": line_from_html(credit),
            "url": url,
            "note": "\n\n".join(notes),
        }
        for name, value in _rest(media, ("url", "caption", "credit")).items():
            record[f"timelinejs-{name}" if name in _OF_SOURCES else name] = _filled(value)
        record = {name: value for name, value in record.items() if value}
        # Two slides may show one picture with different captions, and both captions are kept.
        same = repr(record)
        if same not in self._same:
            slug = id_from_title(str(record["title"]))
            id_ = self._slugs.unique("source" if slug == "event" else slug)
            self._same[same], self.sources[id_] = id_, record
        return self._same[same]


_STARTS, _ENDS = ("date", "startDate", "start"), ("endDate", "end")
_HEADLINES, _BODIES = ("headline", "title", "name"), ("text", "description", "body")


def completed(entry: Mapping[str, object]) -> Mapping[str, object]:
    """A slide with what other programs call its date and headline under the names of TimelineJS."""
    slide = dict(entry)
    for name, others in (("start_date", _STARTS), ("end_date", _ENDS)):
        other = next((each for each in others if slide.get(each)), "")
        if not slide.get(name) and other and (date := _parts_of_date(slide[other])):
            slide[name] = date
            del slide[other]
    if not isinstance(slide.get("text"), dict):
        text = {
            part: slide.pop(other)
            for part, others in (("headline", _HEADLINES), ("text", _BODIES))
            if (other := next((each for each in others if isinstance(slide.get(each), str)), ""))
        }
        if "headline" in text:
            slide["text"] = text
        else:
            return {**entry, **{name: slide[name] for name in ("start_date", "end_date") if name in slide}}
    return slide


def _parts_of_date(value: object) -> dict[str, object]:
    """A date in parts; one that is text and is not in numbers is all in `year`."""
    if isinstance(value, dict):
        return value if "year" in value else {}
    text = _text(value).strip()
    if "," in text and (parts := _version_2_date(text)) and len(parts) > 1:
        return dict(parts)
    return {"year": text} if edtf_of(text) else {}


def slide_of_version_2(entry: Mapping[str, object]) -> dict[str, object]:
    """A slide of an entry of TimelineJS version 2, with `startDate` as `1963,8,9`, and `asset`."""
    asset = _object(entry, "asset", "media")
    slide: dict[str, object] = {
        "start_date": _version_2_date(_text(entry.get("startDate") or entry.get("date"))),
        "end_date": _version_2_date(_text(entry.get("endDate"))),
        "text": {"headline": _text(entry.get("headline")), "text": _text(entry.get("text"))},
        "media": {"url": asset.get("media", ""), **_rest(asset, ("media",))},
        "group": _text(entry.get("tag")),
    }
    used = ("startDate" if entry.get("startDate") else "date", "endDate", "headline", "text", "asset", "tag")
    rest = {name: value for name, value in _rest(entry, used).items() if value is not asset}
    return {**slide, **rest}


def slide_of_row(row: Mapping[str, str]) -> dict[str, object]:
    """A slide of a row of the spreadsheet; column names are in lower case and without spaces."""
    start = {name: row.get(name, "") for name in PARTS[:3]} | time_parts(row.get("time", ""))
    end = {name: row.get(f"end{name}", "") for name in PARTS[:3]} | time_parts(row.get("endtime", ""))
    background = row.get("background", "")
    slide: dict[str, object] = {
        "start_date": start,
        "end_date": end,
        "text": {"headline": row.get("headline", ""), "text": row.get("text", "")},
        "media": {
            "url": row.get("media", ""),
            **{name: row.get(f"media{name}", "") for name in ("credit", "caption", "thumbnail")},
        },
        "group": row.get("group", "") or row.get("tag", ""),
        "display_date": row.get("displaydate", ""),
    }
    if background:
        is_picture = background.startswith(("http:", "https:", "/"))
        slide["background"] = {"url" if is_picture else "color": background}
    return slide | {name: value for name, value in row.items() if name not in COLUMNS}


COLUMNS = frozenset({
    "year", "month", "day", "time", "endyear", "endmonth", "endday", "endtime", "displaydate", "headline",
    "text", "media", "mediacredit", "mediacaption", "mediathumbnail", "type", "group", "tag", "background",
})  # fmt: skip
"""The column names of the spreadsheet, in lower case and without spaces."""


def _version_2_date(text: str) -> dict[str, str]:
    """The parts of `1963,8,9`, down to the second; any other text is all in `year`."""
    numbers = text.replace(" ", "").split(",")
    if text and all(number.lstrip("-").isdigit() for number in numbers):
        return dict(zip(PARTS, numbers, strict=False))
    return {"year": text} if text else {}


def _is_mislinked(text: Mapping[str, object], media: Mapping[str, object]) -> bool:
    shown = (text.get("text"), media.get("caption"), media.get("credit"))
    return any(is_mislinked(_text(html)) for html in shown)


def _plain_line(value: object) -> str:
    """A field from which TimelineJS removes the markup, and then takes the rest for HTML."""
    return line_from_html(line_from_html(_text(value)))


def _displayed(slide: Mapping[str, object], first: Mapping[str, object], last: Mapping[str, object]) -> str:
    whole = _plain_line(slide.get("display_date"))
    if whole:
        return whole
    parts = [_plain_line(part.get("display_date")) for part in (first, last)]
    return " – ".join(part for part in parts if part)


def _title(body: str, media: Mapping[str, object]) -> str:
    """A title for a slide that has none."""
    words = " ".join(body.split()) or line_from_html(_text(media.get("caption"))) or _text(media.get("url"))
    words = " ".join(words.split())
    return (words if len(words) <= _LONGEST_TITLE else f"{words[:_LONGEST_TITLE]}…") or "Without a headline"


def _rest(values: Mapping[str, object], used: tuple[str, ...]) -> dict[str, object]:
    """The values that are not used: those with other names, and those that are not text but should be."""
    return {
        name: value
        for name, value in values.items()
        if _filled(value) and (name not in used or not isinstance(value, str))
    }


def _filled(value: object) -> object:
    """A value without its empty parts."""
    if isinstance(value, dict):
        return {name: filled for name, part in value.items() if (filled := _filled(part))}
    return value.strip() if isinstance(value, str) else value


def _object(values: Mapping[str, object], name: str, short: str) -> Mapping[str, object]:
    """The object under a name; a text instead is taken for the object's value of `short`."""
    value = values.get(name)
    if isinstance(value, str):
        return {short: value}
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
