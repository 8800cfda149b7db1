"""Write plain data as YAML that the reader of the format reads back unchanged.

For that reader every scalar is text, so `no`, `12:30` and `0123` need no quotation marks.
"""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from timeline_tui.text.sanitize import sound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

WIDTH = 110
"""The most columns of a list that is written on one line."""
LONGEST_LINE = 200_000
"""Characters after which a text continues on the next line, to avoid lines of megabytes."""

_LONGEST_KEY = 120
"""The most characters of a key that is written as `key:`; longer ones need `? key`. YAML allows 1,024."""
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0", "\x85": "\\N"}
# Characters that YAML does not allow, that end a line for other readers, or that are invisible in an editor.
_ESCAPED = re.compile(
    '[\\\\"\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'
)
_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_PLAIN = re.compile(r"(?![-?:](?:\s|\Z))[^\s,\[\]{}#&*!|>'\"%@`=~](?:[^\n\t]*[^\s:])?", re.ASCII)
_PLAIN_INSIDE = re.compile(r": | #|\t|\n")
# In brackets, a leading `?` starts a key; libyaml does not even need a space after it.
_FLOW = re.compile(r"[,\[\]{}:]|\A[?\-]")


def document(data: Mapping[str, object]) -> Iterator[str]:
    """The lines of a mapping with their line ends, one text for each key."""
    yield from _mapping(data, 0)


def item(data: object, indent: int) -> str:
    """The lines of a list item whose dash is indented by `indent`."""
    return "".join(_item(data, indent))


def key(name: str) -> str:
    """A key as written before its colon."""
    return "'<<'" if name == "<<" else scalar(name)


def scalar(text: str, *, flow: bool = False) -> str:
    """A text on one line, quoted if YAML requires it; with `flow` (inside brackets) it does so more often."""
    text = sound(text)
    if is_plain(text) and not (flow and _FLOW.search(text)):
        return text
    if _UNFIT.search(text) or "\n" in text or "\t" in text:
        return _escaped(text)
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return _escaped(text) if "'" in text else f"'{text}'"


def is_plain(text: str) -> bool:
    """Whether a text needs no quotation marks."""
    return (
        _PLAIN.fullmatch(text) is not None
        and not _PLAIN_INSIDE.search(text)
        and not _UNFIT.search(text)
        and not text.startswith(("---", "..."))
    )


def _mapping(data: Mapping[str, object], indent: int) -> Iterator[str]:
    for name, value in data.items():
        yield " " * indent + _pair(str(name), value, indent)


def _pair(name: str, value: object, indent: int) -> str:
    """A key and its value, without the indentation of the key."""
    written = key(name)
    if len(written) > _LONGEST_KEY:
        return f"? {written}\n{' ' * indent}:{_value(value, indent)}"
    return f"{written}:{_value(value, indent)}"


def _value(value: object, indent: int) -> str:
    """The text after the colon of a key that is indented by `indent`, with the line end."""
    match value:
        case None:
            return "\n"
        case dict():
            return "\n" + "".join(_mapping(value, indent + 2)) if value else " {}\n"
        case list() | tuple():
            return _list(value, indent)
        case _:
            return f" {_text(_as_text(value), indent)}\n"


def _list(items: Sequence[object], indent: int) -> str:
    texts = [scalar(item, flow=True) for item in items if isinstance(item, str) and "\n" not in item]
    line = f" [{', '.join(texts)}]\n"
    if len(texts) == len(items) and indent + len(line) < WIDTH and not any('"' in text for text in texts):
        return line
    return "\n" + "".join("".join(_item(each, indent + 2)) for each in items) if items else " []\n"


def _item(value: object, indent: int) -> Iterator[str]:
    dash = " " * indent + "- "
    if isinstance(value, dict) and value:
        lines = _mapping(value, indent + 2)
        yield dash + next(lines)[indent + 2 :]
        yield from lines
    elif isinstance(value, list | tuple) and value:
        # A list in a list starts on the line of the dash.
        inner = "".join("".join(_item(each, indent + 2)) for each in value)
        yield dash + inner[indent + 2 :]
    else:
        yield f"{dash.rstrip()}{_value(value, indent)}"


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _text(text: str, indent: int) -> str:
    text = sound(text)
    if "\n" in text and _fits_block(text):
        return _block(text, indent + 2)
    if indent + len(text) > WIDTH and _is_prose(text):
        return f">-\n{_wrapped(text, indent + 2)}"
    written = scalar(text)
    return written if len(written) <= LONGEST_LINE else _folded(text, indent + 2)


def _fits_block(text: str) -> bool:
    """Whether a text can be written unchanged as a literal block."""
    lines = text.split("\n")
    blank = any(line and not line.strip(" \t") for line in lines)
    return (
        lines[0] != ""
        and not blank
        and not text.startswith((" ", "\t"))
        and not _UNFIT.search(text)
        and max(map(len, lines)) <= LONGEST_LINE
    )


def _is_prose(text: str) -> bool:
    """Whether a text is words with single spaces, so that folding its lines does not change it."""
    return " " in text and " ".join(text.split()) == text and not _UNFIT.search(text)


def _wrapped(text: str, indent: int) -> str:
    margin = " " * indent
    return textwrap.fill(
        text,
        max(WIDTH, indent + 40),
        initial_indent=margin,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _block(text: str, indent: int) -> str:
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    chomping = ("-", "")[ends] if ends < 2 else "+"
    lines = [" " * indent + line if line else "" for line in body.split("\n")]
    return f"|{chomping}\n" + "\n".join(lines) + "\n" * max(ends - 1, 0)


def _escaped(text: str) -> str:
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    point = ord(match[0])
    return _ESCAPES.get(match[0]) or (f"\\x{point:02x}" if point < 256 else f"\\u{point:04x}")


def _folded(text: str, indent: int) -> str:
    """A long quoted text on several lines, all but the last ending with a backslash."""
    parts = [text[at : at + LONGEST_LINE] for at in range(0, len(text), LONGEST_LINE)]
    escaped = [_ESCAPED.sub(_escape, part) for part in parts]
    # Leading spaces of a line would be its indentation, so the first is escaped.
    joined = [escaped[0], *(f"\\{part}" if part.startswith(" ") else part for part in escaped[1:])]
    return '"' + f"\\\n{' ' * indent}".join(joined) + '"'
