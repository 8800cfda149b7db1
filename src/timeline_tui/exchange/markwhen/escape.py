"""Text that Markwhen would take for syntax: a backslash parts it when written, and is taken off when read.

Its parser knows no escapes (https://github.com/mark-when/parser, `src/regex.ts` and `src/Types.ts`): the
backslash stands where what is left and right of it means nothing alone.
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
    """A title, on one line, in which Markwhen finds no tag, id, picture, place, link, box or progress."""
    return _parted(title, _IN_TITLE)


def title_of(marked: str) -> str:
    """The title that was written so."""
    return _joined(marked, _IN_TITLE)


def marked_line(line: str) -> str:
    """A line of a text that begins nothing, and holds no tag, picture, place or progress for Markwhen."""
    line = _parted(line, _IN_TEXT)
    return f"\\{line}" if _SPECIAL.match(line) or _MAYBE_DATED.match(line) else line


def line_of(marked: str) -> str:
    """The line that was written so."""
    return _joined(marked.removeprefix("\\"), _IN_TEXT)


def marked_label(label: str) -> str:
    """The words of a link or of a place, between brackets."""
    return _IN_LABEL.sub(r"\\\g<0>", label)


def label_of(marked: str) -> str:
    """The words that were written so."""
    return _OF_LABEL.sub(r"\1", marked)


def _parted(text: str, rules: tuple[tuple[str, str], ...]) -> str:
    for before, after in rules:
        text = re.sub(rf"({before})(\\*{after})", r"\1\\\2", text, flags=re.IGNORECASE)
    return text


def _joined(text: str, rules: tuple[tuple[str, str], ...]) -> str:
    # In the other order, as what one rule has added may be before what another looks for.
    for before, after in reversed(rules):
        text = re.sub(rf"({before})\\(\\*{after})", r"\1\2", text, flags=re.IGNORECASE)
    return text
