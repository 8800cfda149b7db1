"""The first picture of the screen, kept for the next start with the same file under the same conditions.

A picture is kept as cells, never as output for a terminal. It is as private as the cache and lies in its
folder. No failure here is an error: what cannot be read or trusted counts as no picture.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline_tui.storage.private_files import PrivateFolder, Unusable, bytes_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MOST_FILES: Final = 50
"""Pictures that are kept; the ones used longest ago go first."""
MOST_BYTES: Final = 1 << 20
"""A larger file is no picture."""
MOST_CELLS: Final = 100_000
"""A screen with more cells is not kept."""

_ENVIRONMENT: Final = ("TERM", "COLORTERM", "COLORFGBG", "NO_COLOR", "FORCE_COLOR", "LANG", "LC_ALL", "TZ")
"""The variables that a picture may depend on, besides those that begin with `TEXTUAL`."""
_FOLDER: Final = "pictures"
_SUFFIX: Final = ".picture"
_DIGEST: Final = 32


class Style(NamedTuple):
    """How a piece is painted."""

    text: tuple[int, ...] = ()
    """Its colour: a number of the palette, or red, green and blue; empty for the terminal's own."""
    background: tuple[int, ...] = ()
    looks: int = 0
    """The sum of `LOOKS`."""


LOOKS: Final = {"bold": 1, "dim": 2, "italic": 4, "underline": 8, "reverse": 16, "strike": 32}
"""The looks of a text, each a bit."""


class Piece(NamedTuple):
    """A text in one style, and the column that it begins at, from 0."""

    column: int
    text: str
    style: int
    """Its place in the styles of the picture."""


class Picture(NamedTuple):
    """A whole screen."""

    width: int
    height: int
    styles: tuple[Style, ...]
    rows: tuple[tuple[Piece, ...], ...]


class Conditions(NamedTuple):
    """What a picture depends on. Both texts are hashes."""

    name: str
    """Of the file and the options: there is one picture for each."""
    state: str
    """Of everything else: if that differs, the picture is not shown."""


def conditions(
    file: object, options: object, size: tuple[int, int], environment: Mapping[str, str], others: object
) -> Conditions:
    """The conditions of a picture.

    Args:
        file: The path of the file.
        options: What was typed after the name of the program.
        size: Columns and lines of the terminal.
        environment: The variables.
        others: The stamp of the file, the settings, the day, the version of the program and so on: anything
            whose `repr` tells one state from another.
    """
    variables = sorted(
        (name, value)
        for name, value in environment.items()
        if name in _ENVIRONMENT or name.startswith("TEXTUAL")
    )
    return Conditions(_hash((file, options)), _hash((size, variables, others)))


class KeptPictures:
    """The pictures in a folder, which need not exist.

    Args:
        cache: The folder of the cache, an absolute path; None to keep nothing.
    """

    def __init__(self, cache: Path | None) -> None:
        self._cache = cache

    def read(self, wanted: Conditions) -> Picture | None:
        """The picture that was kept under these conditions; None if there is none that can be trusted."""
        if self._cache is None:
            return None
        try:
            if not all(map(_is_private, (self._cache, self._cache / _FOLDER))):
                return None
            data = bytes_of(self._cache / _FOLDER / _file(wanted), MOST_BYTES)
        except (OSError, ValueError, Unusable):
            return None
        state, _, body = (data or b"").partition(b"\n")
        if state.decode("ascii", "replace") != f"{wanted.state}{_digest(body)}":
            return None
        return _picture(body)

    def write(self, kept: Conditions, picture: Picture) -> None:
        """Keep a picture, in the place of the one kept before for the same file and options."""
        if self._cache is None or picture.width * picture.height > MOST_CELLS:
            return
        body = json.dumps(picture, separators=(",", ":")).encode()
        folder = PrivateFolder(self._cache / _FOLDER)
        with suppress(Unusable):
            if len(body) < MOST_BYTES and self._is_usable():
                with folder.changing():
                    folder.put(_file(kept), f"{kept.state}{_digest(body)}\n".encode() + body)
                    folder.keep_newest(_SUFFIX, MOST_FILES)

    def _is_usable(self) -> bool:
        """Whether the folder of the cache, which is made if need be, is this user's alone."""
        from timeline_tui.storage.cache_folder import CacheFolder, NoCache  # noqa: PLC0415  not at the start

        if self._cache is None:
            return False
        try:
            CacheFolder(self._cache).make()
        except (OSError, NoCache):
            return False
        return True


def _file(kept: Conditions) -> str:
    return f"{kept.name}{_SUFFIX}"


def _is_private(folder: Path) -> bool:
    """Whether a folder is one of this user that nobody else can write to or look into."""
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o077


def _picture(body: bytes) -> Picture | None:
    """The picture in a file's body; None if it is none."""
    try:
        width, height, styles, rows = json.loads(body)
        picture = Picture(
            int(width),
            int(height),
            tuple(Style(_colour(text), _colour(back), int(looks)) for text, back, looks in styles),
            tuple(tuple(Piece(int(at), str(text), int(style)) for at, text, style in row) for row in rows),
        )
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None
    pieces = [piece for row in picture.rows for piece in row]
    fits = len(picture.rows) == picture.height and 0 < picture.width * picture.height <= MOST_CELLS
    known = all(
        0 <= piece.style < len(picture.styles) and 0 <= piece.column < picture.width for piece in pieces
    )
    return picture if fits and known and all(piece.text.isprintable() for piece in pieces) else None


def _colour(values: list[int]) -> tuple[int, ...]:
    """A colour.

    Raises:
        ValueError: It is none.
    """
    colour = tuple(map(int, values))
    if len(colour) not in (0, 1, 3) or not all(0 <= value < 256 for value in colour):
        raise ValueError(values)
    return colour


def _hash(what: object) -> str:
    return _digest(repr(what).encode("utf-8", "surrogatepass"))


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=_DIGEST // 2).hexdigest()
