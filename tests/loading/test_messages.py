"""Messages of two processes, however the pipe cuts them up."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import msgspec
import pytest

from timeline_tui.loading.messages import (
    Beginning,
    Damaged,
    Failure,
    Inbox,
    Message,
    Whole,
    read_message,
    send,
    write_message,
)
from timeline_tui.loading.progress import Progress

if TYPE_CHECKING:
    from pathlib import Path

MESSAGES: list[Message] = [
    Progress(0.5, 9, 8, 7.5),
    Beginning(b"/tmp/\xff.db"),
    Failure("line 3: ‹U+001B›"),
    Damaged(),
    Whole(b"", kept=False, data=bytes(range(256)) * 2, notice="‹"),
    Whole(b"/tmp/whole.db", kept=True, data=b"", notice=""),
]


def sent(*messages: Message) -> bytes:
    source, sink = os.pipe()
    for message in messages:
        send(sink, message)
    os.close(sink)
    with os.fdopen(source, "rb") as pipe:
        return pipe.read()


def test_messages_arrive_as_they_were_sent_wherever_they_are_cut() -> None:
    data = sent(*MESSAGES)
    for cut in range(len(data) + 1):
        inbox = Inbox()
        assert inbox.take(data[:cut]) + inbox.take(data[cut:]) == MESSAGES


def test_messages_arrive_byte_by_byte() -> None:
    inbox = Inbox()
    arrived = [message for byte in sent(*MESSAGES) for message in inbox.take(bytes([byte]))]
    assert arrived == MESSAGES


def test_a_message_comes_with_its_last_byte_and_no_sooner() -> None:
    data = sent(MESSAGES[0])
    inbox = Inbox()
    assert inbox.take(data[:-1]) == []
    assert inbox.take(b"") == []
    assert inbox.take(data[-1:]) == [MESSAGES[0]]


def test_a_message_longer_than_the_pipe_arrives_whole() -> None:
    long = Whole(b"", kept=False, data=os.urandom(1 << 20), notice="")
    source, sink = os.pipe()
    pid = os.fork()
    if not pid:
        send(sink, long)
        os._exit(0)
    os.close(sink)
    inbox = Inbox()
    arrived: list[Message] = []
    while block := os.read(source, 4_096):
        arrived += inbox.take(block)
    os.close(source)
    os.waitpid(pid, 0)
    assert arrived == [long]


@pytest.mark.parametrize("body", [b"", b"\xc1", b"\x80", msgspec.msgpack.encode({"type": "other"})])
def test_an_invalid_message_is_refused(body: bytes) -> None:
    with pytest.raises(msgspec.MsgspecError):
        Inbox().take(len(body).to_bytes(4, "little") + body)


def test_writing_to_a_pipe_without_a_reader_is_an_error_of_the_system() -> None:
    source, sink = os.pipe()
    os.close(source)
    with pytest.raises(BrokenPipeError):
        send(sink, Damaged())
    os.close(sink)


@pytest.mark.parametrize("body", [b"", b"x", bytes(1 << 20)], ids=len)
def test_messages_are_read_as_written_and_an_incomplete_one_is_none(tmp_path: Path, body: bytes) -> None:
    file = tmp_path / "pipe"
    with file.open("wb", buffering=0) as sink:
        write_message(sink.fileno(), body)
        write_message(sink.fileno(), body)
    with file.open("rb") as pipe:
        assert (read_message(pipe), read_message(pipe), read_message(pipe)) == (body, body, None)
    file.write_bytes(file.read_bytes()[:-1])
    with file.open("rb") as pipe:
        read_message(pipe)
        assert read_message(pipe) is None
