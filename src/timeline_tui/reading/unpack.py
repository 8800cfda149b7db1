"""Reads files of any make: text in any encoding, workbooks, and either of them compressed.

A file that is compressed (gzip, zstd, xz or bzip2) is read as what is in it.
"""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from timeline_tui.reading.open_file import CannotRead, read_any_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SUFFIXES: Final = (".gz", ".zst", ".xz", ".bz2")
"""What compressed files end in; the suffix before it tells what they are."""
_MAGIC: Final = {
    b"\x1f\x8b": "gzip",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"\xfd7zXZ\x00": "xz",
    b"BZh": "bzip2",
}
_BLOCK: Final = 1 << 20
_LEAST_MOST: Final = 1 << 28
_MOST_TIMES: Final = 250
"""Text seldom shrinks to less than a fiftieth; what grows beyond this is made to fill the memory."""


def read_source(path: Path) -> bytearray:
    """The content of a file of any format, unpacked; of `-`, that of standard input.

    Raises:
        CannotRead: As `read_bytes()`; or it is packed and broken, or unpacks to far more than it can hold.
    """
    data = read_any_bytes(path)
    for _ in range(2):
        kind = packing_of(data)
        if not kind:
            break
        data = _unpacked(data, kind, str(path))
    return data


def day_of_change(path: Path) -> date | None:
    """The day on which a file was last changed, in local time; None for standard input."""
    try:
        return date.fromtimestamp(path.stat().st_mtime)  # noqa: DTZ012  a log without years has local days
    except (OSError, ValueError, OverflowError):
        return None


def packing_of(data: bytes | bytearray) -> str:
    """The name of the compression that a file begins with; empty for none."""
    return next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), "")


def without_packing(name: str) -> str:
    """The name of a file without the suffix of a compression."""
    for suffix in SUFFIXES:
        if name.lower().endswith(suffix):
            return name[: -len(suffix)]
    return name


def _unpacked(data: bytearray, kind: str, name: str) -> bytearray:
    most = max(_LEAST_MOST, _MOST_TIMES * len(data))
    found = bytearray()
    try:
        with _opened(data, kind, name) as stream:
            while block := stream.read(_BLOCK):
                found += block
                if len(found) > most:
                    raise CannotRead(
                        name, f"it unpacks to more than {most >> 20} MiB, {_MOST_TIMES} times its size"
                    )
    except _faults() as error:
        raise CannotRead(name, f"it is broken: {kind} cannot unpack it ({error})") from None
    return found


def _faults() -> tuple[type[Exception], ...]:
    """What the packings raise for broken data."""
    import lzma  # noqa: PLC0415  for such files alone
    import zlib  # noqa: PLC0415

    return OSError, EOFError, ValueError, zlib.error, lzma.LZMAError


def _opened(data: bytearray, kind: str, name: str) -> BinaryIO:
    import bz2  # noqa: PLC0415  as all three, for such files alone
    import gzip  # noqa: PLC0415
    import lzma  # noqa: PLC0415

    packed = io.BytesIO(data)
    if kind == "zstd":
        return _zstd(packed, name)
    readers: dict[str, Callable[[BinaryIO], object]] = {
        "gzip": lambda file: gzip.GzipFile(fileobj=file),
        "xz": lzma.LZMAFile,
        "bzip2": bz2.BZ2File,
    }
    return cast("BinaryIO", readers[kind](packed))


def _zstd(packed: BinaryIO, name: str) -> BinaryIO:
    try:
        import zstandard  # noqa: PLC0415  an extra, for such files alone
    except ImportError:
        raise CannotRead(
            name, "it is packed with zstd; install timeline-tui[formats], or unpack it first"
        ) from None

    class Stream(io.RawIOBase):
        """A stream whose faults are those of the other packings."""

        def __init__(self) -> None:
            self._reader = zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True)

        def read(self, size: int = -1) -> bytes:
            try:
                return self._reader.read(size)
            except zstandard.ZstdError as error:
                raise ValueError(str(error)) from None

    return cast("BinaryIO", Stream())
