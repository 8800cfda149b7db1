"""Messages between the processes of this program, over pipes: the length in 4 bytes, then the message.

A process that reads a file tells the one that shows it how far it has come, and what comes of it.
"""

from __future__ import annotations

import os
from typing import BinaryIO

import msgspec

from timeline_tui.loading.progress import Progress

_LENGTH = 4
"""Bytes of the length in front of each message."""


class Beginning(msgspec.Struct, tag="beginning"):
    """There is an index of the events read so far."""

    file: bytes


class Whole(msgspec.Struct, tag="whole"):
    """The index is complete."""

    file: bytes
    """Where it is; empty if it is in `data`."""
    kept: bool
    """Whether the file is in the cache; if not, the receiver owns it and its folder."""
    data: bytes
    notice: str
    """What the user should know about where the index is, on one line; usually empty."""


class Failure(msgspec.Struct, tag="failure"):
    """There is no timeline."""

    reason: str


class Damaged(msgspec.Struct, tag="damaged"):
    """The cached index is not as it was made."""


Message = Progress | Beginning | Whole | Failure | Damaged

_DECODER = msgspec.msgpack.Decoder(Message)


def send(pipe: int, message: Message) -> None:
    """Write a message to a pipe.

    Raises:
        OSError: Nobody reads it any more.
    """
    write_message(pipe, msgspec.msgpack.encode(message))


def write_message(pipe: int, body: bytes) -> None:
    """Write bytes to a pipe as one message; a short one in one piece, even if others write to the pipe.

    Raises:
        OSError: Nobody reads it any more.
    """
    left = memoryview(len(body).to_bytes(_LENGTH, "little") + body)
    while left:
        left = left[os.write(pipe, left) :]


def read_message(pipe: BinaryIO) -> bytes | None:
    """Wait for the next message; None if the pipe ends before the message does."""
    length = pipe.read(_LENGTH)
    size = int.from_bytes(length, "little")
    body = pipe.read(size)
    return None if len(length) < _LENGTH or len(body) < size else body


class Inbox:
    """Puts together messages that arrive in pieces."""

    def __init__(self) -> None:
        self._data = bytearray()

    def take(self, block: bytes) -> list[Message]:
        """The messages that `block` completes.

        Raises:
            msgspec.MsgspecError: A message cannot be decoded.
        """
        self._data += block
        messages: list[Message] = []
        while len(self._data) >= _LENGTH:
            end = _LENGTH + int.from_bytes(self._data[:_LENGTH], "little")
            if len(self._data) < end:
                break
            messages.append(_DECODER.decode(memoryview(self._data)[_LENGTH:end]))
            del self._data[:end]
        return messages
