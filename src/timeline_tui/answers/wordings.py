"""The versions of a quote: which outlets print which words, and which words differ.

Words are compared only within one language, and case matters: `Victory Day` is not `victory day`. Punctuation
around a word and the shape of quotation marks and apostrophes do not matter.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal, NamedTuple

from timeline_tui.answers.provenance import outlets

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from timeline_tui.answers.provenance import Outlet
    from timeline_tui.model.records import Citation, Quote
    from timeline_tui.timeline.protocol import TimelineView

MOST_WORDS = 400
"""Number of words up to which the order of words is compared; for longer texts that takes too long."""
_MOST_PAIRS = 20_000
"""Number of pairs of equal words up to which order is compared; prose has a few thousand."""
_LONGEST_DIVERGENCE = 12
"""Number of words up to which a difference counts as a divergence; a longer one is a passage of its own."""
_WHOLE = 0.75
"""A version with less than this share of the characters of the longest one is taken for a part."""

_LEAST_ALIKE = 1 / 3
"""The share of words that two texts have in common, from which on they are compared."""

_UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
"""Scripts written without spaces between words: each character is compared as a word of its own."""
# A character of such a script with its marks, or a run without spaces, dashes and ellipses.
_RUN = re.compile(rf"[{_UNSPACED}][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*|[^\s{_UNSPACED}–—…]+")
_SIGNS = frozenset("%‰&@#§*/\\")
"""Punctuation in Unicode, but words to a reader."""
_SHAPES = str.maketrans("\u2018\u2019\u02bc\uff07\u201c\u201d\u201e\u2010\u2011", "''''\"\"\"--")
"""Replaces apostrophes, quotation marks and hyphens of various shapes by the plain ones."""


class Version(NamedTuple):
    """One version of the words of a quote."""

    text: str
    """As in the file, raw."""
    language: str
    """A BCP 47 tag as in the file; empty if it has none."""
    outlets: tuple[Outlet, ...]
    note: str
    """Raw; empty for none."""
    is_quote_text: bool
    """Whether it is the quote's own text, rather than one of its other wordings."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources cited for it."""
        return tuple(id_ for outlet in self.outlets for id_ in outlet.cited)


class Variant(NamedTuple):
    """The words that one version or several have where versions diverge."""

    words: str
    """As in the first of these versions, raw."""
    versions: tuple[int, ...]
    """0-based indexes of the versions that have these words."""


def versions(view: TimelineView, quote: Quote) -> list[Version]:
    """The quote's own text, then its other wordings; equal texts in one language are one version.

    The sources of the event are not included, as the file does not say that they print these words.
    """
    found: dict[tuple[str, str], list[tuple[str, str, tuple[Citation, ...], str]]] = {}
    own = (quote.text, quote.language, quote.sources, quote.note)
    others = ((each.text, each.language, each.sources, each.note) for each in quote.wordings)
    for each in (own, *others):
        found.setdefault(_same_words(each[0], each[1]), []).append(each)
    merged = []
    for number, same in enumerate(found.values()):
        citations = [citation for each in same for citation in each[2]]
        notes = dict.fromkeys(each[3].strip() for each in same)
        note = "\n".join(note for note in notes if note)
        merged.append(Version(same[0][0], same[0][1], outlets(view, citations), note, number == 0))
    return merged


def count_versions(quote: Quote) -> int:
    """The number of `versions()` of a quote."""
    others = (_same_words(each.text, each.language) for each in quote.wordings)
    return len({_same_words(quote.text, quote.language), *others})


def _same_words(text: str, language: str) -> tuple[str, str]:
    """Equal for texts that are one version."""
    return _primary(language), " ".join(text.split())


def by_language(found: Sequence[Version]) -> list[tuple[str, list[Version]]]:
    """Versions grouped by the language part of their tags: the quote's first, then in the order given.

    In each language, the first version is the one that the others are compared with: the quote's own text,
    else the first that is no mere part, being not much shorter than the longest.
    """
    groups: dict[str, list[Version]] = {}
    for version in sorted(found, key=lambda version: not version.is_quote_text):
        groups.setdefault(_primary(version.language), []).append(version)
    return [(language, _base_first(group)) for language, group in groups.items()]


