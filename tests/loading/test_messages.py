"""What two processes say to each other, however the pipe cuts it up."""

from __future__ import annotations

import os

import msgspec
import pytest

from timeline_tui.loading.messages import Beginning, Damaged, Failure, Frame, Inbox, Whole, send
from timeline_tui.loading.progress import Progress

FRAMES: list[Frame] = [
    Progress(0.5, 9, 8, 7.5),
    Beginning(b"/tmp/\xff.db"),
    Failure("line 3: ‹U+001B›"),
    Damaged(),
    Whole(b"", kept=False, data=bytes(range(256)) * 2, notice="‹"),
    Whole(b"/tmp/whole.db", kept=True, data=b"", notice=""),
]


def sent(*frames: Frame) -> bytes:
    source, sink = os.pipe()
    for frame in frames:
        send(sink, frame)
    os.close(sink)
    with os.fdopen(source, "rb") as pipe:
        return pipe.read()


def test_frames_arrive_as_they_were_sent_wherever_they_are_cut() -> None:
    data = sent(*FRAMES)
    for cut in range(len(data) + 1):
        inbox = Inbox()
        assert inbox.take(data[:cut]) + inbox.take(data[cut:]) == FRAMES


def test_frames_arrive_byte_by_byte() -> None:
    inbox = Inbox()
    arrived = [frame for byte in sent(*FRAMES) for frame in inbox.take(bytes([byte]))]
    assert arrived == FRAMES


def test_a_frame_comes_with_its_last_byte_and_no_sooner() -> None:
    data = sent(FRAMES[0])
    inbox = Inbox()
    assert inbox.take(data[:-1]) == []
    assert inbox.take(b"") == []
    assert inbox.take(data[-1:]) == [FRAMES[0]]


def test_a_frame_longer_than_the_pipe_arrives_whole() -> None:
    long = Whole(b"", kept=False, data=os.urandom(1 << 20), notice="")
    source, sink = os.pipe()
    pid = os.fork()
    if not pid:
        send(sink, long)
        os._exit(0)
    os.close(sink)
    inbox = Inbox()
    arrived: list[Frame] = []
    while block := os.read(source, 4_096):
        arrived += inbox.take(block)
    os.close(source)
    os.waitpid(pid, 0)
    assert arrived == [long]


@pytest.mark.parametrize("body", [b"", b"\xc1", b"\x80", msgspec.msgpack.encode({"type": "other"})])
def test_what_is_no_frame_is_refused(body: bytes) -> None:
    with pytest.raises(msgspec.MsgspecError):
        Inbox().take(len(body).to_bytes(4, "little") + body)


def test_nobody_listening_is_an_error_of_the_system() -> None:
    source, sink = os.pipe()
    os.close(source)
    with pytest.raises(BrokenPipeError):
        send(sink, Damaged())
    os.close(sink)
