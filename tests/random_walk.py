"""Random keys, clicks, pastes and sizes over every screen: `python -m tests.random_walk --seeds 20 --keys 3000`.

What is typed are the bytes that a terminal sends, read by the program's own keyboard. They come in bursts, at
any moment of opening, closing and loading. A walk fails where the program ends by a fault, or hears nothing more.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import sys
import tempfile
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textual.events import Resize
from textual.geometry import Size

from tests.pty_session import PtySession
from tests.screens import BUNDLED, HARBOUR, TODAY
from timeline_tui.loading import Loading
from timeline_tui.tui.app import TimelineApp
from timeline_tui.tui.keyboard import Keyboard
from timeline_tui.tui.keys import COMMANDS
from timeline_tui.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.pilot import Pilot

PATIENCE = 30.0
"""Seconds within which a program that is well hears a key: a deadline, not a delay."""

EMPTY = "title: Nothing yet\nevents: []\n"
HOSTILE = """\
title: "[/b] \\u202etitle\\u0007"
actors:
  a: {name: "[@click=app.quit]x[/", kind: "\\x1b[2J"}
  b: {name: 한국어 \u0928\u092e\u0938\u094d\u0924\u0947, kind: person}
sources:
  s: {title: "[red]", url: "https://example.org/[::1"}
  bad: {title: no address, url: "https://[::1"}
topics:
  t: {question: "How [many]?"}
events:
  - {date: "-9999", title: "[/", actors: [a, b], sources: [s]}
  - {date: 2024-02-30, title: no such day}
  - date: 2024-02-01
    title: "👨‍👩‍👧‍👦 \u0e01\u0e33\u0e49 \\u200f\\u0000"
    text: "[bold"
    actors: [b]
    sources: [s, bad]
    quotes:
      - {speaker: a, text: "[sic] \\x9b31m", sources: [s]}
      - {speaker: b, text: "x x x x x x x x x x x x x x x x x x x x x x x", sources: [bad]}
    claims:
      - {by: a, topic: t, text: "7", figure: "7000"}
  - {date: "2024-03?/..", title: later, status: scheduled}
