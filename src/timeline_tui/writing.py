"""Writing a file: whole or not at all, whatever happens meanwhile."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from timeline_tui.problems import TimelineError
from timeline_tui.text import one_line

_NEW = 0o666
"""The mode of a new file, before the user's mask is taken from it."""
_REASONS = {
    errno.EACCES: "there is no permission to write there",
    errno.EPERM: "there is no permission to write there",
    errno.ENOTDIR: "a part of its path is not a folder",
    errno.EISDIR: "it is a folder, not a file",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "there is no space left for this user on the disk",
    errno.EROFS: "the disk can only be read",
    errno.EFBIG: "it would be too large for this disk",
    errno.ELOOP: "its links go round in a circle",
    errno.ENAMETOOLONG: "its name is too long",
}
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES}
"""What `os.link` says on a disk that knows no second names."""


def write_whole(path: Path, text: str | bytes, *, replace: bool) -> None:
    """Write a file, so that at every moment there is the old one or the new one, never half of one.

    A link is followed, and what it leads to is written. The new file has the mode of the old one and, as
    far as the user may, its group and owner; other hard links to the old one keep the old text.

    Args:
        path: The file; its folder must be there.
        text: What is to be in it; text is written as UTF-8, its line ends as they are.
        replace: Whether a file that is there already is written anew. If not, it is left as it is, even one
            that comes into being while this is running.

    Raises:
        TimelineError: It cannot be written; then nothing has changed.
    """
    try:
        data = text if isinstance(text, bytes) else text.encode()
        target, old = _target(path, replace=replace)
        _write(target, data, old)
    except FileExistsError:
        raise TimelineError(one_line(f"{path} exists already; it is left as it is")) from None
    except UnicodeEncodeError:
        raise _error(path, "it would hold half a character, which is no text") from None
    except ValueError:
        raise _error(path, "its name cannot be that of a file") from None
    except OSError as error:
        raise _error(path, _reason(error, path)) from error


def _target(path: Path, *, replace: bool) -> tuple[Path, os.stat_result | None]:
    """The real file that is to be written, and what is there now if it is to be replaced."""
    if not replace:
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        return Path(os.path.realpath(path.parent, strict=True)) / path.name, None
    target = Path(os.path.realpath(path))
    try:
        # Through the name that was given: a circle of links cannot be resolved.
        old = path.stat()
    except FileNotFoundError:
        os.path.realpath(target.parent, strict=True)
        return target, None
    if stat.S_ISDIR(old.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(old.st_mode):
        raise _error(path, "it is a device or a pipe, not a file")
    if not os.access(target, os.W_OK):
        raise _error(path, "it may only be read")
    return target, old


def _write(target: Path, data: bytes, old: os.stat_result | None) -> None:
    """Put `data` at `target`, in place of `old`; where there is no `old`, only if there is nothing yet.

    Raises:
        FileExistsError: There is something by now.
    """
    # A name that nobody can guess, and O_EXCL: no link planted in its place is followed.
    temporary = target.parent / f".timeline-tui-{secrets.token_hex(8)}"
    # What the old file hides is at no moment open to others.
    mode = stat.S_IRUSR | stat.S_IWUSR if old else _NEW
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            if old:
                _make_like(descriptor, old)
            os.fsync(descriptor)
        if old:
            temporary.replace(target)
        else:
            _publish(temporary, target)
        _settle(target.parent)
    finally:
        with suppress(OSError):
            temporary.unlink()


def _make_like(descriptor: int, old: os.stat_result) -> None:
    """Give an open file the owner, as far as one may, and the mode of another."""
    for owner, group in ((-1, old.st_gid), (old.st_uid, -1)):
        with suppress(OSError):
            os.fchown(descriptor, owner, group)
    mode = stat.S_IMODE(old.st_mode)
    if os.fstat(descriptor).st_gid != old.st_gid:
        # To another group it is what it was to everybody.
        mode = mode & ~stat.S_IRWXG | (mode & stat.S_IRWXO) << 3 & mode
    os.fchmod(descriptor, mode)


def _publish(temporary: Path, target: Path) -> None:
    """Give a file the name `target`, which must be free."""
    try:
        target.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # Taking the name first is as free of races; only for a moment the file is empty.
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _NEW))
        temporary.replace(target)


def _settle(folder: Path) -> None:
    """See to it that the new name outlives a loss of power, on disks that can promise it."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _reason(error: OSError, path: Path) -> str:
    if error.errno == errno.ENOENT:
        return f"there is no folder {path.parent}"
    return _REASONS.get(error.errno or 0) or (error.strerror or "unknown reason").lower()


def _error(path: Path, reason: str) -> TimelineError:
    return TimelineError(one_line(f"{path} cannot be written: {reason}"))
