"""KML and GPX: what was where at a time; places with their degrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.dates.lenient import edtf_of, interval_between
from timeline_tui.exchange.event_runs import EventRuns
from timeline_tui.exchange.html_and_markdown import markdown_from_html
from timeline_tui.exchange.xml.document import Document, text_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from timeline_tui.exchange.gathering import Gathering

_TRACKS = ("trk", "rte")
_POINTS = ("trkpt", "rtept")
_TEXTS = ("name", "desc", "cmt")
_WHOLE = frozenset(("wpt", *_POINTS, *_TEXTS))
_NO_TIME = "places without a time"


def read(data: bytes | bytearray, name: str) -> EventRuns:
    """The placemarks of KML that have a time.

    Raises:
        CannotImport: It is not valid XML, or no placemark has a time.
    """
    empty = "no placemark of this KML has a time (TimeStamp or TimeSpan)"
    return EventRuns(Document(data, "KML"), name, "kml", _marks, empty)


def read_gpx(data: bytes | bytearray, name: str) -> EventRuns:
    """The waypoints of GPX that have a time, and its tracks from their first point to their last.

    Raises:
        CannotImport: It is not valid XML, or nothing in it has a time.
    """
    empty = "no waypoint or track of this GPX has a time"
    return EventRuns(Document(data, "GPX"), name, "gpx", _waypoints, empty)


def read_tcx(data: bytes | bytearray, name: str) -> EventRuns:
    """The activities of TCX from their first point to their last.

    Raises:
        CannotImport: It is not valid XML, or nothing in it has a time.
    """
    return EventRuns(Document(data, "TCX"), name, "tcx", _activities, "nothing in this TCX has a time")


def _marks(document: Document, gathered: Gathering) -> Iterator[None]:
    for _, element in document.elements(("Placemark", "name")):
        if element.tag == "Placemark":
            _add_mark(gathered, element)
            yield
        elif element.tag == "name":
            gathered.title = gathered.title or text_in(element, ".")


class _Track:
    """What is known of a track while its points are gone through."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.first = self.last = ""
        """The first and the last moment; empty if no point has one."""
        self.start: tuple[str, str] | None = None
        self.points = 0

    def point(self, element: Element) -> None:
        """Go on to the next point of GPX."""
        self.go_on(text_in(element, "time"), element.get("lat", ""), element.get("lon", ""))

    def go_on(self, written: str, lat: str, lon: str) -> None:
        """Go on to the next point, at a time and in a place."""
        if self.start is None and lat:
            self.start = lat, lon
        self.points += 1
        if edtf := edtf_of(written):
            self.first, self.last = self.first or edtf, edtf

    def text(self, *names: str) -> str:
        """The first text of some names; empty if there is none."""
        return next(filter(None, map(self.texts.get, names)), "")


def _waypoints(document: Document, gathered: Gathering) -> Iterator[None]:
    track = _Track()
    for around, element in document.elements(_WHOLE):
        if element.tag == "wpt":
            _add_waypoint(gathered, element)
            yield
        elif element.tag in _POINTS:
            track.point(element)
        elif element.tag in _TRACKS:
            _add_track(gathered, track)
            track = _Track()
            yield
        elif element.tag in _TEXTS and around[-1:] and around[-1] in _TRACKS:
            track.texts.setdefault(element.tag, text_in(element, "."))
        elif element.tag == "name" and around[1:] in (["metadata"], []):
            gathered.title = gathered.title or text_in(element, ".")


def _activities(document: Document, gathered: Gathering) -> Iterator[None]:
    track = _Track()
    for around, element in document.elements(("Trackpoint", "Name", "Notes")):
        if element.tag == "Trackpoint":
            track.go_on(
                text_in(element, "Time"),
                text_in(element, "Position/LatitudeDegrees"),
                text_in(element, "Position/LongitudeDegrees"),
            )
        elif element.tag in ("Activity", "Course"):
            track.texts.setdefault("name", element.get("Sport", ""))
            _add_track(gathered, track)
            track = _Track()
            yield
        elif around[-1:] in (["Activity"], ["Course"]):
            track.texts.setdefault(element.tag.lower().replace("notes", "desc"), text_in(element, "."))


def _add_waypoint(gathered: Gathering, point: Element) -> None:
    if not (written := text_in(point, "time")):
        gathered.lost[_NO_TIME] += 1
        return
    title = text_in(point, "name", "desc", "cmt") or "Waypoint"
    place = _place(gathered, title, point.get("lat", ""), point.get("lon", ""))
    gathered.add(0, edtf_of(written), title, text_in(point, "desc", "cmt"), written=written, place=place)


def _add_mark(gathered: Gathering, mark: Element) -> None:
    written = text_in(mark, "TimeStamp/when", ".//when")
    begin, end = text_in(mark, "TimeSpan/begin", ".//begin"), text_in(mark, "TimeSpan/end", ".//end")
    first, last = edtf_of(written or begin), edtf_of(end)
    edtf = interval_between(first, last) if first and last else first or (f"../{last}" if last else "")
    if not (written or begin or end):
        gathered.lost[_NO_TIME] += 1
        return
    title = text_in(mark, "name") or text_in(mark, "description") or "Placemark"
    lon, lat, *_ = [*text_in(mark, ".//Point/coordinates").split(","), "", ""]
    others = {each.get("name", ""): text_in(each, "value") for each in mark.iter("Data")}
    gathered.add(
        0,
        edtf or first,
        title,
        markdown_from_html(text_in(mark, "description")),
        written=written or f"{begin} – {end}",
        place=_place(gathered, title, lat.strip(), lon.strip()) if lat else "",
        **{name: value for name, value in others.items() if name},
    )


def _add_track(gathered: Gathering, track: _Track) -> None:
    if not track.first:
        gathered.lost["tracks without a time"] += 1
        return
    title = track.text("name", "desc") or "Track"
    place = _place(gathered, f"Start of {title}", *(track.start or ("", "")))
    gathered.lost["points of tracks"] += track.points
    date = interval_between(track.first, track.last) or track.first
    gathered.add(0, date, title, track.text("desc", "cmt"), place=place, kind="track")


def _place(gathered: Gathering, name: str, lat: str, lon: str) -> str:
    return gathered.place(name, lat, lon) if _is_number(lat) and _is_number(lon) else ""


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
