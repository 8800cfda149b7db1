"""The map of a table: cells of the world with counted rows, as fine as the map in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("duckdb")
pytest.importorskip("sqlglot")

import duckdb
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.errors import UsageError
from timeline_tui.pictures.map_counted import MOST_CELLS, CountedPlaces, grid_of, places_of
from timeline_tui.pictures.map_picture import map_picture, whole_map
from timeline_tui.pictures.map_shown import MapShown, following, next_place, panned, zoomed
from timeline_tui.pictures.map_window import MapSize, MapWindow, widest
from timeline_tui.pictures.picture import why_not_drawn
from timeline_tui.query import parse_query
from timeline_tui.tables.address import TableAddress
from timeline_tui.tables.table import opened
from timeline_tui.tables.view import TableView

if TYPE_CHECKING:
    from pathlib import Path

    from timeline_tui.mapping.columns import Role
    from timeline_tui.pictures.map_places import MapPlaces

SIZE = MapSize(90, 30)
ROWS = (
    "SELECT i AS id, DATE '2024-01-01' + CAST(i AS INT) AS day, ['Kyiv', 'Lviv', 'Suva'][i % 3 + 1] AS city,"
    " CASE WHEN i % 10 = 0 THEN NULL ELSE [50.45, 49.84, -18.14][i % 3 + 1] + (i % 7) / 100.0 END"
    " AS latitude, [30.52, 24.03, 178.44][i % 3 + 1] AS longitude,"
    " ['claimed', 'confirmed'][i % 2 + 1] AS status,"
    " 'Event ' || i AS title FROM range(300) t(i)"
)


def view_of(folder: Path, rows: str = ROWS, chosen: dict[Role, str] | None = None) -> TableView:
    found = duckdb.sql(rows)
    assert found is not None
    found.write_parquet(str(folder / "rows.parquet"))
    return TableView(opened(TableAddress("duckdb", str(folder / "rows.parquet")), chosen))


@pytest.fixture
def view(tmp_path: Path) -> TableView:
    return view_of(tmp_path)


def counted(view: TableView, window: MapWindow | None = None) -> MapPlaces:
    return places_of(view, window, SIZE)


def test_rows_on_the_map_and_rows_without_coordinates_are_all_rows(view: TableView) -> None:
    places = counted(view)
    assert places.on_map == sum(spot.events for spot in places.spots) == 270
    assert [(each.name, each.events) for each in places.unplaced] == [("no coordinates", 30)]
    assert {spot.name for spot in places.spots} == {"Kyiv", "Lviv", "Suva"}
    assert sum(spot.doubtful for spot in places.spots) == 120
    text = "\n".join(line.text for line in whole_map(view, 100).lines)
    assert "Suva" in text
    assert "Not on the map: no coordinates 30" in text


def test_a_cell_leads_to_its_rows_whatever_the_filter(view: TableView) -> None:
    for query in ("", "status:claimed", "at:40..60,20..40", "kind:x or"):
        some = view.with_query(parse_query(query, view.vocabulary).query)
        for spot in counted(some).spots[:3]:
            target = counted(some).target(spot.id).id
            assert some.with_query(parse_query(target, view.vocabulary).query).count == spot.events


def test_zooming_in_tells_rows_apart_that_were_one_place(view: TableView) -> None:
    far, near = counted(view), counted(view, MapWindow(50.47, 30.52, 0.0005))
    kyiv = [spot for spot in far.spots if spot.name == "Kyiv"]
    assert len([spot for spot in near.spots if spot.name == "Kyiv"]) > len(kyiv)
    assert near.on_map == far.on_map
    assert {spot.name for spot in near.spots} == {"Kyiv"}


def test_the_selected_cell_is_kept_when_the_cells_get_smaller(view: TableView) -> None:
    far = counted(view)
    number = next(at for at, spot in enumerate(far.spots) if spot.name == "Suva")
    shown = MapShown(place=far.spots[number].id)
    closer = zoomed(far, shown, 1, SIZE, number)
    near = counted(view, closer.window)
    assert near.spots[near.number_of(closer.place, 0)].name == "Suva"
    assert "Suva" in map_picture(near, closer, 0, 100, 30).note


def test_keys_go_from_cell_to_cell_and_select_no_row(view: TableView) -> None:
    places = counted(view)
    assert isinstance(places, CountedPlaces)
    number = next(at for at, spot in enumerate(places.spots) if spot.name == "Kyiv")
    west = next_place(places, number, "left")
    assert places.spots[west].name == "Lviv"
    assert places.nearest(west, 5, 0) == places.along(west, 5, 1) == 5
    assert not places.moves("Ann")
    shown = following(places, panned(places, MapShown(place=places.spots[west].id), 1, 0, SIZE), 5, SIZE)
    assert shown.window is not None
    assert shown.window.cell(places.spots[west].lat, places.spots[west].lon, SIZE)


def test_the_map_stands_still_while_the_clock_goes_on(view: TableView) -> None:
    first = view.table.whole.days.days[0]
    assert counted(view.known_by(first + 9)).frame == counted(view).frame


def test_a_table_without_coordinates_says_what_a_map_needs(tmp_path: Path) -> None:
    view = view_of(tmp_path, ROWS.replace("AS longitude", "AS east"))
    assert "--map lat=COLUMN --map lon=COLUMN" in why_not_drawn(view, "map")
    assert parse_query("at:48..49,30..31", view.vocabulary).problems
    assert not why_not_drawn(view_of(tmp_path, ROWS), "map")
    assert not why_not_drawn(view_of(tmp_path, ROWS.replace("AS longitude", "AS e"), {"lon": "e"}), "map")
    with pytest.raises(UsageError, match="lat=title: this column holds no degrees"):
        view_of(tmp_path, ROWS, {"lat": "title"})


def test_what_is_not_a_number_is_no_coordinate(tmp_path: Path) -> None:
    view = view_of(tmp_path, ROWS.replace("THEN NULL", "THEN CAST('nan' AS DOUBLE)"))
    assert counted(view).on_map == 270


@given(
    st.floats(-90, 90),
    st.floats(-180, 180, exclude_max=True),
    st.floats(0.0002, 5),
    st.integers(1, 400),
    st.integers(1, 120),
)
def test_a_grid_has_few_cells_and_covers_all_that_is_in_sight(
    lat: float, lon: float, step: float, width: int, height: int
) -> None:
    size = MapSize(width, height)
    window = MapWindow(lat, lon, min(step, widest(size))).within(size)
    grid = grid_of(window, size)
    area = grid.area
    high, wide = 2.0**grid.high, 2.0**grid.wide
    assert area is not None
    across = area.east - area.west + 360 * (area.east < area.west)
    assert (area.north - area.south) / high * across / wide <= MOST_CELLS
    for line in range(height):
        for cell in (0, width // 2, width - 1):
            assert area.has(*window.place(line, cell, size))
