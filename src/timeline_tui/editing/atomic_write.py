"""Writing a file: whole or not at all, whatever happens meanwhile, and never over what was not read.

Who writes to a file that is there holds a lock on the file itself, so nothing lies beside it and the lock
goes with the process. As each writing puts another file at the name, a lock counts only while the name still
leads to what is locked. Editors know no such lock: right before the new file takes the name, what is there
is compared with what was read.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.errors import TimelineError
from timeline_tui.reading.open_file import BeingWritten, read_bytes
from timeline_tui.storage.file_stamps import checksum, checksum_of, sight
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


_PATIENCE = 20.0
"""Seconds to wait for any one program that holds a lock."""
_QUIET = 0.2
"""Seconds without a change after which an editor that saves is taken to be done."""
_MOST_GLANCES = 10
_MOST_TRIES = 20
_NO_LOCKS = {errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL, errno.EIO}
"""What a lock is refused with on a disk that knows none."""


class Changed(TimelineError):  # noqa: N818  reads as what it says
    """A file is not what it was when it was read; nothing was written to it."""


class Rewritten(NamedTuple):
    """A file before and after it was changed."""

    old: bytes
    new: bytes


def write_whole(path: Path, text: str | bytes, *, replace: bool, version: str | None = None) -> None:
    """Write a file, so that at every moment there is the old one or the new one, never half of one.

    A link is followed, and what it leads to is written. The new file has the mode of the old one and, as
    far as the user may, its group and owner; other hard links to the old one keep the old text.

    Args:
        path: The file; its folder must be there.
        text: What is to be in it; text is written as UTF-8, its line ends as they are.
        replace: Whether a file that is there already is written anew. If not, it is left as it is, even one
            that comes into being while this is running.
        version: What `version_of()` said of the file that may be replaced; None for whatever is there.

    Raises:
        Changed: It is not of that version any more; nothing has changed.
        TimelineError: It cannot be written; then nothing has changed.
    """
    with _told_in_words(path):
        data = text if isinstance(text, bytes) else text.encode()
        if not replace:
            _write(_free(path), data, None)
            return
        with _held(path) as (target, old):
            if old is None and version:
                raise _changed(path)
            _write(target, data, old, lambda: version is None or _is_still(path, target, version))


def version_of(path: Path) -> str:
    """What a file that may be replaced is known by as it is now; empty where there is none.

    Raises:
        TimelineError: It is no file, or one that cannot be written.
    """
    with _told_in_words(path):
        target, old = _target(path)
        return checksum(target) if old else ""


def check_writable(path: Path) -> None:
    """See that a file that is there can be replaced, as far as that can be told before.

    Raises:
        TimelineError: It cannot; the text says why.
    """
    with _told_in_words(path):
        target, _ = _target(path)
        if not os.access(target.parent, os.W_OK | os.X_OK):
            raise _error(path, _REASONS[errno.EACCES])


def rewrite(path: Path, change: Callable[[bytes], bytes]) -> Rewritten:
    """Change a file, one program at a time, and never write over what another has saved meanwhile.

    Args:
        path: The file; a link is followed.
        change: Makes the new content of the old. If the file is changed while it does so, it is asked again,
            for what is there then.

    Returns:
        What was in the file, and what is; both the same where nothing had to be written.

    Raises:
        CannotRead: It cannot be read.
        TimelineError: It cannot be written, or is held or changed by other programs without an end; nothing
            has changed. Also whatever `change` raises.
    """
    if str(path) == "-":
        raise TimelineError("standard input cannot be changed; give the name of a file")
    for _ in range(_MOST_TRIES):
        try:
            return _rewritten(path, change)
        except (Changed, BeingWritten):
            _wait_for_quiet(path)
    raise _error(path, "other programs change it again and again")


def _rewritten(path: Path, change: Callable[[bytes], bytes]) -> Rewritten:
    with _told_in_words(path), _held(path) as (target, old):
        data = bytes(read_bytes(path))
        version = checksum_of(data)
        try:
            new = change(data)
        except TimelineError:
            # An editor may have been in the midst of saving it.
            if not _is_still(path, target, version):
                raise _changed(path) from None
            raise
        if new != data and old:
            _write(target, new, old, lambda: _is_still(path, target, version))
    return Rewritten(data, new)


def _wait_for_quiet(path: Path) -> None:
    """Wait until a file has stayed the same for a moment: an editor may write it in several steps."""
    before = None
    for _ in range(_MOST_GLANCES):
        now = sight(path)
        if now is not None and before is not None and now.same(before):
            return
        before = now
        time.sleep(_QUIET)


@contextmanager
def _told_in_words(path: Path) -> Iterator[None]:
    """Turn what the system says of a file that is written into an error in words."""
    try:
        yield
    except FileExistsError:
        raise TimelineError(one_line(f"{path} exists already; it is left as it is")) from None
    except UnicodeEncodeError:
        raise _error(path, "it would hold half a character, which is no text") from None
    except ValueError:
        raise _error(path, "its name cannot be that of a file") from None
    except OSError as error:
        raise _error(path, _reason(error, path)) from error


def _free(path: Path) -> Path:
    """The real name for a file that is not there yet."""
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    return Path(os.path.realpath(path.parent, strict=True)) / path.name


def _target(path: Path) -> tuple[Path, os.stat_result | None]:
    """The real file that is to be replaced, and what is there now, if anything."""
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


@contextmanager
def _held(path: Path) -> Iterator[tuple[Path, os.stat_result | None]]:
    """The real file that is to be replaced, and what is there, held against other programs of this make."""
    deadline = time.monotonic() + _PATIENCE
    last: tuple[int, int] | None = None
    while True:
        target, old = _target(path)
        if old is None:
            yield target, None
            return
        if _identity(old) != last:
            # Another program has come to its end.
            last, deadline = _identity(old), time.monotonic() + _PATIENCE
        if (lock := _locked(target, old)) is not None:
            try:
                yield target, old
                return
            finally:
                os.close(lock)
        if time.monotonic() > deadline:
            raise _error(path, "another program holds a lock on it; try again when that has ended")
        time.sleep(0.005)


def _locked(target: Path, old: os.stat_result) -> int | None:
    """A descriptor that holds the lock on a file; None if another program has it, or the file is another."""
    try:
        import fcntl  # noqa: PLC0415  not there on every system
    except ImportError:
        return os.open(target, os.O_RDONLY)
    # Some networks' file systems lock only what is open for writing.
    descriptor = os.open(target, os.O_RDWR | os.O_NONBLOCK)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            os.close(descriptor)
            raise
    now = None
    with suppress(OSError):
        now = target.stat()
    if now is not None and _identity(now) == _identity(old) == _identity(os.fstat(descriptor)):
        return descriptor
    os.close(descriptor)
    return None


def _identity(about: os.stat_result) -> tuple[int, int]:
    return about.st_dev, about.st_ino


def _is_still(path: Path, target: Path, version: str) -> bool:
    """Whether a name leads where it led, and the file there is what it was."""
    if os.path.realpath(path) != str(target):
        return False
    try:
        return checksum(target) == version
    except FileNotFoundError:
        return not version


def _write(
    target: Path, data: bytes, old: os.stat_result | None, may_replace: Callable[[], bool] = lambda: True
) -> None:
    """Put `data` at `target`, in place of `old`; where there is no `old`, only if there is nothing yet.

    Raises:
        Changed: It may not be replaced any more.
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
        if not may_replace():
            raise _changed(target)
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


def _changed(path: Path) -> Changed:
    return Changed(one_line(f"{path} is left as it is: another program has changed it meanwhile"))


def _error(path: Path, reason: str) -> TimelineError:
    return TimelineError(one_line(f"{path} cannot be written: {reason}"))
