"""What was seen of each timeline at the last visit, stored in the user's state folder as hashes only.

Each timeline has a file, named by a hash of the timeline's path. It has a checksum, then MessagePack: the
version, and the fingerprint of each event by the fingerprint of its id. No failure here is an error: what
cannot be read counts as never seen, what cannot be written is not remembered, and a notice says so.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from zlib import crc32

import msgspec

from timeline_tui.model.fingerprints import VERSION, id_fingerprint
from timeline_tui.storage.cache_folder import CacheFolder, NoCache
from timeline_tui.storage.visit_files import visit_name, visits_folder
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MOST_FILES: Final = 200
MOST_BYTES: Final = 256 << 20
"""The limit of all files together; enough for more than three million events."""

_OURS = re.compile(r"[0-9a-f]{32}\.visit")
_ON_ITS_WAY = re.compile(r"[0-9a-f]{32}\.visit\.[0-9a-f]{16}\.new")
_LEFT_BEHIND: Final = 3_600
"""Seconds after which an unfinished file was left by a killed program."""
_CHECKSUM: Final = 9
"""Bytes of the checksum, with the line feed after it."""


class _Kept(msgspec.Struct, array_like=True):
    version: int
    fingerprints: msgspec.Raw


class _UnfitError(Exception):
    """Stored data cannot be trusted, or data cannot be stored; the text says why."""


_KEPT = msgspec.msgpack.Decoder(_Kept)
_PRINTS = msgspec.msgpack.Decoder(dict[bytes, bytes])


@dataclass(frozen=True, eq=False)
class Seen(Mapping[bytes, bytes]):
    """What was seen at the last visit: the fingerprint of each event by the fingerprint of its id."""

    fingerprints: Mapping[bytes, bytes] = field(default_factory=dict)
    first: bool = False
    """Whether no earlier visit is known."""
    notice: str = ""
    """Why no earlier visit is known although there may have been one; on one line."""
    folder: str = ""
    """Where visits are stored, visible on one line; empty for standard input, which is never stored."""

    def __getitem__(self, name: bytes) -> bytes:
        return self.fingerprints[name]

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.fingerprints)

    def __len__(self) -> int:
        return len(self.fingerprints)


class Visits:
    """The visits stored in a folder, which need not exist.

    Args:
        folder: An absolute path.
        most_files: The number of timelines that are remembered, the most recently visited ones.
        most_bytes: The limit of all files together.
    """

    def __init__(self, folder: Path, most_files: int = MOST_FILES, most_bytes: int = MOST_BYTES) -> None:
        self._folder = CacheFolder(folder)
        self._most_files = most_files
        self._most_bytes = most_bytes

    @classmethod
    def of_user(cls) -> Visits:
        """The visits of this user."""
        # Without a home folder it is a relative one, which is never used.
        return cls(visits_folder())

    def read(self, path: Path) -> Seen:
        """What was seen of the timeline at `path` when it was last visited."""
        if str(path) == "-":
            return Seen(first=True)
        folder = one_line(str(self._folder.path))
        try:
            self._folder.check()
            fingerprints = _unpacked(self._data(self._folder.path / visit_name(path)))
        except FileNotFoundError:
            return Seen(first=True, folder=folder)
        except (OSError, ValueError, NoCache, _UnfitError) as error:
            notice = f"what changed since the last visit is unknown: {_reason(error)}"
            return Seen(first=True, notice=one_line(notice), folder=folder)
        return Seen(fingerprints, folder=folder)

    def write(self, path: Path, fingerprints: Iterable[tuple[str, bytes]]) -> str:
        """Remember the timeline at `path` as seen, completely or not at all.

        Args:
            path: The timeline's file; of standard input (`-`) nothing is remembered.
            fingerprints: The id and the print of each of its events, in the order of the file.

        Returns:
            On one line why it could not be remembered; empty where it could.
        """
        if str(path) == "-":
            return ""
        try:
            body = msgspec.msgpack.encode((VERSION, _by_id(fingerprints)))
            self._folder.make()
            name = visit_name(path)
            self._put(name, body)
        except (OSError, ValueError, NoCache, _UnfitError) as error:
            return one_line(f"this visit is not remembered: {_reason(error)}")
        with suppress(OSError):
            self._make_room(name)
        return ""

    def touch(self, path: Path) -> None:
        """Remember that the timeline at `path` was visited and has not changed."""
        with suppress(OSError, ValueError):
            os.utime(self._folder.path / visit_name(path), follow_symlinks=False)

    def _data(self, path: Path) -> bytes:
        """The bytes of a stored file.

        Raises:
            OSError: It cannot be read.
            _UnfitError: It is not a file that this program stored.
        """
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid():
                raise _UnfitError("the stored file is not yours")
            if found.st_size > self._most_bytes:
                raise _UnfitError("the stored file is damaged")
            return file.read(found.st_size)

    def _put(self, name: str, body: bytes) -> None:
        """Write a file to the folder in one step, so that two programs never write to the same file.

        Raises:
            OSError: It cannot be written.
            _UnfitError: It is too large.
        """
        if len(body) + _CHECKSUM > self._most_bytes:
            raise _UnfitError("it has too many events")
        new = self._folder.path / f"{name}.{os.urandom(8).hex()}.new"
        # An existing file or link of that name is not written through.
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.writelines((b"%08x\n" % crc32(body), body))
            new.replace(self._folder.path / name)
        finally:
            with suppress(OSError):
                new.unlink(missing_ok=True)

    def _make_room(self, own: str) -> None:
        """Remove the oldest files beyond the limits, and what killed programs left.

        Raises:
            OSError: The folder cannot be read.
        """
        held: list[tuple[bool, int, int, str]] = []
        for name in os.listdir(self._folder.path):  # noqa: PTH208  names are all that is asked for
            # Other programs may be taking things away.
            with suppress(OSError):
                about = (self._folder.path / name).lstat()
                if _OURS.fullmatch(name):
                    held.append((name == own, about.st_mtime_ns, about.st_size, name))
                elif _ON_ITS_WAY.fullmatch(name) and about.st_mtime < time.time() - _LEFT_BEHIND:
                    self._folder.remove(name)
        room = self._most_bytes
        for number, (_, _, size, name) in enumerate(sorted(held, reverse=True)):
            room -= size
            if number >= self._most_files or room < 0:
                self._folder.remove(name)


def distinct_id_fingerprints(ids: Iterable[str]) -> Iterator[bytes]:
    """The fingerprint of each id; where an id is repeated, each repetition has a fingerprint of its own."""
    met: dict[bytes, int] = {}
    for name in map(id_fingerprint, ids):
        times = met.get(name, 0)
        met[name] = times + 1
        yield repeated(name, times) if times else name


def repeated(name: bytes, times: int) -> bytes:
    """The fingerprint of an id for its repetition number `times`, from 1."""
    return id_fingerprint(f"{name.hex()} {times}")


def _by_id(fingerprints: Iterable[tuple[str, bytes]]) -> dict[bytes, bytes]:
    rows = list(fingerprints)
    return dict(
        zip(distinct_id_fingerprints(id_ for id_, _ in rows), (print_ for _, print_ in rows), strict=True)
    )


def _unpacked(data: bytes) -> dict[bytes, bytes]:
    """The fingerprints in a stored file.

    Raises:
        _UnfitError: It is damaged, or of another version.
    """
    body = memoryview(data)[_CHECKSUM:]
    if data[:_CHECKSUM] != b"%08x\n" % crc32(body):
        raise _UnfitError("the stored file is damaged")
    try:
        kept = _KEPT.decode(body)
        if kept.version != VERSION:
            raise _UnfitError("the stored file is from another version of this program")
        return _PRINTS.decode(kept.fingerprints)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise _UnfitError("the stored file is damaged") from error


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        if error.errno == errno.ELOOP:
            return "the stored file is a link to another place"
        return (error.strerror or "the folder cannot be used").lower()
    return str(error)
