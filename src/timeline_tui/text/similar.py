"""Names that look alike: variants of one spelling, similar titles, and suggestions for a misspelt name."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from timeline_tui.text.sanitize import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*\Z")
_SIMILAR_TITLES: Final = 0.8
"""The share of their words that two similar titles have in common."""

_LIKENESS: Final = 0.6
"""The ratio of `difflib` from which two names are similar."""
_MANY: Final = 1_000
"""Among more candidates than these, only the likeliest are compared."""
_ENDS: Final = 3
"""The number of letters at either end that a likely candidate shares with the name."""
_SHORT: Final = 5
"""Names with fewer letters may differ more."""
_LONG: Final = 60
"""Longer words are sentences, and nobody types them again and again."""
_OFTEN: Final = 3
"""A word that stands so often is meant as it is."""


def spelling_key(text: str) -> str:
    """`text` without case, accents, punctuation and a suffix in brackets, as far as something is left."""
    return " ".join(words(_BRACKETS.sub("", text)) or words(text)) or text


def spelling_variants(names: Mapping[str, str]) -> list[list[str]]:
    """The values of `names` whose keys are spelt almost alike, in groups of two or more."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name, value in names.items():
        groups[spelling_key(name)].append(value)
    return [group for group in groups.values() if len(group) > 1]


def near_misses(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """Words that stand once and are probably a slip for one that stands often, each with that word.

    A slip is two letters that changed places, a letter too many or too few, or, in longer words, another
    letter: short names that differ in one letter are often two names (Iran, Iraq).

    Args:
        counts: How often each word stands.
    """
    often: dict[str, str] = {}
    for word, count in counts.items():
        if count >= _OFTEN:
            for hole in _holes(word):
                # The more frequent of two is the likelier one.
                if count > counts.get(often.get(hole, ""), 0):
                    often[hole] = word
    found = []
    for word, count in counts.items():
        near = (often[hole] for hole in _holes(word) if hole in often) if count == 1 else ()
        if meant := next((other for other in near if _is_slip(word, other)), ""):
            found.append((word, meant))
    return found


def _holes(word: str) -> Iterator[str]:
    """A word, and all that is left of it without one letter: words that a slip parts have one in common."""
    yield word
    yield from (word[:at] + word[at + 1 :] for at in range(len(word)) if len(word) <= _LONG)


def _is_slip(word: str, meant: str) -> bool:
    start = _same_at_the_start(word, meant)
    end = _same_at_the_start(word[start:][::-1], meant[start:][::-1])
    one, other = word[start : len(word) - end], meant[start : len(meant) - end]
    if any(map(str.isdigit, one + other)):
        return False
    if len(one) + len(other) == 1:
        return len(word) >= _SHORT
    if len(one) == len(other) == 1:
        return len(word) > _SHORT
    return len(one) == 2 and one == other[::-1]


def _same_at_the_start(one: str, other: str) -> int:
    """How many letters two words have in common at their beginnings."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))


def similar_titles(titles: list[str]) -> list[tuple[int, int]]:
    """Pairs of 0-based positions of titles that say nearly the same: the later one, and the first like it.

    Each title is compared with all before it.
    """
    word_sets = [frozenset(words(title)) for title in titles]
    pairs = []
    first: dict[frozenset[str], int] = {}
    for at, word_set in enumerate(word_sets):
        twin = first.setdefault(word_set, at)
        if twin == at:
            twin = next((other for other in range(at) if _are_similar(word_sets[other], word_set)), at)
        if twin != at and word_set:
            pairs.append((at, twin))
    return pairs


def _are_similar(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and len(one & other) >= _SIMILAR_TITLES * len(one | other)


def closest(name: str, candidates: Iterable[str], likeness: float = _LIKENESS) -> str:
    """The candidate that is most like `name`, or an empty text if none is; arguments as of `most_like()`."""
    return next(iter(most_like(name, candidates, likeness)), "")


def most_like(name: str, candidates: Iterable[str], likeness: float = _LIKENESS) -> list[str]:
    """The candidates that are like `name`, the most alike first; at most twenty.

    Args:
        name: Probably misspelt.
        candidates: At most a thousand or so: each is compared.
        likeness: The least ratio of `difflib`, from 0 to 1.
    """
    from difflib import get_close_matches  # noqa: PLC0415  needed only for a mistake

    return get_close_matches(name, candidates, n=20, cutoff=likeness)


def nearest(name: str, candidates: Iterable[str]) -> str:
    """The candidate that was probably meant by a misspelt `name`, or an empty text.

    Among more than a thousand candidates, only those that begin or end like `name` are compared.
    """
    known = list(candidates)
    if name.lower() in known:
        return name.lower()
    if len(known) > _MANY:
        head, tail = name[:_ENDS], name[-_ENDS:]
        near = (other for other in known if abs(len(other) - len(name)) < _ENDS)
        known = [other for other in near if other.startswith(head) or other.endswith(tail)][:_MANY]
    return closest(name[:100], known, _LIKENESS if len(name) < _SHORT else 0.75)


def did_you_mean(name: str, candidates: Iterable[str]) -> str:
    """A hint that offers the nearest candidate, or an empty text."""
    found = nearest(name, candidates)
    return f"did you mean {found}?" if found else ""
