"""What comes from the keyboard, as messages, whatever its bytes are."""

from __future__ import annotations

import re
import time
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING

from textual import events
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.keys import Keys

from timeline_tui.text import visible

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from textual.message import Message

LONGEST_PASTE = 65_536
"""Characters of one paste that are kept: more than any search or date, little enough to show at once."""

PASTE_STALLS = 1.0
"""Seconds without a byte after which a paste that never ended is taken as ended."""

_OVERLAP = len(BRACKETED_PASTE_END) - 1
# A report of the mouse's place (its code has bit 32) right before another with the same buttons.
_PASSED_OVER = re.compile(r"\x1b\[<(3[2-9]|[45][0-9]|6[0-3]);[0-9]+;[0-9]+M(?=\x1b\[<\1;[0-9]+;[0-9]+M)")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Keyboard(XTermParser):
    """An `XTermParser` that survives every byte, number and paste.

    Bytes that are not UTF-8 become U+FFFD, sequences with impossible numbers are dropped, and a
    paste is cut at `LONGEST_PASTE` and arrives with its control characters made visible. Of the
    places a mouse has passed over in one go, only the last counts.
    """

    def __init__(self, *, debug: bool = False) -> None:
        super().__init__(debug)
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._pasting = False
        self._pasted: list[str] = []
        self._room = LONGEST_PASTE
        self._tail = ""
        self._fed = 0.0

    def feed_bytes(self, data: bytes) -> Iterator[Message]:
        """The messages that `data`, the next bytes read, complete."""
        self._fed = time.monotonic()
        text = _PASSED_OVER.sub("", self._decode(data))
        while text:
            text = yield from self._paste(text) if self._pasting else self._type(text)

    def tick(self) -> Iterator[Message]:
        """The messages that are due because nothing more came."""
        waiting = self._timeout_time is not None
        yield from super().tick()
        if waiting and self._timeout_time is None:
            # The parser has given up a half sequence: what follows does not complete it.
            self._tail = ""
        if self._pasting and time.monotonic() - self._fed > PASTE_STALLS:
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
            for key in super()._sequence_to_key_events(sequence, alt):
                yield events.Key(Keys.Ignore, None) if _SURROGATE.search(key.key) else key
        except (ArithmeticError, ValueError):
            yield events.Key(Keys.Ignore, None)

    def _type(self, text: str) -> Generator[Message, None, str]:
        """Feed `text` up to where a paste begins; returns what is left of it."""
        joined = self._tail + text
        start = joined.find(BRACKETED_PASTE_START)
        self._pasting = start >= 0
        end = start + len(BRACKETED_PASTE_START) - len(self._tail) if self._pasting else len(text)
        self._tail = "" if self._pasting else joined[-_OVERLAP:]
        yield from self.feed(text[:end])
        return text[end:]

    def _paste(self, text: str) -> Generator[Message, None, str]:
        """Keep `text` up to where the paste ends; returns what is left of it.

        Textual's parser looks at every character of a paste, which takes seconds for some megabytes.
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
        self._pasting, self._pasted, self._room, self._tail = False, [], LONGEST_PASTE, ""
        for message in self.feed(BRACKETED_PASTE_END):
            yield events.Paste(visible(text)) if isinstance(message, events.Paste) else message
