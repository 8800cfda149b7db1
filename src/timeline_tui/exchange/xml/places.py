"""KML and GPX: what was where at a time; places with their degrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.dates.lenient import edtf_of, interval_between
from timeline_tui.exchange.contract import CannotImport, Imported
from timeline_tui.exchange.gathering import Gathering
from timeline_tui.exchange.html_and_markdown import markdown_from_html
from timeline_tui.exchange.xml.document import parsed, text_in

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NO_TIME = "places without a time"


def read(data: bytes, name: str) -> Imported:
    """The placemarks of KML that have a time.

    Raises:
        CannotImport: It is not valid XML, or no placemark has a time.
    """
    root = parsed(data, "KML")
    gathered = Gathering("kml")
    for mark in root.iter("Placemark"):
        _add_mark(gathered, mark)
    if not gathered.events:
        raise CannotImport("no placemark of this KML has a time (TimeStamp or TimeSpan)")
    return gathered.imported(text_in(root, "Document/name", ".//name") or name)


def read_gpx(data: bytes, name: str) -> Imported:
    """The waypoints of GPX that have a time, and its tracks from their first point to their last.

    Raises:
        CannotImport: It is not valid XML, or nothing in it has a time.
    """
    root = parsed(data, "GPX")
    gathered = Gathering("gpx")
    for point in root.iter("wpt"):
        if not (written := text_in(point, "time")):
            gathered.lost[_NO_TIME] += 1
            continue
        title = text_in(point, "name", "desc", "cmt") or "Waypoint"
        place = _place(gathered, title, point.get("lat", ""), point.get("lon", ""))
        gathered.add(0, edtf_of(written), title, text_in(point, "desc", "cmt"), written=written, place=place)
    for track in (*root.iter("trk"), *root.iter("rte")):
        _add_track(gathered, track)
    if not gathered.events:
        raise CannotImport("no waypoint or track of this GPX has a time")
    return gathered.imported(text_in(root, "metadata/name", "name") or name)


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


def _add_track(gathered: Gathering, track: Element) -> None:
    points = [each for each in track.iter() if each.tag in ("trkpt", "rtept")]
    times = [edtf for point in points if (edtf := edtf_of(text_in(point, "time")))]
    if not times:
        gathered.lost["tracks without a time"] += 1
        return
    title = text_in(track, "name", "desc") or "Track"
    date = interval_between(times[0], times[-1]) or times[0]
    place = _place(gathered, f"Start of {title}", points[0].get("lat", ""), points[0].get("lon", ""))
    gathered.lost["points of tracks"] += len(points)
    gathered.add(0, date, title, text_in(track, "desc", "cmt"), place=place, kind="track")


def _place(gathered: Gathering, name: str, lat: str, lon: str) -> str:
    return gathered.place(name, lat, lon) if _is_number(lat) and _is_number(lon) else ""


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