def differing_pieces(base: str, other: str) -> list[tuple[str, bool]]:
    """`other` in pieces, each with whether it differs from `base`; the pieces joined are the whole text.

    An empty piece that differs stands where words of `base` are left out between two words of `other`. Words
    left out at the beginning or end do not count: a fragment of `base` has no differing pieces. If
    `is_long()`, only words that do not occur in `base` at all differ.
    """
    ours, theirs = _words(base), _words(other)
    if _is_long(ours, theirs):
        known = {word.key for word in ours}
        return list(_pieces(other, theirs, [word.key in known for word in theirs], ()))
    alike, gaps = [False] * len(theirs), set()
    done = reached = 0
    for place, start, size in _matcher(ours, theirs).get_matching_blocks():
        alike[start : start + size] = [True] * size
        if size and start == done > 0 and place > reached:
            gaps.add(start)
        reached, done = place + size, start + size
    return list(_pieces(other, theirs, alike, gaps))


EditKind = Literal["same", "added", "left out"]


class Edit(NamedTuple):
    """A stretch of a version, as compared with another one."""

    text: str
    """Raw; of very many words that were left out only `…`."""
    kind: EditKind


def edits(base: str, other: str) -> list[Edit]:
    """How `other` is made of `base`: what is the same, what was added, what was left out between two words.

    As in `differing_pieces()`, nothing is left out at the beginning or the end, and nothing anywhere of texts
    that are too long. Texts that share less than a third of their words are not compared.
    """
    ours, theirs = _words(base), _words(other)
    if _is_long(ours, theirs):
        return [Edit(text, "added" if differs else "same") for text, differs in differing_pieces(base, other)]
    matcher = _matcher(ours, theirs)
    if matcher.ratio() < _LEAST_ALIKE:
        return [Edit(other, "same")]
    opcodes, found, done = matcher.get_opcodes(), list[Edit](), 0
    for place, (tag, start, stop, here, there) in enumerate(opcodes):
        is_inside = 0 < place < len(opcodes) - 1
        if tag == "equal":
            end = theirs[there].start if there < len(theirs) else len(other)
            after = opcodes[place + 1] if place + 1 < len(opcodes) else None
            if after is not None and after[0] == "delete":
                end = _cut(other, theirs[there - 1].end, end)
            found.append(Edit(other[done:end], "same"))
            done = end
            continue
        if stop > start and (is_inside or tag == "replace"):
            is_short = stop - start <= _LONGEST_DIVERGENCE
            left_out = base[ours[start].start : ours[stop - 1].end] if is_short else "…"
            found.append(Edit(left_out, "left out"))
        if there > here:
            found += [Edit(other[done : theirs[here].start], "same")] * (theirs[here].start > done)
            found.append(Edit(other[theirs[here].start : theirs[there - 1].end], "added"))
            done = theirs[there - 1].end
    return [*found, Edit(other[done:], "same")] if done < len(other) else found


def is_long(base: str, other: str) -> bool:
    """Whether two texts are too long, or too repetitive, to compare the order of their words."""
    return _is_long(_words(base), _words(other))


def divergences(texts: Sequence[str]) -> list[list[Variant]]:
    """The places where most versions diverge from the first one, each with the variants there.

    Of three or more versions, only places where at least two have other words than the first. A version that
    leaves the place out, or has nothing like it, is in none of the variants; words that it has elsewhere are
    found there. Two versions diverge wherever one has other words than the other, or fewer, except before
    and after everything that they share. Empty if the first and another version are too long, by `is_long()`.
    """
    split = [_words(text) for text in texts]
    if len(texts) < 2 or any(_is_long(split[0], words) for words in split[1:]):
        return []
    if len(texts) == 2:
        places = [_grouped(texts, split, tuple(enumerate(place))) for place in _between(*split)]
        return [variants for variants in places if len(variants) > 1]
    base = split[0]
    changes = {number: _Changes(base, words) for number, words in enumerate(split[1:], 1)}
    counts = [sum(place in change.contested for change in changes.values()) for place in range(len(base))]
    most = max(counts, default=0)
    if most < 2:
        return []
    found = []
    for start, stop in _stretches(counts, most):
        stretches = [(0, _around(start, stop, len(base)))]
        at = ((number, change.at(start, stop)) for number, change in changes.items())
        stretches += [(number, stretch) for number, stretch in at if stretch is not None]
        found.append(_grouped(texts, split, stretches))
    return [variants for variants in found if len(variants) > 1]


