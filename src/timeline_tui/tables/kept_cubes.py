"""Cubes kept in the cache, each for one table as it was and one meaning of its columns."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import msgspec

from timeline_tui.storage.cache_setting import cache_setting
from timeline_tui.storage.private_files import PrivateFolder, Unusable, bytes_of
from timeline_tui.storage.program_version import program_version
from timeline_tui.tables.cube import Counted, Cube

if TYPE_CHECKING:
    from timeline_tui.tables.address import TableAddress
    from timeline_tui.tables.table import Description

_SUFFIX: Final = ".cube"
_MOST: Final = 20
"""Cubes that are kept."""
_LARGEST: Final = 200_000_000
"""Bytes."""


class _File(msgspec.Struct, array_like=True):
    stamp: str
    left_out: int
    cube: bytes
    known: bytes
    """Empty without a column for that."""


class KeptCubes:
    """The cube of a table in the cache.

    Args:
        address: Of the table; its password is no part of what is kept.
        described: What its columns are taken for.
    """

    def __init__(self, address: TableAddress, described: Description) -> None:
        setting = cache_setting()
        self._is_on = bool(setting.bound) and setting.path.is_absolute()
        self._folder = PrivateFolder(setting.path / "cubes")
        meaning = (address.engine, address.shown, described.roles, described.facets, program_version())
        self._name = sha256(repr(meaning).encode("utf-8", "replace")).hexdigest()[:40] + _SUFFIX

    def find(self, stamp: str) -> Counted | None:
        """What was counted, if the table still has a stamp; else None."""
        if not self._is_on:
            return None
        with suppress(Unusable, msgspec.MsgspecError):
            data = bytes_of(self._folder.path / self._name, _LARGEST)
            kept = msgspec.msgpack.decode(data, type=_File) if data else None
            if kept is not None and kept.stamp == stamp and (cube := Cube.unpacked(kept.cube)):
                known = Cube.unpacked(kept.known) if kept.known else None
                return Counted(cube, kept.left_out, known) if known or not kept.known else None
        return None

    def keep(self, stamp: str, counted: Counted) -> None:
        """Keep what was counted, as far as that is possible."""
        known = b"" if counted.known is None else counted.known.packed()
        data = msgspec.msgpack.encode(_File(stamp, counted.left_out, counted.cube.packed(), known))
        if self._is_on and len(data) <= _LARGEST:
            with suppress(Unusable), self._folder.changing():
                self._folder.put(self._name, data)
                self._folder.keep_newest(_SUFFIX, _MOST)
