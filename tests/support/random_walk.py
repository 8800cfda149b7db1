"""Random keys, clicks, pastes and sizes over every screen.

    python -m tests.support.random_walk --seeds 20 --keys 3000

What is typed are the bytes that a terminal sends, read by the program's own keyboard. They come in bursts,
at any moment of opening, closing and loading. A walk fails where the program ends by a fault, or where it
hears nothing more. With `--terminal` it is the whole program, in a pseudo-terminal of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sys
import tempfile
import traceback
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textual.events import Resize
from textual.geometry import Size

from tests.support.idle import wait_for_idle
from tests.support.pty_session import PROGRAM, PtySession
from tests.support.screens import BUNDLED, HARBOUR, TODAY
from timeline_tui.loading.loader import Loading
from timeline_tui.timeline.view import View
from timeline_tui.tui.app import TimelineApp
from timeline_tui.tui.keys import COMMANDS
from timeline_tui.tui.terminal.keyboard import Keyboard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.pilot import Pilot

PATIENCE = 120.0
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
    "enter": b"\r", "tab": b"\t", "space": b" ", "escape": b"\x1b[27u", "backspace": b"\x7f",
    "shift+tab": b"\x1b[Z", "up": b"\x1b[A", "down": b"\x1b[B", "right": b"\x1b[C", "left": b"\x1b[D",
    "home": b"\x1b[H", "end": b"\x1b[F", "pageup": b"\x1b[5~", "pagedown": b"\x1b[6~", "delete": b"\x1b[3~",
    "ctrl+p": b"\x10", "ctrl+c": b"\x03", "ctrl+a": b"\x01", "question_mark": b"?",
}  # fmt: skip
WAY_OUT = _SPECIAL["escape"] * 3 + b"q"
_FOLDERS = ("HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
_NOT_PRESSED = frozenset({"ctrl+z"})
KEYS = sorted({key for command in COMMANDS for key in command.key_names} - _NOT_PRESSED - _SPECIAL.keys())
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
    (120, 36), (80, 24), (60, 20), (40, 12), (40, 5), (20, 5), (5, 40), (4, 4), (2, 2), (1, 1),
    (200, 1), (1, 60),
)  # fmt: skip
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
        self._random = random.Random(seed)  # noqa: S311  the same walk each time
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

    def pause(self) -> int:
        """How often the program comes to do something before the next burst."""
        return self._random.randrange(6)

    def chance(self, of: int) -> bool:
        """True once in `of` times."""
        return self._random.randrange(of) == 0

    def _key(self) -> Step:
        if self.chance(4):
            return Step(self._random.choice(list(_SPECIAL.values())))
        key = self._random.choice(KEYS)
        if key == _LEAVES and not self.chance(3):
            key = "escape"
        return Step(bytes_of(key))

    def _word(self) -> Step:
        word = self._random.choice(
            (
                "/the\r",
                "fquote\r",
                "t2024\r",
                "v2024\r",
                "fzzz\r",
                "\x10c\r",
                "\x10zz",
                "\x10the",
                ":quest\r",
                ":so\t\r",
                ":filter kind:\t\r",
                ":goto 2024\r",
                ":\x1b[A\r",
                ":zzz\r",
            )
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


class Fell(Exception):  # noqa: N818  the walk did, and the program
    """The program ended by a fault, or hears nothing more."""


class Walk:
    """The program without a terminal, opened again whenever it was left.

    Args:
        seed: Of the random numbers.
        text: What the file holds at first.
        folder: Where the file is put.
    """

    def __init__(self, seed: int, text: str, folder: Path) -> None:
        self.hand = Hand(seed, (text, EMPTY, f"{text}\n# a note\n", "title: [broken", HOSTILE))
        self.opened = 0
        self._text, self._file = text, folder / "story.yaml"
        self._steps = self.hand.steps()
        self._left = 0
        self._done: deque[Step] = deque(maxlen=60)

    def go(self, keys: int) -> None:
        """Do so many steps.

        Raises:
            Fell: The program did not survive; told with the last steps.
        """
        self._left = keys
        while self._left > 0:
            self._file.write_text(self._text, encoding="utf-8")
            self.opened += 1
            self._walk()

    def _walk(self) -> None:
        asyncio.run(self._walk_once())

    def _step(self) -> Step:
        self._left -= 1
        step = next(self._steps)
        self._done.append(step)
        if step.file is not None:
            self._file.write_text(step.file, encoding="utf-8")
        if step.size is not None:
            self.hand.size = step.size
        return step

    def _fell(self, how: str) -> Fell:
        return Fell(f"{how}\nthe last steps: {list(self._done)}")

    async def _walk_once(self) -> None:
        app = TimelineApp(Loading(self._file, today=TODAY), lambda opened: View(opened.index, today=TODAY))
        app.open_url = lambda *_, **__: None  # type: ignore[method-assign]  # no browser is started
        try:
            async with app.run_test(size=self.hand.size, notifications=True, tooltips=True) as pilot:
                await self._go_on(pilot)
                await leave(pilot)
        except Exception as error:
            raise self._fell(f"{type(error).__name__}: {error}") from error

    async def _go_on(self, pilot: Pilot[None]) -> None:
        keyboard, hand = Keyboard(), self.hand
        while self._left > 0 and goes_on(pilot):
            for _ in range(min(self._left, hand.burst())):
                step = self._step()
                type_bytes(pilot, step.data, keyboard)
                if step.size is not None and pilot.app._driver is not None:
                    pilot.app._driver._size = step.size
                    pilot.app._driver.process_message(Resize(Size(*step.size), Size(*step.size)))
            if hand.chance(20):
                await self._reacts(pilot)
            elif hand.chance(60):
                await wait_for_idle()
            for _ in range(hand.pause()):
                await asyncio.sleep(0)

    async def _reacts(self, pilot: Pilot[None]) -> None:
        """Wait until the app and its screen have done what they were told."""
        app = pilot.app
        heard: list[int] = []
        app.call_later(lambda: app.screen.call_later(heard.append, 1))
        try:
            async with asyncio.timeout(PATIENCE):
                while not heard and goes_on(pilot):
                    await wait_for_idle()
        except TimeoutError:
            raise self._fell("nothing is heard any more") from None


class TerminalWalk(Walk):
    """The same with the whole program in a pseudo-terminal."""

    def _walk(self) -> None:
        quiet = {"TERM": "xterm-256color", "VISUAL": "true", "BROWSER": "true", "LANG": "C.UTF-8"}
        argv = [*PROGRAM, str(self._file)]
        width, height = self.hand.size
        with PtySession(argv, height, width, {**os.environ, **quiet}) as session:
            # Before that, Ctrl+C is a signal.
            session.wait_for_bytes(b"\x1b[?2004h")
            while self._left > 0:
                step = self._step()
                if step.size is not None:
                    session.resize(step.size[1], step.size[0])
                with suppress(AssertionError):
                    session.write(step.data)
                if self._has_ended(session, 0.002):
                    return
            for _ in range(100):
                with suppress(AssertionError):
                    session.write(WAY_OUT)
                if self._has_ended(session, 0.3):
                    return
        raise self._fell("q does not leave")

    def _has_ended(self, session: PtySession, seconds: float) -> bool:
        try:
            code = session.exit_code(seconds)
        except AssertionError:
            return False
        if code:
            reports = [
                path.read_text("utf-8") for path in Path(os.environ["XDG_STATE_HOME"]).rglob("crash-*.txt")
            ]
            raise self._fell(f"exit code {code}: {session.text[-300:]!r}\n{''.join(reports[-1:])}")
        return True


def goes_on(pilot: Pilot[None]) -> bool:
    """Whether the program has not been told to end."""
    return pilot.app.is_running and not pilot.app._exit


def type_bytes(pilot: Pilot[None], data: bytes, keyboard: Keyboard | None = None) -> None:
    """Have what a terminal sends heard all at once."""
    driver = pilot.app._driver
    for message in (keyboard or Keyboard()).feed_bytes(data):
        if driver is not None:
            driver.process_message(message)


async def leave(pilot: Pilot[None]) -> None:
    """Close what is open, and quit, by keys.

    Raises:
        Fell: The program does not hear them.
    """
    try:
        async with asyncio.timeout(PATIENCE):
            while goes_on(pilot):
                type_bytes(pilot, WAY_OUT)
                await wait_for_idle()
    except TimeoutError:
        raise Fell("q does not leave") from None


def bytes_of(key: str) -> bytes:
    """What a terminal sends for a key, given by Textual's name."""
    if key.startswith("ctrl+") and key not in _SPECIAL:
        return bytes([ord(key[-1]) & 0x1F])
    return _SPECIAL.get(key) or {"colon": b":"}.get(key) or key.encode()


