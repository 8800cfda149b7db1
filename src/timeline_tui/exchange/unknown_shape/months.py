"""Names of months in people's files put into English, spelling mistakes included."""

from __future__ import annotations

import re
from functools import lru_cache

from timeline_tui.dates.months import MONTHS, months_in_other_languages
from timeline_tui.text.similar import closest

_ENGLISH = tuple(name.lower() for name in MONTHS)
_IN_ENGLISH = months_in_other_languages()

_LETTERS = re.compile(r"[^\W\d_]{3,}")
_PARTICLES = re.compile(r"(?<=\b1)er\b|\b(?:de|del|do|den|der|le|el|il|am|im) ", re.IGNORECASE)
_NOT_MONTHS = frozenset(["dates", "dated", "marked", "century", "centuries"])


def in_english(text: str) -> str:
    """`text` with the names of months in English, and those spelt right that cannot be another word."""
    english = _LETTERS.sub(lambda match: _english(match[0]), text)
    return english if english == text else _PARTICLES.sub("", english)


def is_month(text: str) -> bool:
    """Whether a text is the name of a month, in full or its first three letters."""
    name = _IN_ENGLISH.get(text.lower(), text.lower())
    return name in _ENGLISH or (len(name) == 3 and any(month.startswith(name) for month in _ENGLISH))


@lru_cache(maxsize=4096)
def _english(word: str) -> str:
    lower = word.lower()
    if lower in _IN_ENGLISH:
        return _IN_ENGLISH[lower]
    # Long words only: of short ones, too many are a letter away from `May`.
    if len(word) < 5 or lower in _ENGLISH or lower in _NOT_MONTHS:
        return word
    month = closest(lower, _ENGLISH, 0.85)
    return month if month[:1] == lower[0] else word
