"""Makes text from files safe to show on a terminal, and ready for searching.

All text from a file passes through `visible()` before it reaches a terminal
(Trojan Source, CVE-2021-42574; escape injection, CVE-2003-0063 and later).
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from functools import cache
from itertools import pairwise, repeat
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# C0 except tab and line feed, DEL, C1, bidirectional controls, line and paragraph separators, zero-width and
# other invisible format characters, lone surrogates, interlinear and tag characters, noncharacters.
# ZWNJ and ZWJ (U+200C, U+200D) are kept: Persian, Indic scripts and emoji are spelt with them.
_CONTROLS = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e"
    r"\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    r"\U000e0000-\U000e00ff"
)
_HIDDEN = re.compile(f"[{_CONTROLS}]")
# The vowel signs of Indic scripts are marks, which the class of letters and digits does not include.
_INDIC_SIGNS = (
    r"\u0964\u0965\u0970\u09f2\u09f3\u09fa\u09fb\u09fd\u0a76\u0af0\u0af1\u0b70\u0bf3-\u0bfa\u0c77\u0c7f\u0c84"
    r"\u0d4f\u0d79\u0df4"
)
_WORD = re.compile(rf"(?:[^\W_]+|(?![{_INDIC_SIGNS}])[\u0900-\u0df4])+")
_ASCII_WORD = re.compile("[a-z0-9]+")
"""The same of an ASCII text in lower case, five times as fast."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_VOICING = 8
"""The combining class of the voicing marks of kana, which distinguish letters: が is not か."""
_UNSPACED = (
    r"([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff])"
)
"""Scripts without spaces between words: each character is searched as a word."""


