"""Names that are probably meant to be the same."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from timeline_tui.text.sanitize import words

if TYPE_CHECKING:
    from collections.abc import Mapping

_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*\Z")
_NEAR = 0.8


def bare(text: str) -> str:
    """`text` without case, accents, punctuation and a suffix in brackets, as far as something is left."""
    return " ".join(words(_BRACKETS.sub("", text)) or words(text)) or text


def alike(names: Mapping[str, str]) -> list[list[str]]:
    """The values of `names` in groups by keys that differ only as `bare()` does not tell."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name, value in names.items():
        groups[bare(name)].append(value)
    return [group for group in groups.values() if len(group) > 1]


def near_titles(titles: list[str]) -> list[tuple[int, int]]:
    """Pairs of positions in `titles` that say nearly the same: the later one, and the first like it.

    Each is compared with all before it.
    """
    bags = [frozenset(words(title)) for title in titles]
    pairs = []
    first: dict[frozenset[str], int] = {}
    for at, bag in enumerate(bags):
        twin = first.setdefault(bag, at)
        if twin == at:
            twin = next((other for other in range(at) if _near(bags[other], bag)), at)
        if twin != at and bag:
            pairs.append((at, twin))
    return pairs


def _near(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and len(one & other) >= _NEAR * len(one | other)
