"""Escaping of text that Markwhen would take for syntax: a backslash, added on export and removed on import.

Markwhen's parser has no escapes (https://github.com/mark-when/parser, `src/regex.ts` and `src/Types.ts`), so
the backslash is put where it splits the syntax into parts without a meaning.
"""

from __future__ import annotations

import re

from timeline_tui.dates.months import SHORT_MONTHS

_TAG = (r"(?:^|(?<=\s))", r"#(?=\w)")
_IDS_AND_PICTURES = (r"!", r"(?=[\w\[])")
_ENDS_OF_OTHERS = (r"(?<![A-Za-z0-9_])\.", r"(?=start|end)")
_PROGRESS = (r"(?:^|(?<=\s))[0-9]{1,3}", r"%(?=\s|\Z)")
_PLACES = (r"\]", r"\((?:location|map)\)")
_LINKS = (r"\]", r"\(")
_BOXES = (r"^\s*", r"\[[xX ]?\]")

_IN_TEXT = (_TAG, _IDS_AND_PICTURES, _ENDS_OF_OTHERS, _PROGRESS, _PLACES)
_IN_TITLE = (_TAG, _IDS_AND_PICTURES, _ENDS_OF_OTHERS, _PROGRESS, _LINKS, _BOXES)
_MONTHS = "|".join(SHORT_MONTHS)
_MAYBE_DATED = re.compile(
    rf"\s*(?:[-\N{{EN DASH}}]\s*|to\s+)?(?:[0-9:!.+]|[^\w\s][!.]|every|plus|now|by|before|after|{_MONTHS}).*:"
    r"|\s*-?\s*:",
    re.IGNORECASE,
)
_SPECIAL = re.compile(
    r"\s*(?:\\|//|#{1,6}\s|---|(?:end)?(?:group|section)\b|!?\[(?:[^\[\]\\]|\\.)+\]\(\S+\))", re.IGNORECASE
)
_IN_LABEL = re.compile(r"[\[\]\\#!]|(?<=\])\(|(?<=[0-9])%(?=\s|\Z)")
_OF_LABEL = re.compile(r"\\([\[\]\\#!(%])")


def marked_title(title: str) -> str:
    """A title on one line, escaped so that it has no tag, id, picture, place, link, box or progress."""
    return _parted(title, _IN_TITLE)


def title_of(marked: str) -> str:
    """The title that `marked_title()` was given."""
    return _joined(marked, _IN_TITLE)


def marked_line(line: str) -> str:
    """A line of text, escaped so that Markwhen finds no event, tag, picture, place or progress in it."""
    line = _parted(line, _IN_TEXT)
    return f"\\{line}" if _SPECIAL.match(line) or _MAYBE_DATED.match(line) else line


def line_of(marked: str) -> str:
    """The line that `marked_line()` was given."""
    return _joined(marked.removeprefix("\\"), _IN_TEXT)


def marked_label(label: str) -> str:
    """The label of a link or place, escaped between brackets."""
    return _IN_LABEL.sub(r"\\\g<0>", label)


def label_of(marked: str) -> str:
    """The label that `marked_label()` was given."""
    return _OF_LABEL.sub(r"\1", marked)


def _parted(text: str, rules: tuple[tuple[str, str], ...]) -> str:
    for before, after in rules:
        text = re.sub(rf"({before})(\\*{after})", r"\1\\\2", text, flags=re.IGNORECASE)
    return text


def _joined(text: str, rules: tuple[tuple[str, str], ...]) -> str:
    # In reverse order, as a backslash of one rule may be in front of what another rule looks for.
    for before, after in reversed(rules):
        text = re.sub(rf"({before})\\(\\*{after})", r"\1\2", text, flags=re.IGNORECASE)
    return text
