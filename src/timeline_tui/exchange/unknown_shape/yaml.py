"""Reads YAML of any structure: its encoding, front matter in Markdown, and repairs where it is invalid.

Repairs never move lines, so that line numbers are those of the file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.exchange.contract import CannotImport, LeftOut
from timeline_tui.exchange.decode import text_of
from timeline_tui.reading.plain_yaml import InvalidYamlError, LinedMap, plain_documents

if TYPE_CHECKING:
    from timeline_tui.reading.characters import BadCharacter


LARGEST = 48_000_000
"""Size limit of a file, in bytes."""

_MOST_MISTAKES = 200
"""The most mistakes in the YAML of a file."""
_MOST_WORK = 400_000_000
"""The most bytes that are parsed: a file is parsed again after each mistake."""
_FRONT = re.compile(r"---[ \t]*\r?\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_MARKDOWN = (".md", ".markdown", ".mdown", ".qmd", ".rmd", ".mdx")


class Documents(NamedTuple):
    """The content of a file."""

    data: list[object]
    """Its documents, as `plain_documents()` returns them."""
    guesses: list[str]
    left_out: list[LeftOut]


def documents(data: bytes, name: str) -> Documents:
    """The documents of a file; for Markdown, its front matter, with the text after it as `body`.

    Raises:
        CannotImport: It is not valid YAML; the text says where.
    """
    text, guesses = text_of(data, LARGEST, may_be_windows=True)
    if name.lower().endswith(_MARKDOWN):
        return _front_matter(text, guesses)
    try:
        return _loaded(text, guesses)
    except CannotImport:
        if _FRONT.match(text) and not name.lower().endswith((".yaml", ".yml")):
            return _front_matter(text, guesses)
        raise


def _front_matter(text: str, guesses: list[str]) -> Documents:
    match = _FRONT.match(text)
    if match is None:
        raise CannotImport(
            "this Markdown does not start with YAML between two lines of ---, so it has no date"
        )
    found = _loaded(match[1] or "", guesses, first_line=1)
    body = text[match.end() :].strip()
    if body and found.data and isinstance(found.data[0], LinedMap):
        key = "body"
        while key in found.data[0]:
            key += "-2"
        found.data[0][key] = body
    return found


def _loaded(text: str, guesses: list[str], first_line: int = 0) -> Documents:
    """The documents of a text, repaired where needed, without the entries that cannot be repaired."""
    lines: list[str] = []
    quoted: list[int] = []
    left_out: list[LeftOut] = []
    most = min(_MOST_MISTAKES, _MOST_WORK // (len(text) + 1))
    while True:
        try:
            data = ("\n".join(lines) if lines else text).encode("utf-8", "replace")
            found = plain_documents(data, first_line)
        except InvalidYamlError as error:
            lines = lines or text.splitlines()
            reason = str(error)
            if error.line < 0 or len(quoted) + len(left_out) >= most:
                raise CannotImport(f"this is not valid YAML: {reason}") from None
            if error.line not in quoted and add_quotes(lines, error.line):
                quoted.append(error.line)
            elif (start := blank_item(lines, error.line)) >= 0:
                left_out.append(LeftOut(start + first_line + 1, reason))
            else:
                raise CannotImport(f"this is not valid YAML: {reason}") from None
            continue
        guesses = [
            *guesses,
            *_guesses_on(found.bad_characters, first_line),
            *_guesses_on_quotes(quoted, first_line),
        ]
        skipped = [LeftOut(*each) for each in found.skipped]
        return Documents(found.data, guesses, sorted([*left_out, *skipped]))


def _guesses_on_quotes(quoted: list[int], first_line: int) -> list[str]:
    if not quoted:
        return []
    places = f"line {min(quoted) + first_line + 1}"
    if len(quoted) == 1:
        return [f"{places} is not valid YAML, and is read as if its text were in quotation marks"]
    texts = f"{len(quoted):,} texts are not valid YAML"
    return [f"{texts}, and are read as if in quotation marks, the first in {places}"]


def _guesses_on(bad_characters: list[BadCharacter], first_line: int) -> list[str]:
    if not bad_characters:
        return []
    lines = f"line {bad_characters[0].line + first_line + 1}"
    count = f"{len(bad_characters):,} characters"
    return [f"{count} that YAML does not allow are read as ?, the first in {lines}"]


_VALUE = re.compile(r"(\s*(?:- +)*(?:[^\s#\-'\"\[{][^:#\n]*:|-) +)(\S.*)")
_ITEM = re.compile(r"( *)-(?:\s|\Z)")
_ASIDE = re.compile(r"\[[^\[\]]*\] *\w|\{[^{}]*\} *\w")
"""Brackets that are not a list or map: `[Draft] A title`."""
_BLOCK = re.compile(r"[|>][0-9+\-]*\s*(?:#.*)?\Z")


def add_quotes(lines: list[str], number: int) -> bool:
    """Put quotation marks around the value that begins on a line, or just above it, over all of its lines.

    Args:
        lines: The lines of the file, without line ends; they are changed.
        number: The invalid line, from 0.

    Returns:
        Whether there is such a value without quotation marks.
    """
    for start in range(min(number, len(lines) - 1), max(number - 20, -1), -1):
        match = _VALUE.fullmatch(lines[start])
        if match is None:
            if not lines[start].strip():
                return False
            continue
        head, value = match.groups()
        if _BLOCK.match(value) or _is_quoted(value) or (value[0] in "[{" and not _ASIDE.match(value)):
            return False
        _quote(lines, start, head, value)
        return True
    return False


def _is_quoted(value: str) -> bool:
    return re.fullmatch(r"'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"", value.strip()) is not None


def _quote(lines: list[str], start: int, head: str, value: str) -> None:
    indent = len(head) - len(head.lstrip(" "))
    end = start
    while end + 1 < len(lines) and _goes_on(lines[end + 1], indent):
        end += 1
    lines[start] = head + "'" + value.rstrip().replace("'", "''")
    for number in range(start + 1, end + 1):
        lines[number] = lines[number].rstrip().replace("'", "''")
    lines[end] += "'"


def _goes_on(line: str, indent: int) -> bool:
    """Whether a line belongs to the text above it, whose key is indented by `indent`."""
    inner = len(line) - len(line.lstrip(" "))
    return bool(line.strip()) and inner > indent and not _ITEM.match(line) and not _VALUE.fullmatch(line)


def blank_item(lines: list[str], number: int) -> int:
    """Blank the item of the outermost list that contains a line, or else the document.

    Args:
        lines: The lines of the file, without line ends; they are changed.
        number: The invalid line, from 0.

    Returns:
        The first line of what was blanked, from 0; -1 if nothing would be left.
    """
    top = _border(lines, number, -1) + 1
    bottom = _border(lines, number + 1, 1)
    dashes = [at for at in range(top, bottom) if _ITEM.match(lines[at])]
    outermost = min((_indent(lines[at]) for at in dashes), default=0)
    starts = [at for at in dashes if _indent(lines[at]) == outermost]
    start, end = top, bottom
    if starts:
        if number < starts[0] or len(starts) < 2:
            return -1
        start = max(at for at in starts if at <= number)
        end = next((at for at in starts if at > start), bottom)
        end = next((at for at in range(start + 1, end) if _is_outside(lines[at], outermost)), end)
    elif top == 0 and bottom == len(lines):
        return -1
    if not any(line.strip() for line in lines[start:end]):
        return -1
    lines[start:end] = [""] * (end - start)
    return start


def _border(lines: list[str], number: int, step: int) -> int:
    """The nearest line between two documents, above (-1) or below (1) a line."""
    at = min(number, len(lines) - 1)
    while 0 <= at < len(lines) and not lines[at].startswith(("---", "...")):
        at += step
    return at


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_outside(line: str, indent: int) -> bool:
    return bool(line.strip()) and _indent(line) < indent and not line.lstrip().startswith("#")
