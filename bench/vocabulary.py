"""The words that generated timelines are made of, from `vocabulary.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

COMMON_WORD = "convoy"
"""In the text of half of all events, and nowhere else."""
RARE_WORD = "zugzwang"
"""In the text of one event in 5,000."""


class Topic(NamedTuple):
    """A question; with a unit, its answers are figures."""

    id: str
    question: str
    unit: str = ""


# Its shape is this module's business: each table is given its type below.
_WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def _list(name: str) -> tuple[str, ...]:
    return tuple(_WORDS[name])


def _pairs(first: str, second: str) -> tuple[str, ...]:
    return tuple(f"{one} {other}" for one in _WORDS[first] for other in _WORDS[second])


# The lengths of these three, 31, 13 · 17 and 59, have no common divisor, so that the titles of neighbouring
# events differ in more than one part: the same title twice on one day would be taken for the same event.
VERBS = _list("verbs")
OBJECTS = _pairs("qualities", "things")
PLACES = _list("places")
TITLES = len(VERBS) * len(OBJECTS) * len(PLACES)
"""Events after which the same three come together again."""

NATIVE_PLACES = _list("native_places")
COORDINATES: dict[str, tuple[float, float]] = {
    name: (lat, lon) for name, (lat, lon) in _WORDS["coordinates"].items()
}
"""Degrees north and east of all of these places."""
FIRST_NAMES = _list("first_names")
LAST_NAMES = _list("last_names")
NATIVE_NAMES = _list("native_names")
STATES = _list("states")
BODIES = _list("bodies")
ROLES = _list("roles")

OPENINGS = _pairs("informants", "reports")
MATTERS = _pairs("matters", "settings")
CODAS = _list("codas")
SPEECH = _pairs("speakers", "statements")
NATIVE_SPEECH: dict[str, tuple[str, ...]] = {
    language: tuple(lines) for language, lines in _WORDS["speech"].items()
}
LANGUAGES = tuple(NATIVE_SPEECH)

EVENT_KINDS = _list("kinds")
TAGS = _list("tags")
ANSWERS = _list("answers")
TOPICS = tuple(Topic(**topic) for topic in _WORDS["topics"])
