"""Write a file whole or not at all, and never over changes that were not read.

A program that replaces a file holds a lock on the file itself: no lock file is left behind, and the lock ends
with the process. Since each write puts a new file at the name, a lock is valid only while the name still
leads to the locked file. Editors do not know this lock, so right before the new file takes the name, the
present file is compared with the one that was read.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
import time
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.errors import AlreadyThere, TimelineError
from timeline_tui.reading.open_file import BeingWritten, read_bytes
from timeline_tui.storage.file_stamps import checksum, checksum_of, observe
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_NEW = 0o666
"""The mode of a new file before the umask is applied."""
_REASONS = {
    errno.EACCES: "there is no permission to write there",
    errno.EPERM: "there is no permission to write there",
    errno.ENOTDIR: "a part of its path is not a folder",
    errno.EISDIR: "it is a folder, not a file",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota of this user is used up",
    errno.EROFS: "the disk is read-only",
    errno.EFBIG: "it would be too large for this disk",
    errno.ELOOP: "its symbolic links form a circle",
    errno.ENAMETOOLONG: "its name is too long",
}
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES}
"""Errors of `os.link` on a file system without hard links."""


_PATIENCE = 20.0
"""Seconds to wait for each program that holds the lock."""
_QUIET = 0.2
"""Seconds without a change after which an editor has probably finished saving."""
_MOST_GLANCES = 10
_MOST_TRIES = 20
_NO_LOCKS = {errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL, errno.EIO}
"""Errors of locking on a file system without locks."""


class Changed(TimelineError):  # noqa: N818  reads as what it says
    """A file has changed since it was read; nothing was written."""


class Rewritten(NamedTuple):
    """The contents of a file before and after a change."""

    old: bytes
    new: bytes


def write_whole(
    path: Path, text: str | bytes | Iterable[bytes], *, replace: bool, version: str | None = None
) -> None:
    """Write a file so that at any moment either the old or the new one is there, never half of one.

    A symbolic link is followed. The new file has the mode of the old one and, if permitted, its group and
    owner; other hard links to the old file keep the old text.

    Args:
        path: The file; its folder must be there.
        text: The new contents, or the pieces of these; text is encoded as UTF-8, with unchanged line ends.
        replace: Whether an existing file is replaced. If not, it is left alone, even if it appears while
            this function runs.
        version: The result of `version_of()` for the file that may be replaced; None for any file.

    Raises:
        Changed: The file no longer has that version; nothing was written.
        AlreadyThere: There is a file, and `replace` is false.
        TimelineError: It cannot be written; nothing has changed.
    """
    with _errors_in_words(path):
        data = text.encode() if isinstance(text, str) else text
        if not replace:
            _write(_free(path), data, None)
            return
        with _held(path) as (target, old):
            if old is None and version:
                raise _changed(path)
            _write(target, data, old, lambda: version is None or _is_still(path, target, version))


def version_of(path: Path) -> str:
    """The checksum of a file that may be replaced; empty if there is no file.

    Raises:
        TimelineError: It is not a regular file, or it cannot be written.
    """
    with _errors_in_words(path):
        target, old = _target(path)
        return checksum(target) if old else ""


def check_writable(path: Path) -> None:
    """Check that an existing file can be replaced, as far as that is known in advance.

    Raises:
        TimelineError: It cannot; the text says why.
    """
    with _errors_in_words(path):
        target, _ = _target(path)
        if not os.access(target.parent, os.W_OK | os.X_OK):
            raise _error(path, _REASONS[errno.EACCES])


def rewrite(path: Path, change: Callable[[bytes], bytes]) -> Rewritten:
    """Change a file, one program at a time, without overwriting what others save in the meantime.

    Args:
        path: The file; a symbolic link is followed.
        change: Makes the new contents of the old. If the file changes meanwhile, it is called again with the
            contents at that time.

    Returns:
        The old and the new contents; equal if nothing had to be written.

    Raises:
        CannotRead: It cannot be read.
        TimelineError: It cannot be written, or other programs keep locking or changing it; nothing has
            changed. Errors of `change` are raised too.
    """
    if str(path) == "-":
        raise TimelineError("standard input cannot be changed; give the name of a file")
    for _ in range(_MOST_TRIES):
        try:
            return _rewritten(path, change)
        except (Changed, BeingWritten):
            _wait_for_quiet(path)
    raise _error(path, "other programs keep changing it")


def _rewritten(path: Path, change: Callable[[bytes], bytes]) -> Rewritten:
    with _errors_in_words(path), _held(path) as (target, old):
        data = bytes(read_bytes(path))
        version = checksum_of(data)
        try:
            new = change(data)
        except TimelineError:
            # An editor may have been saving it at that moment.
            if not _is_still(path, target, version):
                raise _changed(path) from None
            raise
        if new != data and old:
            _write(target, new, old, lambda: _is_still(path, target, version))
    return Rewritten(data, new)


def _wait_for_quiet(path: Path) -> None:
    """Wait until a file has not changed for a moment, because an editor may write it in several steps."""
    before = None
    for _ in range(_MOST_GLANCES):
        now = observe(path)
        if now is not None and before is not None and now.same(before):
            return
        before = now
        time.sleep(_QUIET)


@contextmanager
def _errors_in_words(path: Path) -> Iterator[None]:
    """Turn errors of the system about a file that is written into a `TimelineError`."""
    try:
        yield
    except FileExistsError:
        raise AlreadyThere(one_line(f"{path} exists already and was not overwritten")) from None
    except UnicodeEncodeError:
        raise _error(path, "the text contains half a character") from None
    except ValueError:
        raise _error(path, "its name is not a valid file name") from None
    except OSError as error:
        raise _error(path, _reason(error, path)) from error


def _free(path: Path) -> Path:
    """The real path of a file that does not exist yet."""
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    return Path(os.path.realpath(path.parent, strict=True)) / path.name


def _target(path: Path) -> tuple[Path, os.stat_result | None]:
    """The real path of a file to be replaced, and the state of the present file, if there is one."""
    target = Path(os.path.realpath(path))
    try:
        # Of the given path, because a circle of links has no real path.
        old = path.stat()
    except FileNotFoundError:
        os.path.realpath(target.parent, strict=True)
        return target, None
    if stat.S_ISDIR(old.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(old.st_mode):
        raise _error(path, "it is a device or a pipe, not a file")
    if not os.access(target, os.W_OK):
        raise _error(path, "it is read-only")
    return target, old


@contextmanager
def _held(path: Path) -> Iterator[tuple[Path, os.stat_result | None]]:
    """As `_target()`, with the file locked against other runs of this program."""
    deadline = time.monotonic() + _PATIENCE
    last: tuple[int, int] | None = None
    while True:
        target, old = _target(path)
        if old is None:
            yield target, None
            return
        if _identity(old) != last:
            # Another program has finished.
            last, deadline = _identity(old), time.monotonic() + _PATIENCE
        if (lock := _locked(target, old)) is not None:
            try:
                yield target, old
                return
            finally:
                os.close(lock)
        if time.monotonic() > deadline:
            raise _error(path, "another program has locked it; try again when that program has finished")
        time.sleep(0.005)


def _locked(target: Path, old: os.stat_result) -> int | None:
    """A descriptor with the lock on a file; None if another program has it or the file was replaced."""
    # Some network file systems lock only files that are open for writing.
    descriptor = os.open(target, os.O_RDWR | getattr(os, "O_NONBLOCK", 0))
    try:
        is_locked = _lock(descriptor)
    except OSError:
        os.close(descriptor)
        raise
    if is_locked is False:
        os.close(descriptor)
        return None
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
    """Whether a path still leads to the same file with the same contents."""
    if os.path.realpath(path) != str(target):
        return False
    try:
        return checksum(target) == version
    except FileNotFoundError:
        return not version


def _write(
    target: Path,
    data: bytes | Iterable[bytes],
    old: os.stat_result | None,
    may_replace: Callable[[], bool] = lambda: True,
) -> None:
    """Write `data` to `target`, replacing `old`; without `old`, only if nothing is there yet.

    Raises:
        Changed: The old file may no longer be replaced.
        FileExistsError: A file has appeared at `target`.
    """
    _remove_abandoned(target)
    # Others must not be able to read the new file if they cannot read the old one.
    temporary, descriptor = _temporary(target, stat.S_IRUSR | stat.S_IWUSR if old else _NEW)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines([data] if isinstance(data, bytes) else data)
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


def _temporary(target: Path, mode: int) -> tuple[Path, int]:
    """A new file beside `target` that nobody else writes, and its descriptor with a lock.

    The lock tells others that its writer is still there. Its name cannot be guessed, and O_EXCL follows no
    planted link.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    while True:
        temporary = target.parent / f"{_prefix(target)}{secrets.token_hex(8)}"
        descriptor = os.open(temporary, flags, mode)
        try:
            is_ours = _lock(descriptor) is not False and temporary.exists()
        except OSError:
            os.close(descriptor)
            temporary.unlink()
            raise
        if is_ours:
            return temporary, descriptor
        # Another program took it for abandoned before it was locked.
        os.close(descriptor)


