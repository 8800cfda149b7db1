"""The YAML of other people: its encoding, its front matter in Markdown, and repairs where it is invalid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.exchange.decode import text_of
from timeline_tui.exchange.imported import CannotImport, LeftOut
from timeline_tui.exchange.unknown_shape.yaml_repair import mended, without_item
from timeline_tui.reading.plain_yaml import InvalidYamlError, LinedMap, plain_documents

if TYPE_CHECKING:
    from timeline_tui.reading.characters import BadCharacter

LARGEST = 48_000_000
"""Bytes of the largest file that is read."""

_MOST_SLIPS = 200
"""Mistakes in the YAML after which a file is not read."""
_MOST_WORK = 400_000_000
"""Bytes that are parsed at most, a file after each of its mistakes again."""
_FRONT = re.compile(r"---[ \t]*\r?\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_MARKDOWN = (".md", ".markdown", ".mdown", ".qmd", ".rmd", ".mdx")


class Documents(NamedTuple):
    """What a file holds."""

    data: list[object]
    """Its documents, as `plain_documents()` has them."""
    guesses: list[str]
    left_out: list[LeftOut]


def documents(data: bytes, name: str) -> Documents:
    """The documents of a file; of Markdown, that between the `---` at its beginning with the rest as `body`.

    Raises:
        CannotImport: It is no YAML; says where.
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
            "this Markdown does not begin with YAML between two lines of ---, so it has no date"
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
    """The documents of a text, mended where that is needed, or without the entries that are no YAML."""
    lines: list[str] = []
    quoted: list[int] = []
    left_out: list[LeftOut] = []
    most = min(_MOST_SLIPS, _MOST_WORK // (len(text) + 1))
    while True:
        try:
            data = ("\n".join(lines) if lines else text).encode("utf-8", "replace")
            found = plain_documents(data, first_line)
        except InvalidYamlError as error:
            lines = lines or text.splitlines()
            reason = str(error)
            if error.line < 0 or len(quoted) + len(left_out) >= most:
                raise CannotImport(f"this is no YAML: {reason}") from None
            if error.line not in quoted and mended(lines, error.line):
                quoted.append(error.line)
            elif (start := without_item(lines, error.line)) >= 0:
                left_out.append(LeftOut(start + first_line + 1, reason))
            else:
                raise CannotImport(f"this is no YAML: {reason}") from None
            continue
        guesses = [
            *guesses,
            *_guesses_on(found.bad_characters, first_line),
            *_told_of_quotes(quoted, first_line),
        ]
        skipped = [LeftOut(*each) for each in found.skipped]
        return Documents(found.data, guesses, sorted([*left_out, *skipped]))


def _told_of_quotes(quoted: list[int], first_line: int) -> list[str]:
    if not quoted:
        return []
    places = f"line {min(quoted) + first_line + 1}"
    if len(quoted) == 1:
        return [f"{places} is no YAML, and is read as if its text stood in quotation marks"]
    return [
        f"{len(quoted):,} texts are no YAML, and are read as if in quotation marks, the first in {places}"
    ]


def _guesses_on(bad_characters: list[BadCharacter], first_line: int) -> list[str]:
    if not bad_characters:
        return []
    lines = f"line {bad_characters[0].line + first_line + 1}"
    return [
        f"{len(bad_characters):,} characters that may not stand in YAML are read as ?, the first in {lines}"
    ]
