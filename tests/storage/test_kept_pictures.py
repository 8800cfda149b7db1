"""Pictures that are kept: they come back as they were, or not at all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from timeline_tui.storage.kept_pictures import (
    LOOKS,
    MOST_FILES,
    Conditions,
    KeptPictures,
    Picture,
    Piece,
    Style,
    _picture,
    conditions,
)

if TYPE_CHECKING:
    from pathlib import Path

HERE = Conditions("a" * 32, "b" * 32)
PICTURE = Picture(
    9,
    2,
    (Style(), Style((255, 0, 10), (7,), LOOKS["bold"] | LOOKS["strike"])),
    ((Piece(0, "Choe", 0), Piece(4, " né’Ж", 1)), (Piece(0, "二二", 1),)),
)
ENVIRONMENT = {"TERM": "xterm", "COLORTERM": "truecolor", "TEXTUAL_FPS": "60", "EDITOR": "vi"}


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def kept_file(cache: Path) -> Path:
    (found,) = (cache / "pictures").glob("*.picture")
    return found


def test_a_picture_comes_back_as_it_was(cache: Path) -> None:
    KeptPictures(cache).write(HERE, PICTURE)
    assert KeptPictures(cache).read(HERE) == PICTURE


def test_there_is_one_picture_for_each_file_and_only_under_its_conditions(cache: Path) -> None:
    pictures = KeptPictures(cache)
    pictures.write(HERE, PICTURE)
    changed = HERE._replace(state="c" * 32)
    assert pictures.read(changed) is None
    pictures.write(changed, PICTURE)
    assert pictures.read(HERE) is None
    assert pictures.read(changed) == PICTURE
    kept_file(cache)


def test_nobody_else_can_read_a_picture(cache: Path) -> None:
    KeptPictures(cache).write(HERE, PICTURE)
    assert kept_file(cache).stat().st_mode & 0o077 == 0
    assert kept_file(cache).parent.stat().st_mode & 0o077 == 0


def test_a_folder_that_others_can_write_to_is_not_trusted(cache: Path) -> None:
    KeptPictures(cache).write(HERE, PICTURE)
    (cache / "pictures").chmod(0o777)
    assert KeptPictures(cache).read(HERE) is None


def test_a_picture_that_is_a_link_is_not_trusted(cache: Path, tmp_path: Path) -> None:
    KeptPictures(cache).write(HERE, PICTURE)
    elsewhere = tmp_path / "elsewhere"
    kept_file(cache).rename(elsewhere)
    (cache / "pictures" / f"{HERE.name}.picture").symlink_to(elsewhere)
    assert KeptPictures(cache).read(HERE) is None


def test_without_a_cache_nothing_is_kept(tmp_path: Path) -> None:
    pictures = KeptPictures(None)
    pictures.write(HERE, PICTURE)
    assert pictures.read(HERE) is None
    assert list(tmp_path.iterdir()) == []


def test_the_oldest_pictures_make_room(cache: Path) -> None:
    pictures = KeptPictures(cache)
    for number in range(MOST_FILES + 3):
        at = HERE._replace(name=f"{number:032}")
        pictures.write(at, PICTURE)
        os.utime(cache / "pictures" / f"{at.name}.picture", (number, number))
    names = sorted(int(path.stem) for path in (cache / "pictures").glob("*.picture"))
    assert names == list(range(3, MOST_FILES + 3))


@examples(300)
@given(st.data())
def test_a_damaged_picture_is_not_shown(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    cache = tmp_path_factory.mktemp("cache") / "cache"
    KeptPictures(cache).write(HERE, PICTURE)
    whole = kept_file(cache).read_bytes()
    cut = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != whole[cut]))
    for damaged in (whole[:cut], whole[:cut] + bytes([byte]) + whole[cut + 1 :]):
        kept_file(cache).write_bytes(damaged)
        assert KeptPictures(cache).read(HERE) is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b'[9,1,[],[[[0,"a",0]]]]',
        b'[9,1,[[[],[],0]],[[[9,"a",0]]]]',
        b'[9,1,[[[],[],0]],[[[0,"\\u001b[2J",0]]]]',
        b'[9,1,[[[],[],0]],[[[0,"\\u202e",0]]]]',
        b'[9,2,[[[],[],0]],[[[0,"a",0]]]]',
        b'[9,1,[[[256],[],0]],[[[0,"a",0]]]]',
        b'[9,1,[[[1,2],[],0]],[[[0,"a",0]]]]',
        b"[1e400,1,[[[],[],0]],[[]]]",
        b"[" * 100_000,
    ],
)
def test_what_is_no_picture_is_not_shown_even_with_a_right_checksum(body: bytes) -> None:
    assert _picture(body) is None


def test_what_the_picture_depends_on_changes_its_conditions() -> None:
    base = conditions("a.yaml", (), (120, 36), ENVIRONMENT, (1, 2))
    assert conditions("a.yaml", (), (120, 36), {**ENVIRONMENT, "EDITOR": "nano"}, (1, 2)) == base
    others = [
        conditions("a.yaml", (), (119, 36), ENVIRONMENT, (1, 2)),
        conditions("a.yaml", (), (120, 36), {**ENVIRONMENT, "NO_COLOR": "1"}, (1, 2)),
        conditions("a.yaml", (), (120, 36), {**ENVIRONMENT, "TEXTUAL_FPS": "30"}, (1, 2)),
        conditions("a.yaml", (), (120, 36), ENVIRONMENT, (1, 3)),
    ]
    assert all(other.name == base.name and other.state != base.state for other in others)
    assert conditions("b.yaml", (), (120, 36), ENVIRONMENT, (1, 2)).name != base.name
    assert conditions("a.yaml", ("kind:vote",), (120, 36), ENVIRONMENT, (1, 2)).name != base.name