_VIETNAMESE = re.compile("[\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
"""Letters of Vietnamese that few other languages have."""
_PLAIN_LETTERS = {
    "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "\u0131": "i", "ŋ": "n", "ĸ": "q",
    # Signs of sounds and of length that are often omitted: in Hawaii, Quran, Ali, Kazan, and in Arabic.
    **dict.fromkeys("\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf\u0640", ""),
}  # fmt: skip
"""Letters that Unicode does not decompose, and what people type for them; `_VARIED` finds more of them."""
_VARIED = re.compile("LATIN SMALL LETTER ([A-Z]{1,2}) WITH .+")
"""The Unicode names of letters with a stroke, a hook or the like: ł, ø, đ, ħ."""


class _Folding(dict[int, int | str | None]):
    """For `str.translate`: drops combining marks and strokes; characters are added when they first occur."""

    def __missing__(self, point: int) -> int | str | None:
        letter = chr(point)
        if unicodedata.combining(letter) not in (0, _VOICING):
            self[point] = None
        elif (varied := _VARIED.fullmatch(unicodedata.name(letter, ""))) is not None:
            self[point] = varied[1].lower()
        else:
            self[point] = _PLAIN_LETTERS.get(letter, point)
        return self[point]


_FOLDING = _Folding()


@cache
def _unspaced() -> re.Pattern[str]:
    # Compiling it takes 3 ms, which the first frame can do without.
    return re.compile(_UNSPACED)


def has_hidden(text: str) -> bool:
    """Whether `text` contains a control, bidirectional or invisible character."""
    return not (text.isascii() and text.isprintable()) and _HIDDEN.search(text) is not None


def visible(text: str) -> str:
    """`text` with every control, bidirectional or invisible character written as `‹U+202E›`.

    Tab and line feed are kept; a carriage return before a line feed is dropped. The function is idempotent,
    accepts any string, and its result is safe to write to any terminal.
    """
    if text.isascii() and text.isprintable():
        return text
    return _HIDDEN.sub(_name, text.replace("\r\n", "\n"))


def sound(text: str) -> str:
    """`text` with lone surrogates, which UTF-8 cannot encode, written as `‹U+D800›`."""
    return text if text.isascii() else _SURROGATE.sub(lambda match: visible(match[0]), text)


def one_line(text: str) -> str:
    """`visible(text)` on a single line, with runs of white space as one space."""
    return _SPACES.sub(" ", visible(text)).strip()


def printable(text: str, encoding: str | None) -> str:
    r"""`text` with characters that `encoding` does not have as `\uXXXX`, so that printing never fails."""
    encoding = encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def fold(text: str) -> str:
    """`text` as it is searched: without case, accents and width.

    It is Unicode NFKD without combining marks, case-folded and composed again. Latin letters are as typed on
    a plain keyboard (ł as l, æ as ae, þ as th). Each character of a script without spaces between words
    (Chinese, Japanese, Thai, Lao, Burmese, Khmer) is put between spaces.
    """
    if text.isascii():
        return text.lower()
    # Case is folded after decomposing, which can produce capitals (from ᴬ).
    bare = unicodedata.normalize("NFKD", text).casefold()
    bare = unicodedata.normalize("NFKD", bare).translate(_FOLDING)
    return _unspaced().sub(r" \1 ", unicodedata.normalize("NFC", bare))


def words(text: str) -> list[str]:
    """The folded words of `text` in order: runs of letters and digits."""
    return _ASCII_WORD.findall(text.lower()) if text.isascii() else _WORD.findall(fold(text))


def begins_words(typed: list[str], text: str) -> bool:
    """Whether each of some folded words is the beginning of a word of a text."""
    folded = f" {' '.join(words(text))}"
    return all(f" {word}" in folded for word in typed)


class WordSpan(NamedTuple):
    """A word, and where it is in a text."""

    word: str
    """The word, folded."""
    start: int
    """The 0-based index of its first character in the text, before folding."""
    end: int
    """The index after its last character."""


def word_spans(text: str) -> list[WordSpan]:
    """The words of `words()` in order, each with its place in `text`."""
    if text.isascii():
        return [WordSpan(match[0], *match.span()) for match in _WORD.finditer(text.lower())]
    folded = ""
    starts, ends = array("q"), array("q")
    for start, end in pairwise([*_cluster_starts(text), len(text)]):
        part = fold(text[start:end])
        folded += part
        starts.extend(repeat(start, len(part)))
        ends.extend(repeat(end, len(part)))
    found = _WORD.finditer(folded)
    return [WordSpan(match[0], starts[match.start()], ends[match.end() - 1]) for match in found]


def found_spans(text: str, beginnings: Iterable[str]) -> list[tuple[int, int]]:
    """The start and end index of the words in `text` that begin with one of `beginnings` (folded).

    A beginning in a script without spaces is found wherever its characters follow each other.
    """
    folded = tuple(beginnings)
    if not folded:
        return []
    found = word_spans(text)
    starts = tuple(beginning for beginning in folded if not _is_run(beginning))
    spans = {(place.start, place.end) for place in found if place.word.startswith(starts)}
    for first, couple in _syllable_pairs(text, found):
        if couple.word.startswith(tuple(start for start in starts if len(start) > len(first.word))):
            spans.add((couple.start, couple.end))
    for run in filter(_is_run, folded):
        for number in range(len(found) - len(run) + 1):
            part = found[number : number + len(run)]
            if "".join(place.word for place in part) == run:
                spans.add((part[0].start, part[-1].end))
    return _merged(sorted(spans))


def syllable_pairs(text: str) -> list[str]:
    """Each two adjacent Vietnamese syllables as one word, folded.

    Vietnamese is written syllable by syllable, but its names are one word elsewhere: Đà Nẵng is Danang.
    """
    if text.isascii() or not _VIETNAMESE.search(unicodedata.normalize("NFC", text)):
        return []
    return [couple.word for _, couple in _syllable_pairs(text, word_spans(text))]


def _syllable_pairs(text: str, found: Sequence[WordSpan]) -> Iterator[tuple[WordSpan, WordSpan]]:
    """Pairs of adjacent Vietnamese syllables: the first one, and both as one word."""
    for one, other in pairwise(() if text.isascii() else found):
        written = unicodedata.normalize("NFC", text[one.start : other.end])
        if _VIETNAMESE.search(written) and text[one.end : other.start].isspace():
            yield one, WordSpan(one.word + other.word, one.start, other.end)


def joined_runs(folded: Iterable[str]) -> list[str]:
    """Folded words, with adjacent characters of scripts without spaces joined into one."""
    joined: list[str] = []
    for word in folded:
        if joined and _unspaced().fullmatch(word) and _unspaced().fullmatch(joined[-1][-1]):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _is_run(beginning: str) -> bool:
    return len(beginning) > 1 and _unspaced().fullmatch(beginning[0]) is not None


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted spans, with overlapping ones merged."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _cluster_starts(text: str) -> Iterator[int]:
    """The indexes at which a character begins that is folded together with the marks after it."""
    yield 0
    for place in range(1, len(text)):
        letter = text[place]
        if letter.isascii():
            yield place
            continue
        first = unicodedata.normalize("NFKD", letter)[0]
        is_part = unicodedata.category(first)[0] == "M" or "\u1160" <= first <= "\u11ff"
        if not is_part:
            yield place


def _name(match: re.Match[str]) -> str:
    return f"‹U+{ord(match[0]):04X}›"
