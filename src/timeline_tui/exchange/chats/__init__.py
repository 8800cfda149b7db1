"""Chats: exported messages, each an event of its sender.

WhatsApp's text in the date styles of its languages, Signal's, and Telegram's pages of HTML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline_tui.dates.lenient import Evidence
from timeline_tui.exchange.event_runs import EventRuns
from timeline_tui.exchange.text_lines import TextLines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.exchange.gathering import Gathering

_DAY = r"(?P<day>[0-9]{1,4}[./-] ?[0-9]{1,2}[./-] ?[0-9]{2,4}\.?)"
_CLOCK = (
    r"(?P<clock>[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?(?:[ \u202f\u00a0]?[AaPp]\.?[ \u202f\u00a0]?[Mm]\.?)?)"
)
_STYLES = (
    re.compile(rf"[\u200e\u200f]?\[{_DAY},?[ \u202f\u00a0]{_CLOCK}\] ?(?P<rest>.*)"),
    re.compile(rf"[\u200e\u200f]?{_DAY},? (?:um |at |à |a las )?{_CLOCK}(?: Uhr)? [-\u2013] (?P<rest>.*)"),
    re.compile(rf"{_DAY}[T ]{_CLOCK} (?P<rest>[^:]{{1,80}}: .*)"),
)
_SENDER = re.compile(r"[\u200e\u200f~ ]*([^:]{1,80}?): (.*)", re.DOTALL)
_LEFT = re.compile(
    r"<(?:Media|Medien|Médias|Multimedia|Media weggelaten)[^>]*>|\u200e?(?:image|video|audio) omitted"
)


def is_chat(start: str) -> bool:
    """Whether most lines at the beginning of a text are messages of a chat."""
    lines = [line for line in start.splitlines()[:40] if line.strip()][:20]
    found = sum(_split(line) is not None for line in lines)
    return found >= 2 and 3 * found >= len(lines)


def read(data: bytes | bytearray, name: str) -> EventRuns:
    """The messages of a chat.

    Raises:
        CannotImport: It is not text, or has no messages.
    """
    return EventRuns(
        TextLines(data), name, "chat", _messages, "this chat has no message with a date and a time"
    )


def _split(line: str) -> tuple[str, str] | None:
    """Date and time of a line, and its text; None if the line continues the message above."""
    for style in _STYLES:
        if (match := style.match(line)) is not None:
            day = match["day"].replace(" ", "").rstrip(".")
            clock = re.sub(r"[\u202f\u00a0]", " ", match["clock"])
            clock = re.sub(r"(?<=[0-9])\.(?=[0-9])", ":", clock)
            return f"{day} {clock}", match["rest"]
    return None


def _messages(lines: TextLines, gathered: Gathering) -> Iterator[None]:
    """Make events of messages; all of them show whether the day or the month is first."""
    evidence = Evidence()
    for line in lines:
        if (split := _split(line)) is not None:
            evidence.add(split[0])
    reader = evidence.reader()
    if reader.guess:
        gathered.guesses.append(reader.guess)
    begun, written, said = 0, "", list[str]()
    for number, line in enumerate(lines, start=1):
        if (split := _split(line)) is None:
            if begun:
                said.append(line)
            elif line.strip():
                gathered.leave_out(number, "a line before the first message")
            continue
        if begun:
            _add(gathered, begun, written, reader.read(written), said)
            yield
        begun, written, said = number, split[0], [split[1]]
    if begun:
        _add(gathered, begun, written, reader.read(written), said)


def _add(gathered: Gathering, line: int, written: str, edtf: str, said: list[str]) -> None:
    """Add the message that begins on a line."""
    body = "\n".join(said).strip("\n")
    match = _SENDER.fullmatch(body)
    sender, text = (match[1].strip(), match[2]) if match else ("", body)
    gathered.lost["media of messages"] += _LEFT.search(text) is not None
    gathered.add(
        line,
        edtf,
        text.strip() or "(empty message)",
        written=written,
        kind="message" if sender else "notice",
        actors=[sender] if sender else [],
    )
