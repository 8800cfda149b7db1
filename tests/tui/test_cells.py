"""How many cells a text takes for Rich and Textual, and in the terminal."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
from typing import TYPE_CHECKING

import pyte
import pytest
from rich.cells import cell_len, get_character_cell_size

from tests.support.pty_session import PROGRAM, PtySession
from tests.support.scripts import SCRIPTS
from timeline_tui.text.cells import cells
from timeline_tui.text.sanitize import has_hidden
from timeline_tui.tui.terminal.cells import count_as_terminals_do, with_columns

if TYPE_CHECKING:
    from pathlib import Path

count_as_terminals_do()


@pytest.mark.parametrize(("text", "width"), SCRIPTS.values(), ids=SCRIPTS)
def test_we_and_rich_count_the_cells_that_terminals_take(text: str, width: int) -> None:
    assert (cells(text), cell_len(text)) == (width, width)


def test_we_and_rich_agree_on_every_character() -> None:
    differ = [
        f"{point:04X}"
        for point in range(0x20, 0x110000)
        if unicodedata.category(character := chr(point)) not in ("Cn", "Co", "Cs")
        and not has_hidden(character)
        and cells(character) != get_character_cell_size(character)
    ]
    assert not differ


def painted(*texts: str) -> str:
    """Lines in a frame, as Textual writes them: each at its address, in styles."""
    return "\n".join(
        f"\x1b[{row};3H\x1b[1m│\x1b[0m {text}\x1b[31m {'x' * (39 - cells(text))}\x1b[0m│"
        for row, text in enumerate(texts, 1)
    )


def assert_whole(line: str, text: str) -> None:
    assert re.search(r"x+│\s*\Z", line), line
    assert line.rstrip().endswith("x" * (39 - cells(text)) + "│")


@pytest.mark.parametrize(("text", "width"), SCRIPTS.values(), ids=SCRIPTS)
def test_a_frame_is_whole_in_a_terminal_that_counts_otherwise(text: str, width: int) -> None:
    screen = pyte.Screen(60, 3)
    pyte.Stream(screen).feed(with_columns(painted("plain", text, "plain")))
    for row in range(3):
        assert (screen.buffer[row][2].data, screen.buffer[row][44].data) == ("│", "│")
        assert screen.buffer[row][43].data == "x"
    assert screen.buffer[1][4 + width].data == " "


def test_the_cursor_is_sent_behind_each_doubtful_word_and_its_cells_are_empty_before() -> None:
    assert with_columns("\x1b[2;5Ha का \x1b[1mb\x1b[0m❤️|") == (
        "\x1b[2;5Ha   \x1b[7Gका\x1b[9G \x1b[1mb\x1b[0m  \x1b[11G❤️\x1b[13G|"
    )


def test_links_and_styles_leave_the_column_known() -> None:
    link = "\x1b]8;;https://a.example\x1b\\"
    assert with_columns(f"\x1b[1;1H{link}a\x1b]8;;\x1b\\का") == (
        f"\x1b[1;1H{link}a\x1b]8;;\x1b\\  \x1b[2Gका\x1b[4G"
    )


def test_the_program_sends_the_cursor_behind_doubtful_words(tmp_path: Path) -> None:
    path = tmp_path / "hindi.yaml"
    path.write_text("title: x\nevents:\n  - date: 2024-01-01\n    title: वार्ता हुई\n", encoding="utf-8")
    environment = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    with PtySession([*PROGRAM, str(path)], 24, 80, environment) as session:
        session.wait_for("हुई")
        assert re.search(rb"     \x1b\[[0-9]+G" + "वार्ता".encode() + rb"\x1b\[[0-9]+G", session.output)
        session.write(b"q")
        assert session.exit_code() == 0


def test_what_every_terminal_agrees_on_is_written_as_it_is() -> None:
    for text in ("\x1b[1;1Hplain", "\x1b[1;1H漢字 │ “Łódź” ◇●", "का without an address"):
        assert with_columns(text) == text


def test_a_mark_at_the_start_of_a_style_does_not_belong_to_the_sequence_before_it() -> None:
    assert with_columns("\x1b[1;1He\x1b[31m\u0301x") == "\x1b[1;1He\x1b[31m\x1b[2G\u0301\x1b[2Gx"


@pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux")
def test_a_frame_is_whole_in_tmux(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("t")
    shown = folder / "shown"
    texts = [text for text, _ in SCRIPTS.values()]
    shown.write_text(with_columns(painted(*texts)), encoding="utf-8")
    tmux = ["tmux", "-u", "-S", str(folder / "s"), "-f", "/dev/null"]
    show = f"stty -echo -opost; cat {shown}; tmux -S {folder / 's'} wait-for -S done; sleep 60"
    subprocess.run(
        [*tmux, "new-session", "-d", "-x", "60", "-y", "30", show],
        check=True,
        env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )
    try:
        subprocess.run([*tmux, "wait-for", "done"], check=True, timeout=120)
        # The marker is written before: what is captured holds every line by then.
        captured = subprocess.run([*tmux, "capture-pane", "-p"], check=True, capture_output=True, timeout=120)
    finally:
        subprocess.run([*tmux, "kill-server"], check=False)
    lines = captured.stdout.decode().splitlines()
    for line, text in zip(lines, texts, strict=False):
        assert_whole(line, text)