def story(seed: int) -> str:
    """What a walk begins with: a whole story more often than an empty file and a hostile one."""
    files = (BUNDLED, HARBOUR, BUNDLED)
    return (*(path.read_text(encoding="utf-8") for path in files), EMPTY, HOSTILE)[seed % 5]


def main() -> int:
    """Walk with every seed; the exit code is 1 if one walk failed."""
    parser = argparse.ArgumentParser(description="Random keys over every screen")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--keys", type=int, default=3000, help="steps of each")
    parser.add_argument("--terminal", action="store_true", help="in a pseudo-terminal")
    chosen = parser.parse_args()
    fell = 0
    for seed in range(chosen.first, chosen.first + chosen.seeds):
        with tempfile.TemporaryDirectory(prefix="random-walk-", ignore_cleanup_errors=True) as folder:
            os.environ.update(dict.fromkeys(_FOLDERS, folder))
            os.chdir(folder)
            walk = (TerminalWalk if chosen.terminal else Walk)(seed, story(seed), Path(folder))
            try:
                walk.go(chosen.keys)
                said = f"{chosen.keys} steps, opened {walk.opened} times"
            except Fell as error:
                fell += 1
                said = "".join(traceback.format_exception(error))
            sys.stdout.write(f"seed {seed}: {said}\n")
            sys.stdout.flush()
            os.chdir("/")
    return min(fell, 1)


if __name__ == "__main__":
    sys.exit(main())