def _prefix(target: Path) -> str:
    """What the names of the temporary files for `target` begin with."""
    return f".timeline-tui-{sha256(os.fsencode(target.name)).hexdigest()[:16]}-"


def _remove_abandoned(target: Path) -> None:
    """Remove the temporary files for `target` whose writers are gone, because they were killed.

    Where files cannot be locked, nothing is known of their writers, and all are left.
    """
    prefix = _prefix(target)
    with suppress(OSError), os.scandir(target.parent) as entries:
        for path in [entry.path for entry in entries if entry.name.startswith(prefix)]:
            with suppress(OSError):
                descriptor = os.open(path, os.O_RDWR | os.O_NONBLOCK | getattr(os, "O_NOFOLLOW", 0))
                try:
                    if _lock(descriptor):
                        Path(path).unlink()
                finally:
                    os.close(descriptor)


def _lock(descriptor: int) -> bool | None:
    """Lock an open file until it is closed; False if another program has locked it, None where none can."""
    try:
        import fcntl  # noqa: PLC0415  not there on every system
    except ImportError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        return None
    return True


def _make_like(descriptor: int, old: os.stat_result) -> None:
    """Give an open file the owner (if permitted) and the mode of another."""
    for owner, group in ((-1, old.st_gid), (old.st_uid, -1)):
        with suppress(OSError):
            os.fchown(descriptor, owner, group)
    mode = stat.S_IMODE(old.st_mode)
    if os.fstat(descriptor).st_gid != old.st_gid:
        # Another group gets no more rights than everybody had.
        mode = mode & ~stat.S_IRWXG | (mode & stat.S_IRWXO) << 3 & mode
    os.fchmod(descriptor, mode)


def _publish(temporary: Path, target: Path) -> None:
    """Rename a file to `target`, which must not exist."""
    try:
        target.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # Creating an empty file first is free of races too; the file is only empty for a moment.
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _NEW))
        temporary.replace(target)


def _settle(folder: Path) -> None:
    """Make the new name survive a loss of power, on disks that support it."""
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
    return Changed(one_line(f"{path} was not overwritten: another program has changed it in the meantime"))


def _error(path: Path, reason: str) -> TimelineError:
    return TimelineError(one_line(f"{path} cannot be written: {reason}"))
