"""What led to an event and what it led to, as two trees of links, each read from either end."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from timeline_tui.text.cells import clipped
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_tui.dates.date import Date
    from timeline_tui.timeline.view import View

Direction = Literal["back", "on"]
"""To what came before, or to what came after."""
Mark = Literal[
    "loop", "shown above", "before its cause", "after its effect", "outside the filter", "and more"
]  # fmt: skip

_BOTH_WAYS = {
    "leads-to": ("leads to", "follows from"),
    "responds-to": ("responds to", "answered by"),
    "confirms": ("confirms", "confirmed by"),
    "denies": ("denies", "denied by"),
    "contradicts": ("contradicts", "contradicted by"),
    "ratifies": ("ratifies", "ratified by"),
    "part-of": ("part of", "includes"),
}
_TOLD_FROM_AFTER = frozenset(_BOTH_WAYS) - {"leads-to"}
_HAS_A_CAUSE = frozenset({"responds-to", "confirms", "denies", "ratifies"})
"""With `leads-to`, the relations of which a check says that the effect is dated before its cause."""
_BACKWARDS = {
    "amends": "amended by", "answers": "answered by", "anticipates": "anticipated by",
    "causes": "caused by", "cites": "cited by", "comments-on": "commented on by",
    "completes": "completed by", "condemns": "condemned by", "corrects": "corrected by",
    "echoes": "echoed by", "ends": "ended by", "explains": "explained by", "extends": "extended by",
    "follows": "followed by", "fulfils": "fulfilled by", "implements": "implemented by",
    "mentions": "mentioned by", "precedes": "preceded by", "quotes": "quoted by",
    "refers-to": "referred to by", "refutes": "refuted by", "rejects": "rejected by",
    "repeats": "repeated by", "replaces": "replaced by", "reveals": "revealed by",
    "supports": "supported by", "triggers": "triggered by", "updates": "updated by",
    "welcomes": "welcomed by",
}  # fmt: skip
"""Words that authors choose themselves, as they are read from the other end."""
_LONGEST_WORD = 40
_MOST = 500


class Neighbour(NamedTuple):
    """An event at the other end of one link or more."""

    key: int
    way: Direction
    words: str
    """How the event that is looked from stands to it: `leads to, answered by`."""
    is_causal: bool
    """Whether one of the two is said to be the effect of the other."""


class Branch(NamedTuple):
    """A line of a tree."""

    depth: int
    """1 for what is linked to the event itself."""
    words: str
    """How the event that it hangs on stands to it."""
    key: int
    """-1 where more is left out."""
    marks: tuple[Mark, ...] = ()
    last: bool = False
    """Whether nothing else hangs on the same event after it."""


AND_MORE = Branch(1, "", -1, ("and more",), last=True)
"""The last line of a tree that would be longer."""


def relation_in_words(relation: str, outward: bool) -> str:  # noqa: FBT001  the two ends of a link
    """A relation in words, read from the end that it is written at or from the other; visible, one line.

    A word of the author's own that is not known here is quoted where it is read backwards:
    `“see also” from`.
    """
    plain = _plain(relation)
    if plain in _BOTH_WAYS:
        return _BOTH_WAYS[plain][not outward]
    words = clipped(" ".join(one_line(relation).replace("-", " ").split()), _LONGEST_WORD)
    if not words:
        return "linked to" if outward else "linked from"
    return words if outward else _BACKWARDS.get(plain, f"“{words}” from")


def direction_of(relation: str, *, outward: bool, is_later: bool) -> Direction:
    """Whether a link leads back to what came before, or on to what came after.

    The relations of the format say so themselves; of an author's own words the dates do.

    Args:
        relation: As it is written.
        outward: Whether it is written at the event that it is seen from.
        is_later: Whether the event at the other end is the later one.
    """
    plain = _plain(relation)
    if plain == "leads-to":
        return "on" if outward else "back"
    if plain in _TOLD_FROM_AFTER:
        return "back" if outward else "on"
    return "on" if is_later else "back"


def neighbours(view: View, key: int) -> list[Neighbour]:
    """The events that an event is linked with, in chronological order, each once for each way."""
    return _Ends(view).neighbours(key)


def causes_of(view: View, key: int, most: int = _MOST) -> list[Branch]:
    """What led to an event, depth first, each event followed once; after `most` lines, `AND_MORE`."""
    return _walk(view, key, "back", most)


def effects_of(view: View, key: int, most: int = _MOST) -> list[Branch]:
    """What an event led to, as `causes_of()`."""
    return _walk(view, key, "on", most)


def _walk(view: View, key: int, way: Direction, most: int) -> list[Branch]:
    found: list[Branch] = []
    ends, dated = _Ends(view), cache(view.date_of)
    path, shown = [key], {key}
    on_path = {key}
    pending = ends.pending(key, way, 1, most)
    while pending:
        if len(found) == most:
            return [*found, AND_MORE]
        depth, near, last = pending.pop()
        on_path.difference_update(path[depth:])
        del path[depth:]
        marks: list[Mark] = []
        if near.key in shown:
            marks.append("loop" if near.key in on_path else "shown above")
        if near.is_causal:
            marks += _out_of_order(dated(path[-1]), dated(near.key), way)
        if not view.has(near.key):
            marks.append("outside the filter")
        found.append(Branch(depth, near.words, near.key, tuple(marks), last))
        if near.key not in shown:
            shown.add(near.key)
            on_path.add(near.key)
            path.append(near.key)
            pending += ends.pending(near.key, way, depth + 1, most - len(found))
    return found


class _Ends:
    """What events of a view are linked with; each id and each word is looked up once."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._key_of = cache(view.key_of)
        self._place = cache(view.sort_key)
        self._direction, self._in_words = cache(direction_of), cache(relation_in_words)
        self._is_causal = cache(_is_causal)

    def pending(self, key: int, way: Direction, depth: int, most: int) -> list[tuple[int, Neighbour, bool]]:
        """What hangs on an event, the first of it at the end, with its depth and whether it is the last.

        Of more than `most`, the first ones and one more.
        """
        near = self.neighbours(key, way, most + 1)
        return [(depth, neighbour, number == 0) for number, neighbour in enumerate(reversed(near))]

    def neighbours(self, key: int, way: Direction | None = None, most: int | None = None) -> list[Neighbour]:
        """As the function, of one way only where one is named, and no more than `most`, the first of them."""
        found: dict[tuple[int, Direction], list[tuple[str, bool]]] = {}
        own = self._place(key)
        for relation, other, outward in self._links(key):
            # An event that is linked with itself is found both ways.
            is_later = outward if other == key else self._place(other) > own
            its_way = self._direction(relation, outward=outward, is_later=is_later)
            if way in (None, its_way):
                found.setdefault((other, its_way), []).append((relation, outward))
        ordered = sorted(found, key=lambda end: (self._place(end[0]), end[1]))
        return [self._neighbour(*end, found[end]) for end in ordered[:most]]

    def _links(self, key: int) -> Iterator[tuple[str, int, bool]]:
        """Relation, key of the other end and whether it is written here, of the links to what is known."""
        for relation, ids in self._view.event(key).links.items():
            for id_ in ids:
                target = self._key_of(id_)
                if target is not None and self._view.is_known(target):
                    yield relation, target, True
        for relation, origin in self._view.origins(key):
            if self._view.is_known(origin):
                yield relation, origin, False

    def _neighbour(self, key: int, way: Direction, links: Sequence[tuple[str, bool]]) -> Neighbour:
        words = dict.fromkeys(self._in_words(relation, outward) for relation, outward in links)
        is_causal = any(self._is_causal(relation) for relation, _ in links)
        return Neighbour(key, way, ", ".join(words), is_causal)


def _is_causal(relation: str) -> bool:
    plain = _plain(relation)
    return plain == "leads-to" or plain in _HAS_A_CAUSE


def _out_of_order(parent: Date, child: Date, way: Direction) -> tuple[Mark, ...]:
    """Whether an effect is wholly before its cause, said of the child."""
    if way == "on":
        return ("before its cause",) if child.is_before(parent) else ()
    return ("after its effect",) if parent.is_before(child) else ()


def _plain(relation: str) -> str:
    """A relation as the format spells it, however it is written: `Leads to` is `leads-to`."""
    return "-".join(relation.casefold().replace("_", " ").replace("-", " ").split())
