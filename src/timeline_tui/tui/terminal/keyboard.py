"""Bytes from the keyboard as messages; invalid bytes are harmless."""

from __future__ import annotations

import re
import time
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.keys import Keys, _character_to_key

from timeline_tui.text.sanitize import visible
from timeline_tui.tui.terminal.keyboard_layouts import is_latin, keys_of, shifted

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from textual.message import Message

MAX_PASTE = 65_536
"""Characters of one paste that are kept: more than any search or date, few enough to show at once."""

PASTE_TIMEOUT = 1.0
"""Seconds without a byte after which an unfinished paste counts as finished."""

_OVERLAP = len(BRACKETED_PASTE_END) - 1
# A report of a mouse move (its code has bit 32) right before another with the same buttons.
_SKIPPED_MOVES = re.compile(r"\x1b\[<(3[2-9]|[45][0-9]|6[0-3]);[0-9]+;[0-9]+M(?=\x1b\[<\1;[0-9]+;[0-9]+M)")
_SURROGATE = re.compile("[\ud800-\udfff]")


# Unicode key, with Shift, at the same place of a Latin keyboard; modifiers; text. See
# https://sw.kovidgoyal.net/kitty/keyboard-protocol/#key-codes
_WITH_PLACE = re.compile(
    r"\x1b\[([0-9]{1,7}):[0-9]{0,7}(?::([0-9]{1,7}))?((?:;([0-9]*)[0-9:]*(?:;[0-9:]*)?)?u)"
)
_SHIFT, _LOCKS = 1, 64 | 128
"""Bits of the modifiers; the protocol sends their sum plus one."""


_AFTER_ESCAPE = re.compile("\x1b[!-~]")
"""A character that was typed with Alt, or right after Esc; some of them also begin a longer sequence."""
_WORD_STEPS = {"\x1bb": "ctrl+left", "\x1bf": "ctrl+right"}
"""What terminals on a Mac send for Option and an arrow: a word to the left or to the right."""


class PlacedKey(events.Key):
    """A key whose place on the keyboard the terminal has reported.

    Args:
        key: Textual's name of it.
        character: What it types.
        place: The key of a Latin keyboard at the same place, with Shift if that is held down.
    """

    def __init__(self, key: str, character: str | None, place: str) -> None:
        super().__init__(key, character)
        self.place = place


class QuickKey(events.Key):
    """A key that came right after Esc: pressed with Alt, or after Esc; most terminals send the same.

    Args:
        key: The key without Alt.
        meant: The key that both may stand for, where that is another one; empty for the key with Alt.
    """

    def __init__(self, key: events.Key, meant: str = "") -> None:
        super().__init__(meant or f"alt+{key.key.removeprefix('alt+')}", None if meant else key.character)
        plain = key.character if key.character and key.character.isalnum() else key.key.removeprefix("alt+")
        self.apart = [events.Key("escape", "\x1b"), events.Key(plain, key.character)]
        """Esc, and the key."""


# Otherwise Textual would look for a handler named after this class.
PlacedKey.handler_name = QuickKey.handler_name = events.Key.handler_name


