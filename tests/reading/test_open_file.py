from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from tests.support.systems import needs_full_device
from timeline_tui.reading.open_file import LONGEST_LINE, CannotRead, read_bytes
from timeline_tui.reading.reader import read_text


def reason(path: Path) -> str:
    with pytest.raises(CannotRead) as caught:
        read_bytes(path)
    return caught.value.reason


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    text = "".join(f"line {number}\n" for number in range(300_000)).encode()
    file.write_bytes(text)
    assert read_bytes(file) == text


def test_a_missing_file_is_reported_under_the_given_name(tmp_path: Path) -> None:
    path = tmp_path / "missing\x1b[31m.yaml"
    with pytest.raises(CannotRead) as caught:
        read_bytes(path)
    assert caught.value.path == str(path)
    assert "file not found" in str(caught.value)
    assert "\x1b" not in str(caught.value)
    assert "‹U+001B›" in str(caught.value)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "folder" in reason(tmp_path)


def test_a_fifo_that_nobody_writes_to_does_not_hold_us(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    assert "FIFO" in reason(fifo)


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        assert "socket" in reason(Path("socket"))


@pytest.mark.parametrize(
    "device", ["/dev/zero", "/dev/null", pytest.param("/dev/full", marks=needs_full_device)]
)
def test_a_device_is_refused(device: str) -> None:
    assert "device" in reason(Path(device))


def test_circular_symbolic_links_are_reported(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert "circle" in reason(tmp_path / "a")


@pytest.mark.skipif(os.geteuid() == 0, reason="to root everything is permitted")
def test_a_file_without_read_permission_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("title: x")
    file.chmod(0)
    assert "permission" in reason(file)


def test_an_impossible_file_name_is_reported() -> None:
    assert "name" in reason(Path("a\0b"))
    assert "too long" in reason(Path("a" * 5000))


def test_an_endless_line_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "long.yaml"
    file.write_bytes(b"title: x\nfoo: " + b"x" * (LONGEST_LINE + 1) + b"\n")
    assert reason(file) == "line 2 is longer than 4 MiB"


def test_a_sparse_file_of_a_terabyte_is_refused_at_once(tmp_path: Path) -> None:
    file = tmp_path / "sparse.yaml"
    with file.open("wb") as out:
        out.truncate(1 << 40)
    assert "NUL" in reason(file)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_encodings_are_refused_with_the_line(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "wide.yaml"
    file.write_bytes("title: x\nevents: []\n".encode(encoding))
    assert "line 1" in reason(file)


def test_a_lone_nul_is_left_to_the_reader(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"title: a long enough text\0 with a NUL in it\n")
    assert b"\0" in read_bytes(file)


def test_a_pipe_is_read_if_it_is_named_on_purpose(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = os.pipe()
    os.write(theirs, b"title: x\n")
    os.close(theirs)
    with os.fdopen(ours, encoding="utf-8") as pipe:
        monkeypatch.setattr("sys.stdin", pipe)
        assert read_bytes(Path("-")) == b"title: x\n"


@pytest.mark.parametrize("text", ["{}0", "{}\n{}0", "{} x: 1"])
def test_text_after_an_empty_bracket_is_a_problem_not_a_crash(text: str) -> None:
    assert any(problem.code == "yaml-syntax" for problem in read_text(bytearray(text, "utf-8"), "x").problems)
