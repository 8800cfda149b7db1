"""GeoJSON (RFC 7946): a feature for each event, at its place if the degrees of that are known."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from timeline_tui.exchange import json_document
from timeline_tui.exchange.contract import Exported, Imported
from timeline_tui.exchange.decode import title_of
from timeline_tui.exchange.flat_event import FLAT, flattened
from timeline_tui.exchange.gathering import Gathering
from timeline_tui.exchange.instants import span_of
from timeline_tui.exchange.losses import count_details, count_lost
from timeline_tui.text.sanitize import one_line, visible

if TYPE_CHECKING:
    from timeline_tui.dates.date import Date
    from timeline_tui.model.records import Event, Place
    from timeline_tui.timeline.view import View

MARK = "timeline-tui"
"""A member of the collection that marks a file of this program; its value is the version of this form."""
_VERSION = "1"


def write(view: View) -> Exported:
    """A view as a collection of features, in its order; an event without degrees has no geometry."""
    lost: Counter[str] = Counter()
    features = []
    events = []
    for key in view.keys:
        event = view.event(key)
        events.append(event)
        count_lost(lost, event, FLAT | {"text", "extra"})
        place = view.place(event.place)
        geometry = _point(place)
        lost["events without the degrees of a place, which no map shows"] += geometry is None
        lost["further places, of which a map shows only the first"] += len(event.places)
        features.append(
            {"type": "Feature", "geometry": geometry, "properties": _properties(view, key, event)}
        )
    count_details(lost, view, events)
    document = {
        "type": "FeatureCollection", MARK: _VERSION, "name": one_line(view.title), "features": features
    }  # fmt: skip
    return Exported(json_document.json_text(document), +lost)


def _properties(view: View, key: int, event: Event) -> dict[str, object]:
    first, last = _ends(event.date)
    properties: dict[str, object] = {"title": visible(event.title), "date": event.date.text}
    properties |= {name: value for name, value in (("start", first), ("end", last)) if value}
    if event.text:
        properties["text"] = visible(event.text)
    own = {name: value for name, value in event.extra.items() if name not in ("start", "end")}
    return properties | flattened(view, key, event) | {k: v for k, v in own.items() if k not in properties}


def _ends(date: Date) -> tuple[str, str]:
    """The first and the last day of a date, for programs that know no others; empty if it is open."""
    span = span_of(date)
    if not span.is_common:
        return "", ""
    return span.first.iso()[:10], span.last.iso()[:10]


def _point(place: Place | None) -> dict[str, object] | None:
    if place is None or place.lat is None or place.lon is None:
        return None
    return {"type": "Point", "coordinates": [place.lon, place.lat]}


def is_ours(document: object) -> bool:
    """Whether plain data is a collection that this program wrote."""
    return isinstance(document, dict) and document.get("type") == "FeatureCollection" and MARK in document


def read_document(document: dict[str, Any], name: str) -> Imported:
    """The events of plain data for which `is_ours()` is true."""
    gathered = Gathering("geojson")
    for feature in document.get("features", []):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(properties, dict):
            gathered.leave_out(getattr(feature, "line", 0), "a feature without properties")
            continue
        known = ("title", "date", "text", "start", "end", "place")
        fields = {key: value for key, value in properties.items() if key not in known}
        place, geometry = properties.get("place", ""), feature.get("geometry")
        if isinstance(geometry, dict) and isinstance(geometry.get("coordinates"), list) and place:
            lon, lat, *_ = [*map(str, geometry["coordinates"]), "", ""]
            place = gathered.place(str(place), lat, lon)
        event = gathered.add(
            getattr(feature, "line", 0), str(properties.get("date", "")), "", **{**fields, "place": place}
        )
        event["title"] = properties.get("title") or "Untitled"
        if properties.get("text"):
            event["text"] = properties["text"]
    title = document.get("name")
    return gathered.imported(title if isinstance(title, str) and title else title_of(name))