class _Word(NamedTuple):
    key: str
    """The form that is compared."""
    start: int
    end: int


class _Changes:
    """How one version differs from the base version."""

    def __init__(self, base: list[_Word], words: list[_Word]) -> None:
        self._base, self._words = base, words
        self._folded = [word.key.casefold() for word in words]
        self._opcodes = _matcher(base, words).get_opcodes()
        free = {
            self._folded[place]
            for tag, _, _, start, stop in self._opcodes
            if tag != "equal"
            for place in range(start, stop)
        }
        self.contested: set[int] = set()
        """Indexes of words in `base` for which this version has other words, or has them elsewhere."""
        for tag, start, stop, here, there in self._opcodes:
            replaced = tag == "replace" and not _is_left_out(stop - start, there - here)
            for place in range(start, stop):
                if replaced or (tag != "equal" and base[place].key.casefold() in free):
                    self.contested.add(place)

    def at(self, start: int, stop: int) -> tuple[int, int] | None:
        """The stretch here for the words `start` to `stop` of the base, with its neighbours; None if none."""
        if self.contested.isdisjoint(range(start, stop)):
            return self._aligned(start, stop)
        return self._moved(start, stop) or self._aligned(start, stop)

    def _moved(self, start: int, stop: int) -> tuple[int, int] | None:
        """The shortest stretch with the most of these words and their neighbours, wherever it is."""
        first, last = _around(start, stop, len(self._base))
        searched = {word.key.casefold() for word in self._base[first:last]}
        core = {word.key.casefold() for word in self._base[start:stop]}
        there = searched.intersection(self._folded)
        if 2 * len(core & there) < len(core):
            return None
        found = _shortest(self._folded, there)
        return found if found[1] - found[0] <= 2 * (last - first) + 1 else None

    def _aligned(self, start: int, stop: int) -> tuple[int, int] | None:
        """The stretch that the alignment has for these words."""
        places = [
            (here + max(start - first, 0), there - max(last - stop, 0)) if tag == "equal" else (here, there)
            for tag, first, last, here, there in self._opcodes
            if first < stop and last > start and not _is_left_out(last - first, there - here)
        ]
        if not places:
            return None
        return _around(places[0][0], places[-1][1], len(self._words))


_Stretch = tuple[int, int]
"""Index of the first word of a stretch, and of the word after its last."""


def _between(base: Sequence[_Word], other: Sequence[_Word]) -> Iterator[tuple[_Stretch, _Stretch]]:
    """The stretches of two versions where they diverge, with the words beside them."""
    opcodes = _matcher(base, other).get_opcodes()
    shared = [place for place, opcode in enumerate(opcodes) if opcode[0] == "equal"]
    if not shared:
        return
    found: list[tuple[_Stretch, _Stretch]] = []
    for place, (tag, start, stop, here, there) in enumerate(opcodes):
        is_inside = shared[0] < place < shared[-1]
        sizes = stop - start, there - here
        if tag == "equal" or not (is_inside or not _is_left_out(max(sizes), min(sizes))):
            continue
        ours, theirs = _around(start, stop, len(base)), _around(here, there, len(other))
        if found and found[-1][0][1] > ours[0]:
            # Two divergences with a single word between them are one.
            before = found.pop()
            ours, theirs = (before[0][0], ours[1]), (before[1][0], theirs[1])
        found.append((ours, theirs))
    for place_in_both in found:
        if all(stop - start <= _LONGEST_DIVERGENCE for start, stop in place_in_both):
            yield place_in_both


def _is_left_out(words: int, others: int) -> bool:
    """Whether `others` words are too few to be another version of `words` words."""
    return words > 2 * others + 2 or not others


def _primary(tag: str) -> str:
    return tag.partition("-")[0].lower()


def _base_first(group: list[Version]) -> list[Version]:
    longest = max(len(version.text) for version in group)
    base = next(
        place
        for place, version in enumerate(group)
        if group[0].is_quote_text or len(version.text) >= _WHOLE * longest
    )
    return [group[base], *group[:base], *group[base + 1 :]]


