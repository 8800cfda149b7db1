"""Text from a file, made fit for a screen, a pipe and a search.

`visible()` is the one choke point between what somebody wrote and a terminal
(Trojan Source, CVE-2021-42574; escape injection, CVE-2003-0063 and its heirs).
"""

from __future__ import annotations

import re
import unicodedata

# C0 but tab and line feed, DEL, C1, bidi controls, line and paragraph separators, zero-width and
# other invisible format characters, lone surrogates, interlinear and tag characters, noncharacters.
# ZWNJ and ZWJ (U+200C, U+200D) stay: Persian, Indic scripts and emoji are spelt with them.
_CONTROLS = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e"
    r"\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    r"\U000e0000-\U000e00ff"
)
_HIDDEN = re.compile(f"[{_CONTROLS}]")
_WORD = re.compile(r"[^\W_]+")
_SPACES = re.compile(r"\s+")
# Scripts written without spaces between words: each character is searched as a word of its own.
_UNSPACED = re.compile(
    r"([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff])"
)


class _Marks(dict[int, int | None]):
    """For `str.translate`: drops combining marks, learning each character when it is met."""

    def __missing__(self, point: int) -> int | None:
        # The voicing marks of kana (ccc 8) tell letters apart: が is not か.
        dropped = unicodedata.combining(chr(point)) not in (0, 8)
        self[point] = None if dropped else point
        return self[point]


_MARKS = _Marks()


def has_hidden(text: str) -> bool:
    """Whether `text` holds a control, bidi or invisible character."""
    return not (text.isascii() and text.isprintable()) and _HIDDEN.search(text) is not None


def visible(text: str) -> str:
    """`text` with every control, bidi and invisible character as `‹U+202E›`; tab and line feed stay.

    Idempotent and total: any string may be given, the result may be written to any terminal.
    A carriage return before a line feed is dropped, as it only ends the line.
    """
    if text.isascii() and text.isprintable():
        return text
    return _HIDDEN.sub(_name, text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """`visible(text)` on a single line, runs of white space as one space."""
    return _SPACES.sub(" ", visible(text)).strip()


def printable(text: str, encoding: str | None) -> str:
    r"""`text` with what `encoding` cannot write as `\uXXXX`, so that printing never fails."""
    encoding = encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def fold(text: str) -> str:
    """`text` as it is searched: without case, accents and width, in words.

    Unicode NFKD without combining marks, case-folded, composed again; each character of a
    script written without spaces (Chinese, Japanese, Thai, Lao, Burmese, Khmer) is a word.
    """
    if text.isascii():
        return text.lower()
    # Case is folded last: decomposition brings capitals out of letters that had none (ᴬ).
    bare = unicodedata.normalize("NFKD", text).casefold()
    bare = unicodedata.normalize("NFKD", bare).translate(_MARKS)
    return _UNSPACED.sub(r" \1 ", unicodedata.normalize("NFC", bare))


def words(text: str) -> list[str]:
    """The folded words of `text`: runs of letters and digits, in order."""
    return _WORD.findall(fold(text))


def _name(match: re.Match[str]) -> str:
    return f"‹U+{ord(match[0]):04X}›"
