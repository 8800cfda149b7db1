"""What a process that reads a file says to the one that shows it, over a pipe."""

from __future__ import annotations

import os

import msgspec

from timeline_tui.loading.progress import Progress

_LENGTH = 4


class Beginning(msgspec.Struct, tag="beginning"):
    """An index of the events read so far is there to be looked at."""

    file: bytes


class Whole(msgspec.Struct, tag="whole"):
    """The index is complete."""

    file: bytes
    """Where it is; empty if it is in `data`."""
    kept: bool
    """Whether the file is in the cache. Any other is for the taking, with its folder."""
    data: bytes
    notice: str
    """What the user should know about where the index is, on one line; mostly empty."""


class Failure(msgspec.Struct, tag="failure"):
    """There is no timeline."""

    reason: str


class Damaged(msgspec.Struct, tag="damaged"):
    """The index that was found is not as it was made."""


Frame = Progress | Beginning | Whole | Failure | Damaged

_DECODER = msgspec.msgpack.Decoder(Frame)


def send(pipe: int, frame: Frame) -> None:
    """Write a frame to a pipe; a short one, in one piece, whoever else writes to it.

    Raises:
        OSError: Nobody reads it any more.
    """
    message = msgspec.msgpack.encode(frame)
    message = len(message).to_bytes(_LENGTH, "little") + message
    while message:
        message = message[os.write(pipe, message) :]


class Inbox:
    """Puts together the frames that arrive in pieces."""

    def __init__(self) -> None:
        self._data = bytearray()

    def take(self, block: bytes) -> list[Frame]:
        """The frames that `block` completes.

        Raises:
            msgspec.MsgspecError: It is no frame.
        """
        self._data += block
        frames: list[Frame] = []
        while len(self._data) >= _LENGTH:
            end = _LENGTH + int.from_bytes(self._data[:_LENGTH], "little")
            if len(self._data) < end:
                break
            frames.append(_DECODER.decode(memoryview(self._data)[_LENGTH:end]))
            del self._data[:end]
        return frames
