"""The coasts: small, quick to read, without borders, the same as what was packed."""

from __future__ import annotations

from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.drawing import coasts as module
from timeline_tui.drawing.coasts import COASTS, LEVELS, UNIT, Packed, coasts, packed

if TYPE_CHECKING:
    from pathlib import Path

lines = st.lists(
    st.lists(
        st.builds(
            Packed,
            st.integers(-9000, 9000),
            st.integers(-4500, 4500),
            st.integers(0, len(LEVELS) - 1),
        ),
        min_size=2,
        max_size=100,
    ),
    min_size=1,
    max_size=5,
)


@pytest.fixture
def emptied() -> None:
    coasts.cache_clear()
    module._lines.cache_clear()


@given(lines)
def test_what_was_packed_is_read_again_in_each_level(found: list[list[Packed]]) -> None:
    import tempfile  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        file = Path(folder) / "coasts.bin"
        file.write_bytes(packed(found))
        patch.setattr(module, "COASTS", file)
        for level in range(len(LEVELS)):
            coasts.cache_clear()
            module._lines.cache_clear()
            kept = [[point for point in line if point.level <= level] for line in found]
            ends = [(line[0], line[-1]) for line in kept if len(line) > 1]
            read = coasts(level)
            assert sum(len(piece.across) - 1 for piece in read) == sum(len(line) - 1 for line in kept if line)
            starts = {(piece.across[0], piece.up[0]) for piece in read}
            assert {(first.across * UNIT, first.up * UNIT) for first, _ in ends} <= starts
            for piece in read:
                assert piece.west == min(piece.across)
                assert piece.north == max(piece.up)
    coasts.cache_clear()
    module._lines.cache_clear()


def test_the_file_is_small_and_its_licence_lies_beside_it() -> None:
    assert COASTS.stat().st_size < 80_000
    licence = COASTS.with_suffix(".LICENCE.txt").read_text(encoding="utf-8")
    assert "Natural Earth" in licence
    assert "ISC" in licence


@pytest.mark.parametrize("level", range(len(LEVELS)))
def test_every_level_covers_the_world_and_lies_within_it(level: int) -> None:
    pieces = coasts(level)
    assert min(piece.west for piece in pieces) < -170
    assert max(piece.east for piece in pieces) > 170
    assert all(-180 <= piece.west <= piece.east <= 180 for piece in pieces)
    assert all(-90 <= piece.south <= piece.north <= 90 for piece in pieces)


def test_a_finer_level_has_more_points() -> None:
    counts = [sum(len(piece.across) for piece in coasts(level)) for level in range(len(LEVELS))]
    assert counts == sorted(counts)
    assert counts[0] < 2_000


def near(lat: float, lon: float, within: float) -> bool:
    """Whether a coast of the finest level passes a place."""
    return any(
        hypot(east - lon, north - lat) < within
        for piece in coasts(len(LEVELS) - 1)
        for east, north in zip(piece.across, piece.up, strict=True)
    )


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(43.11, 131.88), (40.7, -74.0), (-33.9, 18.4), (37.6, 50.0), (53.0, 158.7), (53.5, 108.0)],
    ids=["Vladivostok", "New York", "Cape Town", "the Caspian Sea", "Kamchatka", "Lake Baikal"],
)
def test_places_at_the_sea_or_at_a_lake_have_a_coast_near_them(lat: float, lon: float) -> None:
    assert near(lat, lon, 0.6)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(49.0, -97.2), (35.1, 41.0), (50.3, 87.5), (25.0, 0.0), (48.1, 39.9), (32.2, 35.55)],
    ids=["49° north", "Iraq", "Altai", "Sahara", "Donbas", "the Jordan"],
)
def test_far_from_the_sea_there_are_no_lines_as_borders_are_left_out(lat: float, lon: float) -> None:
    assert not near(lat, lon, 0.1)


def test_no_line_runs_along_180_degrees_or_jumps_around_the_world() -> None:
    for level in range(len(LEVELS)):
        for piece in coasts(level):
            for (west, east), (south, north) in zip(pairwise(piece.across), pairwise(piece.up), strict=True):
                assert abs(west - east) < 60
                assert not (min(abs(west), abs(east)) > 179.98 and abs(south - north) > 0.5)


def test_reading_the_file_is_lazy(emptied: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.setattr(module, "COASTS", tmp_path / "missing.bin")
    with pytest.raises(FileNotFoundError):
        coasts(0)
