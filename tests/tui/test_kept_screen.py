"""The picture of the screen that is kept and shown at the next start."""

from __future__ import annotations

import os
import re
import shutil
import signal
from functools import partial
from typing import TYPE_CHECKING

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem

from tests.support.examples import examples
from tests.support.pty_session import PROGRAM, PtySession
from tests.support.screens import BUNDLED, HARBOUR, MEDIUM, NARROW, WIDE, main_screen, timeline_app
from timeline_tui.storage.kept_pictures import Picture, Piece, Style
from timeline_tui.storage.reader_notes import NotesFile
from timeline_tui.tui.kept_screen import picture_of
from timeline_tui.tui.terminal.early import painted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
FOLDERS = ("HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
_WRITTEN = re.compile(r"\x1b\[(?:[0-9;]*[mHJ]|\?(?:7|2026)[hl])")
"""All sequences that painting a picture may write."""


def cells_of(output: bytes, cols: int, rows: int) -> list[list[tuple[object, ...]]]:
    """What a terminal shows after some output: character, colours and looks of each cell."""
    screen = pyte.Screen(cols, rows)
    # The emulator knows nothing of kitty's keyboard protocol.
    pyte.ByteStream(screen).feed(re.sub(rb"\x1b\[[<>=][0-9;]*u", b"", output))
    blank = screen.default_char
    lines = ((screen.buffer[row].get(column, blank) for column in range(cols)) for row in range(rows))
    return [[(cell.data, cell.fg, cell.bg, cell.bold, cell.italics) for cell in line] for line in lines]


@pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW])
async def test_a_painted_picture_has_the_lines_of_the_screen(size: tuple[int, int]) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.console._color_system = ColorSystem.TRUECOLOR
        picture = picture_of(app.screen)
        strips = app.screen._compositor.render_strips()
    assert picture is not None
    shown = pyte.Screen(*size)
    pyte.Stream(shown).feed(painted(picture))
    assert [line.rstrip() for line in shown.display] == [strip.text.rstrip() for strip in strips]


hostile = st.text(st.characters(codec="utf-8"), max_size=20)


@examples(300)
@given(st.lists(st.tuples(st.integers(0, 79), hostile), max_size=10))
def test_painting_writes_nothing_but_cells(row: list[tuple[int, str]]) -> None:
    picture = Picture(80, 1, (Style((1, 2, 3), (4,), 63),), (tuple(Piece(at, text, 0) for at, text in row),))
    assert _WRITTEN.sub("", painted(picture)).isprintable()


def program(home: Path, *words: str, cols: int = 120, **more: str) -> PtySession:
    """The program with the folders of a user."""
    folders = dict.fromkeys(FOLDERS, str(home))
    return PtySession([*PROGRAM, *words], 36, cols, {**os.environ, **TERMINAL, **folders, **more})


@pytest.fixture
def start(own_folders: Path) -> Iterator[Callable[..., PtySession]]:
    """Start the program with arguments; it is ended with the test."""
    sessions: list[PtySession] = []

    def run(*words: str, cols: int = 120, **more: str) -> PtySession:
        sessions.append(program(own_folders, *words, cols=cols, **more))
        return sessions[-1]

    yield run
    for session in sessions:
        session.close()


def pictures(home: Path) -> list[Path]:
    return list(home.rglob("*.picture"))


def visit(session: PtySession, home: Path) -> None:
    """Stay until a picture has been kept, then quit."""
    session._wait(lambda: bool(pictures(home)), "a kept picture", 60)
    session.write(b"q")
    assert session.exit_code() == 0