def _words(text: str) -> list[_Word]:
    """The words of a text, without the punctuation around them; single characters in unspaced scripts."""
    found = []
    for match in _RUN.finditer(text):
        start, end = match.span()
        while start < end and _is_around(text[start], text[start + 1 : end]):
            start += 1
        while start < end and _is_around(text[end - 1], ""):
            end -= 1
        if start < end:
            key = unicodedata.normalize("NFC", text[start:end]).translate(_SHAPES)
            found.append(_Word(key, start, end))
    return found


def _is_long(base: Sequence[_Word], other: Sequence[_Word]) -> bool:
    if max(len(base), len(other)) > MOST_WORDS:
        return True
    ours, theirs = (Counter(word.key for word in words) for words in (base, other))
    return sum(count * theirs[key] for key, count in ours.items()) > _MOST_PAIRS


def _is_around(character: str, following: str) -> bool:
    """Whether a character at the edge of a word is not part of it; the minus sign of a figure is."""
    if character in _SIGNS or (character == "-" and following[:1].isdigit()):
        return False
    return unicodedata.category(character).startswith("P")


def _matcher(base: Sequence[_Word], other: Sequence[_Word]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, [word.key for word in base], [word.key for word in other], autojunk=False)


def _pieces(
    text: str, words: Sequence[_Word], alike: Sequence[bool], gaps: Container[int]
) -> Iterator[tuple[str, bool]]:
    """The text cut where runs of differing words begin and end, with whether each piece differs.

    What stands between two differing words belongs to the run. The text is also cut before the words at the
    indexes `gaps`, with an empty piece that differs.
    """
    done = place = 0
    while place < len(words):
        first = place
        while place < len(words) and not alike[place]:
            place += 1
        if place > first:
            start, end = words[first].start, words[place - 1].end
            if start > done:
                yield text[done:start], False
            yield text[start:end], True
            done = end
        elif place in gaps:
            cut = _cut(text, words[place - 1].end, words[place].start)
            yield text[done:cut], False
            yield "", True
            done = cut
        place += 1
    if done < len(text):
        yield text[done:], False


def _cut(text: str, end: int, start: int) -> int:
    """Where to cut before the next word: before its opening quotation marks and brackets."""
    return next((place for place in range(start, end, -1) if text[place - 1].isspace()), start)


def _stretches(counts: Sequence[int], most: int) -> Iterator[tuple[int, int]]:
    """The stretches in which all counts are `most`."""
    start = None
    for place, count in enumerate((*counts, -1)):
        if count == most and start is None:
            start = place
        elif count != most and start is not None:
            yield start, place
            start = None


def _around(start: int, stop: int, size: int) -> tuple[int, int]:
    """A stretch with the word before it and the word after it."""
    return max(start - 1, 0), min(stop + 1, size)


def _shortest(words: Sequence[str], needed: set[str]) -> tuple[int, int]:
    """The first of the shortest stretches that contain every word of a set; the text must contain them."""
    best, start = (0, len(words)), 0
    within: dict[str, int] = {}
    for place, word in enumerate(words):
        if word in needed:
            within[word] = within.get(word, 0) + 1
        while len(within) == len(needed):
            if place + 1 - start < best[1] - best[0]:
                best = start, place + 1
            left = words[start]
            start += 1
            if left in within:
                within[left] -= 1
                if not within[left]:
                    del within[left]
    return best


def _grouped(
    texts: Sequence[str], split: Sequence[Sequence[_Word]], stretches: Sequence[tuple[int, tuple[int, int]]]
) -> list[Variant]:
    """Equal stretches of several versions as one variant; a capital at the start of a version is ignored."""
    groups: dict[tuple[str, ...], tuple[str, list[int]]] = {}
    for number, (start, stop) in stretches:
        words = split[number][start:stop]
        keys = [word.key for word in words]
        if start == 0:
            keys[0] = keys[0][:1].lower() + keys[0][1:]
        stretch = texts[number][words[0].start : words[-1].end]
        groups.setdefault(tuple(keys), (stretch, []))[1].append(number)
    return [Variant(words, tuple(numbers)) for words, numbers in groups.values()]
