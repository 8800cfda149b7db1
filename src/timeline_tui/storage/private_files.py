"""Small files of this user alone: read with care, written whole or not at all, one program at a time."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from timeline_tui.errors import TimelineError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PATIENCE: Final = 1.0
"""Seconds to wait for another program that writes, which takes milliseconds."""


class Unusable(TimelineError):  # noqa: N818  reads as what it says
    """A file or its folder cannot be read or written; the text says why."""


def bytes_of(path: Path, most: int) -> bytes | None:
    """The bytes of a file of this user; None if there is none.

    Raises:
        Unusable: It cannot be read, is a link, is not this user's, or has more than `most` bytes.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise _unusable(error) from error
    try:
        with os.fdopen(descriptor, "rb") as file:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode) or (hasattr(os, "geteuid") and found.st_uid != os.geteuid()):
                raise Unusable("the file is not yours")
            data = file.read(most + 1)
    except OSError as error:
        raise _unusable(error) from error
    if len(data) > most:
        raise Unusable(f"the file has more than {most >> 20} MB")
    return data


class PrivateFolder:
    """A folder of small files, which need not exist.

    Args:
        path: An absolute path.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Lock the folder for a change: no other program changes it meanwhile.

        Raises:
            Unusable: It cannot be made or trusted, or another program holds it for too long.
        """
        from timeline_tui.storage.cache_folder import CacheFolder, NoCache  # noqa: PLC0415  not at the start

        try:
            with CacheFolder(self.path).changing(_PATIENCE):
                yield
        except (OSError, ValueError, NoCache) as error:
            raise _unusable(error) from error

    def put(self, name: str, data: bytes) -> None:
        """Write a file in one step; only while `changing()` the folder.

        Raises:
            Unusable: It cannot be written; the old file is as it was.
        """
        new = self.path / f"{name}.{os.urandom(8).hex()}.new"
        try:
            descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(descriptor)
                new.replace(self.path / name)
            finally:
                with suppress(OSError):
                    new.unlink(missing_ok=True)
        except (OSError, ValueError) as error:
            raise _unusable(error) from error

    def set_aside(self, name: str) -> str:
        """Give a file another name, which it returns; only while `changing()` the folder.

        Raises:
            Unusable: It cannot be renamed.
        """
        for number in range(1, 1000):
            other = f"{name}.broken-{number}"
            if not os.path.lexists(self.path / other):
                try:
                    (self.path / name).rename(self.path / other)
                except OSError as error:
                    raise _unusable(error) from error
                return other
        raise Unusable("too many broken files were set aside already")

    def keep_newest(self, suffix: str, most: int) -> None:
        """Remove the oldest files with a suffix beyond so many; only while `changing()` the folder."""
        with suppress(OSError):
            held = [path for path in self.path.iterdir() if path.name.endswith(suffix)]
            for path in sorted(held, key=_modified, reverse=True)[most:]:
                path.unlink(missing_ok=True)


def _modified(path: Path) -> int:
    try:
        return path.lstat().st_mtime_ns
    except OSError:
        return 0


def _unusable(error: Exception) -> Unusable:
    if isinstance(error, OSError):
        if error.errno == errno.ELOOP:
            return Unusable("the file is a link to another place")
        return Unusable((error.strerror or "it cannot be used").lower())
    return Unusable(str(error))