class Keyboard(XTermParser):
    """An `XTermParser` that accepts every byte, number and paste.

    Bytes that are not UTF-8 become U+FFFD, sequences with impossible numbers are dropped, and a
    paste is cut at `MAX_PASTE` and its control characters are made visible. Of several mouse moves in
    a row, only the last counts.
    """

    def __init__(self, *, debug: bool = False) -> None:
        super().__init__(debug)
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._pasting = False
        self._pasted: list[str] = []
        self._room = MAX_PASTE
        self._tail = ""
        self._fed = 0.0

    def feed_bytes(self, data: bytes) -> Iterator[Message]:
        """The messages completed by `data`, the next bytes read."""
        self._fed = time.monotonic()
        text = _SKIPPED_MOVES.sub("", self._decode(data))
        while text:
            text = yield from self._paste(text) if self._pasting else self._type(text)

    def tick(self) -> Iterator[Message]:
        """The messages that are due because nothing more came."""
        waiting = self._timeout_time is not None
        yield from super().tick()
        if waiting and self._timeout_time is None:
            # The parser has given up a half sequence: what follows does not complete it.
            self._tail = ""
        if self._pasting and time.monotonic() - self._fed > PASTE_TIMEOUT:
            self._pasted.append(self._tail)
            yield from self._end_paste()

    def parse_mouse_code(self, code: str) -> Message | None:
        """As Textual's, but None for a report whose numbers no screen has."""
        try:
            return super().parse_mouse_code(code)
        except (ArithmeticError, ValueError):
            return None

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterator[events.Key]:  # noqa: FBT001, FBT002 (Textual's signature)
        try:
            sequence, place = _place(sequence)
            meant = _WORD_STEPS.get(sequence, "")
            if _AFTER_ESCAPE.fullmatch(sequence) and sequence in ANSI_SEQUENCES_KEYS:
                # Textual takes some for what Option types on a Mac, such as ™ for Esc and 2.
                sequence, alt = sequence[1], True
            for key in super()._sequence_to_key_events(sequence, alt):
                if _SURROGATE.search(key.key):
                    yield events.Key(Keys.Ignore, None)
                else:
                    placed = PlacedKey(key.key, key.character, place) if place else key
                    yield QuickKey(key, meant) if alt and key.character else placed
        except (ArithmeticError, ValueError):
            yield events.Key(Keys.Ignore, None)

    def _type(self, text: str) -> Generator[Message, None, str]:
        """Feed `text` up to the beginning of a paste; returns the rest of it."""
        joined = self._tail + text
        start = joined.find(BRACKETED_PASTE_START)
        self._pasting = start >= 0
        end = start + len(BRACKETED_PASTE_START) - len(self._tail) if self._pasting else len(text)
        self._tail = "" if self._pasting else joined[-_OVERLAP:]
        yield from self.feed(text[:end])
        return text[end:]

    def _paste(self, text: str) -> Generator[Message, None, str]:
        """Keep `text` up to the end of the paste; returns the rest of it.

        Textual's parser handles a paste by the character, which takes seconds for some megabytes.
        """
        joined = self._tail + text
        end = joined.find(BRACKETED_PASTE_END)
        kept = end if end >= 0 else max(len(joined) - _OVERLAP, 0)
        self._pasted.append(joined[: min(kept, self._room)])
        self._room -= len(self._pasted[-1])
        self._tail = joined[kept:]
        if end < 0:
            return ""
        rest = self._tail[len(BRACKETED_PASTE_END) :]
        yield from self._end_paste()
        return rest

    def _end_paste(self) -> Iterator[Message]:
        text = "".join(self._pasted).replace("\r\n", "\n").replace("\r", "\n")
        self._pasting, self._pasted, self._room, self._tail = False, [], MAX_PASTE, ""
        for message in self.feed(BRACKETED_PASTE_END):
            yield events.Paste(visible(text)) if isinstance(message, events.Paste) else message


def latin_keys(key: events.Key) -> list[events.Key]:
    """The keys of a Latin keyboard at the place of the pressed key; none if that key is Latin itself."""
    character = key.character
    if character is None or len(character) != 1 or is_latin(character):
        return []
    places = key.place if isinstance(key, PlacedKey) else keys_of(character)
    return [events.Key(place if place.isalnum() else _character_to_key(place), place) for place in places]


def _place(sequence: str) -> tuple[str, str]:
    """A sequence reduced to what Textual reads, and the key of a Latin keyboard at the same place.

    With Ctrl or Alt, which type no text, the sequence names the Latin key itself.
    """
    match = _WITH_PLACE.fullmatch(sequence)
    if match is None:
        return sequence, ""
    code, base, rest, modifiers = match.groups()
    held = max(int(modifiers or "1") - 1, 0)
    place = chr(int(base)) if base and not is_latin(chr(int(code))) else ""
    if place and held & ~(_SHIFT | _LOCKS):
        return f"\x1b[{ord(place)}{rest}", ""
    return f"\x1b[{code}{rest}", shifted(place) if held & _SHIFT else place