@pytest.fixture(scope="module")
def home_with_a_picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folders of a user who has visited the file twice; tests work on copies."""
    home = tmp_path_factory.mktemp("visited")
    leave_start_page(partial(program, home), home)
    with program(home, str(HARBOUR)) as session:
        visit(session, home)
    return home


@pytest.fixture
def visited(
    start: Callable[..., PtySession], own_folders: Path, home_with_a_picture: Path
) -> Callable[..., PtySession]:
    """The program as in `start`, with a file of which a picture is kept."""
    shutil.copytree(home_with_a_picture, own_folders, dirs_exist_ok=True)
    return start


def leave_start_page(start: Callable[..., PtySession], home: Path) -> None:
    """Visit a file once, as the first visit begins with the start page."""
    with start(str(HARBOUR)) as session:
        session._wait(lambda: bool(list(home.rglob("*.visit"))), "a visit that counts", 60)
        session.write(b"q")
        assert session.exit_code() == 0


def shows_a_picture(session: PtySession) -> bool:
    """Whether the first output clears the screen at once, as only the kept picture does."""
    session.wait_for_bytes(b"\x1b[?1049h")
    session.wait_for("The harbour wall")
    return b"\x1b[2J" in session.output


def last_screen(session: PtySession) -> list[list[tuple[object, ...]]]:
    """What the terminal of an ended program showed last."""
    return cells_of(session.output[: session.output.index(b"\x1b[?1049l")], 120, 36)


def test_the_picture_is_what_was_shown_and_what_is_painted_over_it(
    start: Callable[..., PtySession], own_folders: Path
) -> None:
    leave_start_page(start, own_folders)
    first = start(str(HARBOUR))
    visit(first, own_folders)
    second = start(str(HARBOUR))
    assert shows_a_picture(second)
    second.write(b"q")
    assert second.exit_code() == 0
    end = second.output.index(b"\x1b[?2026l", second.output.index(b"\x1b[2J"))
    assert cells_of(second.output[:end], 120, 36) == last_screen(first)
    assert last_screen(second) == last_screen(first)
    assert second.output.count(b"\x1b[?1049h") == 1
    assert second.output.count(b"\x1b[2J") == 1


def test_keys_typed_while_only_the_picture_is_there_count(visited: Callable[..., PtySession]) -> None:
    session = visited(str(HARBOUR))
    session.write(b"jq")
    assert session.exit_code() == 0
    assert session.mode_ledger() == set()
    assert session.attributes() == session.at_rest


@pytest.mark.parametrize(("typed", "shown"), [(":marks\r", "Nothing is marked"), ("2", "Lanes by actor")])
def test_enter_and_the_key_of_a_picture_count_while_only_the_picture_is_there(
    visited: Callable[..., PtySession], typed: str, shown: str
) -> None:
    session = visited(str(HARBOUR))
    session.wait_for_bytes(b"\x1b[2J")
    session.write(typed.encode())
    session.wait_for(shown)
    session.write(b"q")
    assert session.exit_code() == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_only_the_picture_is_there_leaves_the_terminal_as_it_was(
    visited: Callable[..., PtySession], number: signal.Signals
) -> None:
    session = visited(str(HARBOUR))
    session.wait_for_bytes(b"\x1b[2J")
    session.signal(number)
    session.exit_code()
    assert session.mode_ledger() == set()
    assert session.attributes() == session.at_rest


def test_no_picture_is_shown_in_another_size_or_without_colour_or_under_other_options(
    visited: Callable[..., PtySession],
) -> None:
    for session in (
        visited(str(HARBOUR), cols=100),
        visited(str(HARBOUR), NO_COLOR="1"),
        visited(str(HARBOUR), "--known-on", "2024-01-01"),
    ):
        assert not shows_a_picture(session)
        session.write(b"q")
        assert session.exit_code() == 0


def test_a_picture_that_was_tampered_with_is_not_shown(
    visited: Callable[..., PtySession], own_folders: Path
) -> None:
    (kept,) = pictures(own_folders)
    kept.write_bytes(kept.read_bytes().replace(b"harbour", b"\x1b[31mxx"))
    assert not shows_a_picture(visited(str(HARBOUR)))


def test_where_the_cache_is_off_no_picture_is_kept(
    start: Callable[..., PtySession], own_folders: Path
) -> None:
    leave_start_page(start, own_folders)
    session = start(str(HARBOUR), TIMELINE_TUI_CACHE="0")
    session.wait_for("The harbour wall")
    session.write(b"jkq")
    assert session.exit_code() == 0
    assert pictures(own_folders) == []


async def test_no_picture_is_kept_of_what_a_start_does_not_show() -> None:
    kept: list[Picture] = []
    app = timeline_app()
    app._keep_picture = lambda picture, *_: kept.append(picture)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j")
        kept.clear()  # a slow start may have kept the first frame before the key came
        app._become_calm()
        assert kept == []
        assert not main_screen(app).state.is_untouched


def leave(session: PtySession, home: Path, *steps: tuple[str, str]) -> None:
    """Press keys, each step once the screen has shown what the one before leads to, then quit."""
    session._wait(lambda: bool(pictures(home)), "a kept picture", 60)
    for keys, shown in steps:
        mark = session.mark()
        session.write(keys.encode())
        session.wait_for(shown, mark)
    session.write(b"q")
    assert session.exit_code() == 0


def shown_at_once(session: PtySession) -> list[list[tuple[object, ...]]]:
    """What the kept picture shows, before anything else is painted."""
    end = session.output.index(b"\x1b[?2026l", session.output.index(b"\x1b[2J"))
    return cells_of(session.output[:end], 120, 36)


J, Z, M, G = ("j", "The mayor"), ("z", "The mayor"), ("m", "You have marked"), ("G", "to be opened")


@pytest.mark.parametrize(
    "steps", [(J,), (J, Z), (J, M), (G,), (J, (":sort", "oldest"), ("\r", "newest first"))]
)
def test_who_has_moved_finds_the_picture_of_where_they_were(
    start: Callable[..., PtySession], own_folders: Path, steps: tuple[tuple[str, str], ...]
) -> None:
    leave_start_page(start, own_folders)
    leave(start(str(HARBOUR)), own_folders, *steps)
    second = start(str(HARBOUR))
    assert shows_a_picture(second)
    second.write(b"q")
    assert second.exit_code() == 0
    assert shown_at_once(second) == last_screen(second)


@pytest.mark.parametrize(
    "steps",
    [
        (J, ("c", "Question")),
        (J, ("T", "days from")),
        (J, ("\t", "Enter")),
        (J, ("<", "known on")),
    ],
)
def test_no_picture_is_kept_of_what_the_next_start_does_not_show(
    start: Callable[..., PtySession], own_folders: Path, steps: tuple[tuple[str, str], ...]
) -> None:
    leave_start_page(start, own_folders)
    leave(start(str(HARBOUR)), own_folders, *steps)
    second = start(str(HARBOUR))
    assert not shows_a_picture(second)
    second.write(b"q")
    assert second.exit_code() == 0


def test_a_mark_made_by_another_program_since_makes_the_picture_void(
    visited: Callable[..., PtySession],
) -> None:
    NotesFile(HARBOUR).change("", lambda notes: notes.with_mark("breach", "", marked=True))
    session = visited(str(HARBOUR))
    assert not shows_a_picture(session)
    session.write(b"q")
    assert session.exit_code() == 0