"""

_SPECIAL = {
    "enter": b"\r", "tab": b"\t", "space": b" ", "escape": b"\x1b[27u", "backspace": b"\x7f", "shift+tab": b"\x1b[Z",
    "up": b"\x1b[A", "down": b"\x1b[B", "right": b"\x1b[C", "left": b"\x1b[D", "home": b"\x1b[H", "end": b"\x1b[F",
    "pageup": b"\x1b[5~", "pagedown": b"\x1b[6~", "ctrl+p": b"\x10", "ctrl+c": b"\x03", "ctrl+a": b"\x01",
    "question_mark": b"?", "delete": b"\x1b[3~",
}  # fmt: skip
_NOT_PRESSED = frozenset({"ctrl+z"})
_KEYS = sorted(
    {key for command in COMMANDS for key in command.keys.split(",")} - _NOT_PRESSED - _SPECIAL.keys()
)
_LEAVES = "q"
_PASTES = (
    "2023",
    "no such word",
    "two\nlines\n",
    "\x1b[2J\x07",
    "actor:russia",
    "\u202e",
    "x" * 2000,
    "[/b]",
    "",
)
_SIZES = (
    (120, 36),
    (80, 24),
    (60, 20),
    (40, 12),
    (40, 5),
    (20, 5),
    (5, 40),
    (4, 4),
    (2, 2),
    (1, 1),
    (200, 1),
    (1, 60),
)
_GARBAGE = (
    b"\xff\xfe",
    b"\x1b[999999999999u",
    b"\x1b[<0;0;0M",
    b"\x1b[<35;-1;5M",
    b"\x1b[1;2",
    b"\x1b]0;",
    b"\x9b",
)
_BUTTONS = (0, 0, 0, 1, 2, 4, 8, 16)
_MOVES = (32, 34, 35, 35, 35, 39)
_WHEEL = (64, 65, 66, 67, 68)


class Step(NamedTuple):
    """One thing that happens: bytes that are typed, or a new size, or a new text of the file."""

    data: bytes = b""
    size: tuple[int, int] | None = None
    file: str | None = None


class Hand:
    """Somebody, or a cat, at the keyboard and the mouse.

    Args:
        seed: The same seed does the same.
        texts: What the file may become.
    """

    def __init__(self, seed: int, texts: tuple[str, ...]) -> None:
        self._random = random.Random(seed)
        self._texts = texts
        self.size = _SIZES[seed % 3]

    def steps(self) -> Iterator[Step]:
        """For ever: what happens next."""
        kinds = (
            self._key,
            self._word,
            self._mouse,
            self._click,
            self._wheel,
            self._resize,
            self._paste,
            self._odd,
        )
        weights = (60, 4, 8, 10, 3, 2, 1, 2)
        while True:
            (kind,) = self._random.choices(kinds, weights)
            yield kind()

    def burst(self) -> int:
        """How many steps come at once."""
        return self._random.choice((1, 1, 1, 2, 2, 3, 5, 8, 20))

    def chance(self, of: int) -> bool:
        """True once in `of` times."""
        return self._random.randrange(of) == 0

    def _key(self) -> Step:
        if self.chance(4):
            return Step(self._random.choice(list(_SPECIAL.values())))
        key = self._random.choice(_KEYS)
        if key == _LEAVES and not self.chance(3):
            key = "escape"
        return Step(_SPECIAL.get(key) or _typed(key))

    def _word(self) -> Step:
        word = self._random.choice(
            ("/the\r", "fquote\r", "t2024\r", "v2024\r", "fzzz\r", "\x10c\r", "\x10zz", "\x10the")
        )
        return Step(word.encode())

    def _place(self) -> str:
        width, height = self.size
        x, y = self._random.randint(1, width + 2), self._random.randint(1, height + 2)
        return f"{x};{y}"

    def _mouse(self) -> Step:
        code = self._random.choice((*_BUTTONS, *_MOVES, *_MOVES))
        return Step(f"\x1b[<{code};{self._place()}{self._random.choice('MMm')}".encode())

    def _click(self) -> Step:
        place, code = self._place(), self._random.choice(_BUTTONS)
        drag = f"\x1b[<32;{self._place()}M" if self.chance(4) else ""
        return Step(f"\x1b[<{code};{place}M{drag}\x1b[<{code};{place}m".encode())

    def _wheel(self) -> Step:
        return Step(
            f"\x1b[<{self._random.choice(_WHEEL)};{self._place()}M".encode() * self._random.randint(1, 5)
        )

    def _resize(self) -> Step:
        if self.chance(2):
            return Step(size=_SIZES[self._random.randrange(2)])
        if self.chance(2):
            return Step(size=self._random.choice(_SIZES))
        return Step(size=(self._random.randint(1, 130), self._random.randint(1, 40)))

    def _paste(self) -> Step:
        return Step(b"\x1b[200~" + self._random.choice(_PASTES).encode() + b"\x1b[201~")

    def _odd(self) -> Step:
        if self.chance(3):
            return Step(file=self._random.choice(self._texts))
        return Step(self._random.choice((b"\x1b[I", b"\x1b[O", *_GARBAGE)))


def _typed(key: str) -> bytes:
    names = {"slash": "/", "less_than_sign": "<", "greater_than_sign": ">"}
    return names.get(key, key).encode()


class Fault(Exception):
    """The program ended by a fault, or hears nothing more."""


async def walk(seed: int, keys: int, text: str, folder: Path) -> int:
    """Walk through the program until `keys` steps are done, opening it again whenever it was left.

    Args:
        seed: Of the random numbers.
        keys: How many steps.
        text: What the file holds at first.
        folder: For the file; left as it is at the end.

    Returns:
        How often the program was opened.

    Raises:
        Fault: The program did not survive; told with the last steps.
    """
    file = folder / "story.yaml"
    hand = Hand(seed, (text, EMPTY, text + "\n# a note\n", "title: [broken", HOSTILE))
    done: deque[Step] = deque(maxlen=60)
    steps, left, opened = hand.steps(), keys, 0
    while left > 0:
        file.write_text(text, encoding="utf-8")
        opened += 1
        left = await _walk_once(hand, steps, left, file, done)
    return opened


async def _walk_once(hand: Hand, steps: Iterator[Step], left: int, file: Path, done: deque[Step]) -> int:
    loading = Loading(file, today=TODAY)
    app = TimelineApp(loading, lambda opened: View(opened.index, today=TODAY))
    app.open_url = lambda *_, **__: None  # type: ignore[method-assign]  # no browser is started
    try:
        async with app.run_test(size=hand.size, notifications=True, tooltips=True) as pilot:
            left = await _go(pilot, hand, steps, left, file, done)
            await _leave(pilot)
    except Fault:
        raise
    except BaseException as error:
        raise Fault(f"{type(error).__name__}: {error}\nthe last steps: {list(done)}") from error
    return left


async def _go(
    pilot: Pilot[None], hand: Hand, steps: Iterator[Step], left: int, file: Path, done: deque[Step]
) -> int:
    keyboard, app = Keyboard(), pilot.app
    while left > 0 and app.is_running and not app._exit:
        for _ in range(min(left, hand.burst())):
            step = next(steps)
            done.append(step)
            _take(pilot, keyboard, step, hand, file)
            left -= 1
        if hand.chance(20):
            await _reacts(pilot, done)
        elif hand.chance(60):
            await asyncio.sleep(0.3)
        for _ in range(hand._random.randrange(6)):
            await asyncio.sleep(0)
    return left


def _take(pilot: Pilot[None], keyboard: Keyboard, step: Step, hand: Hand, file: Path) -> None:
    driver = pilot.app._driver
    assert driver is not None
    if step.size is not None:
        hand.size = step.size
        size = Size(*step.size)
        driver._size = step.size
        driver.process_message(Resize(size, size))
    if step.file is not None:
        file.write_text(step.file, encoding="utf-8")
    for message in keyboard.feed_bytes(step.data):
        driver.process_message(message)


async def _reacts(pilot: Pilot[None], done: deque[Step]) -> None:
    """Wait until the app and its screen have done what they were told."""
    app, heard = pilot.app, asyncio.Event()
    with suppress(Exception):
        app.call_later(lambda: app.screen.call_later(heard.set))
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while not heard.is_set() and app.is_running and not app._exit:
        if asyncio.get_running_loop().time() > deadline:
            raise Fault(f"nothing is heard any more\nthe last steps: {list(done)}")
        await asyncio.sleep(0.005)


async def _leave(pilot: Pilot[None]) -> None:
    app, keyboard = pilot.app, Keyboard()
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while app.is_running and not app._exit:
        if asyncio.get_running_loop().time() > deadline:
            raise Fault("q does not leave")
        for message in keyboard.feed_bytes(_SPECIAL["escape"] * 3 + b"q"):
            if app._driver is not None:
                app._driver.process_message(message)
        await asyncio.sleep(0.02)


def walk_in_a_terminal(seed: int, keys: int, text: str, folder: Path) -> int:
    """The same with the whole program in a pseudo-terminal of its own; returns how often it was opened.

    Raises:
        Fault: It ended with another code than 0, or hears nothing more.
    """
    file = folder / "story.yaml"
    hand = Hand(seed, (text, EMPTY, "title: [broken", HOSTILE))
    steps, left, opened = hand.steps(), keys, 0
    while left > 0:
        file.write_text(text, encoding="utf-8")
        opened += 1
        left = _in_a_terminal_once(hand, steps, left, file)
    return opened


def _in_a_terminal_once(hand: Hand, steps: Iterator[Step], left: int, file: Path) -> int:
    quiet = {"TERM": "xterm-256color", "VISUAL": "true", "BROWSER": "true", "LANG": "C.UTF-8"}
    argv = [sys.executable, "-m", "timeline_tui", str(file)]
    width, height = hand.size
    done: deque[Step] = deque(maxlen=60)
    with PtySession(argv, height, width, {**os.environ, **quiet}) as session:
        # Before that, Ctrl+C is a signal.
        session.wait_for_bytes(b"\x1b[?2004h")
        with suppress(AssertionError):
            while left > 0:
                step = next(steps)
                left -= 1
                done.append(step)
                if step.size is not None:
                    hand.size = step.size
                    session.resize(step.size[1], step.size[0])
                if step.file is not None:
                    file.write_text(step.file, encoding="utf-8")
                session.write(step.data)
                code = _ended(session)
                if code is not None:
                    return _judged(code, left, session, done)
        for _ in range(100):
            session.write(_SPECIAL["escape"] * 3 + b"q")
            with suppress(AssertionError):
                return _judged(session.exit_code(0.3), left, session, done)
    raise Fault(f"q does not leave\nthe last steps: {list(done)}")


def _ended(session: PtySession) -> int | None:
    try:
        return session.exit_code(0.002)
    except AssertionError:
        return None


def _judged(code: int, left: int, session: PtySession, done: deque[Step]) -> int:
    if code:
        reports = [
            path.read_text("utf-8") for path in Path(os.environ["XDG_STATE_HOME"]).rglob("crash-*.txt")
        ]
        raise Fault(
            f"exit code {code}: {session.text[-300:]!r}\nthe last steps: {list(done)}\n{reports[-1:]}"
        )
    return left


def main() -> int:
    """Walk with every seed over every file; the exit code is 1 if one walk failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--keys", type=int, default=3000)
    parser.add_argument("--terminal", action="store_true", help="in a pseudo-terminal")
    chosen = parser.parse_args()
    failed = 0
    for seed in range(chosen.first, chosen.first + chosen.seeds):
        folder = Path(tempfile.mkdtemp(prefix="random-walk-"))
        for name in ("HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            os.environ[name] = str(folder)
        os.chdir(folder)
        text = story(seed)
        try:
            if chosen.terminal:
                opened = walk_in_a_terminal(seed, chosen.keys, text, folder)
            else:
                opened = asyncio.run(walk(seed, chosen.keys, text, folder))
            print(f"seed {seed}: {chosen.keys} steps, opened {opened} times")
        except Fault as fault:
            failed += 1
            print(f"seed {seed}: {fault}")
            if fault.__cause__ is not None:
                import traceback

                traceback.print_exception(fault.__cause__)
        os.chdir("/")
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if failed else 0


def story(seed: int) -> str:
    """What a walk begins with: the bundled story more often than a small, an empty and a hostile file."""
    files = (BUNDLED, HARBOUR, BUNDLED)
    return (*(path.read_text(encoding="utf-8") for path in files), EMPTY, HOSTILE)[seed % 5]


if __name__ == "__main__":
    sys.exit(main())
