"""The causes and the effects of an event, as two trees of links; each link can be read from both ends."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from timeline_tui.text.cells import clipped
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_tui.dates.date import Date
    from timeline_tui.timeline.protocol import TimelineView

Direction = Literal["back", "forward"]
"""Along a link to what came before, or to what came after."""
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
_POINTS_BACK = frozenset(_BOTH_WAYS) - {"leads-to"}
"""Relations that are written at the later event."""
_RESPONSES = frozenset({"responds-to", "confirms", "denies", "ratifies"})
"""The relations, besides `leads-to`, that are checked for an effect dated before its cause."""
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
"""Common relations of authors' own choice, as they are read from the other end."""
_LONGEST_WORD = 40
_MOST = 500


class Neighbour(NamedTuple):
    """An event that is linked to another one, by one link or several."""

    key: int
    direction: Direction
    words: str
    """The relation, read from the event that is asked about: `leads to, answered by`."""
    is_causal: bool
    """Whether one of the two is an effect of the other, according to the link."""


class Branch(NamedTuple):
    """A line of a tree."""

    depth: int
    """1 for events that are linked to the root event."""
    words: str
    """The relation, read from the parent event."""
    key: int
    """-1 if the line says that more is left out."""
    marks: tuple[Mark, ...] = ()
    last: bool = False
    """Whether it is the last child of its parent event."""


AND_MORE = Branch(1, "", -1, ("and more",), last=True)
"""The last line of a tree that is cut off."""


def relation_in_words(relation: str, outward: bool) -> str:  # noqa: FBT001  the two ends of a link
    """A relation in words, read from the event where it is written or from the other one; visible, one line.

    An unknown relation of the author's own choice is quoted when it is read backwards: `“see also” from`.
    """
    normalised = _normalised(relation)
    if normalised in _BOTH_WAYS:
        return _BOTH_WAYS[normalised][not outward]
    words = clipped(" ".join(one_line(relation).replace("-", " ").split()), _LONGEST_WORD)
    if not words:
        return "linked to" if outward else "linked from"
    return words if outward else _BACKWARDS.get(normalised, f"“{words}” from")


def direction_of(relation: str, *, outward: bool, is_later: bool) -> Direction:
    """Whether a link leads back to what came before, or forward to what came after.

    The relations of the format have a direction; for an author's own relations the dates decide.

    Args:
        relation: As it is written.
        outward: Whether it is written at the event from which the link is followed.
        is_later: Whether the event at the other end is the later one.
    """
    normalised = _normalised(relation)
    if normalised == "leads-to":
        return "forward" if outward else "back"
    if normalised in _POINTS_BACK:
        return "back" if outward else "forward"
    return "forward" if is_later else "back"


def neighbours(view: TimelineView, key: int) -> list[Neighbour]:
    """The events that an event is linked with, in chronological order, once for each direction."""
    return _Links(view).neighbours(key)


def causes_of(view: TimelineView, key: int, most: int = _MOST) -> list[Branch]:
    """What led to an event, depth first; each event is followed once, and `AND_MORE` ends a cut-off tree.

    Args:
        view: The view; events outside its filter are marked.
        key: Key of the event.
        most: Number of lines after which the tree is cut off.
    """
    return _walk(view, key, "back", most)


def effects_of(view: TimelineView, key: int, most: int = _MOST) -> list[Branch]:
    """What an event led to; arguments and result are those of `causes_of()`."""
    return _walk(view, key, "forward", most)


def _walk(view: TimelineView, key: int, direction: Direction, most: int) -> list[Branch]:
    found: list[Branch] = []
    links, date = _Links(view), cache(view.date_of)
    path, shown = [key], {key}
    on_path = {key}
    pending = links.pending(key, direction, 1, most)
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
            marks += _out_of_order(date(path[-1]), date(near.key), direction)
        if not view.has(near.key):
            marks.append("outside the filter")
        found.append(Branch(depth, near.words, near.key, tuple(marks), last))
        if near.key not in shown:
            shown.add(near.key)
            on_path.add(near.key)
            path.append(near.key)
            pending += links.pending(near.key, direction, depth + 1, most - len(found))
    return found


class _Links:
    """The links of a view's events; each id and each relation is looked up only once."""

    def __init__(self, view: TimelineView) -> None:
        self._view = view
        self._key_of = cache(view.key_of)
        self._place = cache(view.sort_key)
        self._direction, self._in_words = cache(direction_of), cache(relation_in_words)
        self._is_causal = cache(_is_causal)

    def pending(
        self, key: int, direction: Direction, depth: int, most: int
    ) -> list[tuple[int, Neighbour, bool]]:
        """The neighbours of an event in reverse order, each with its depth and whether it is the last one.

        If there are more than `most`, only the first `most + 1`.
        """
        near = self.neighbours(key, direction, most + 1)
        return [(depth, neighbour, number == 0) for number, neighbour in enumerate(reversed(near))]

    def neighbours(
        self, key: int, direction: Direction | None = None, most: int | None = None
    ) -> list[Neighbour]:
        """The neighbours of an event, only in `direction` if one is given, and only the first `most`."""
        found: dict[tuple[int, Direction], list[tuple[str, bool]]] = {}
        own = self._place(key)
        for relation, other, outward in self._links(key):
            # A link from an event to itself is found in both directions.
            is_later = outward if other == key else self._place(other) > own
            leads = self._direction(relation, outward=outward, is_later=is_later)
            if direction in (None, leads):
                found.setdefault((other, leads), []).append((relation, outward))
        ordered = sorted(found, key=lambda end: (self._place(end[0]), end[1]))
        return [self._neighbour(*end, found[end]) for end in ordered[:most]]

    def _links(self, key: int) -> Iterator[tuple[str, int, bool]]:
        """The links to known events: relation, key of the other event, whether the link is written here."""
        for relation, ids in self._view.event(key).links.items():
            for id_ in ids:
                target = self._key_of(id_)
                if target is not None and self._view.is_known(target):
                    yield relation, target, True
        for relation, origin in self._view.origins(key):
            if self._view.is_known(origin):
                yield relation, origin, False

    def _neighbour(self, key: int, direction: Direction, links: Sequence[tuple[str, bool]]) -> Neighbour:
        words = dict.fromkeys(self._in_words(relation, outward) for relation, outward in links)
        is_causal = any(self._is_causal(relation) for relation, _ in links)
        return Neighbour(key, direction, ", ".join(words), is_causal)


def _is_causal(relation: str) -> bool:
    normalised = _normalised(relation)
    return normalised == "leads-to" or normalised in _RESPONSES


def _out_of_order(parent: Date, child: Date, direction: Direction) -> tuple[Mark, ...]:
    """The mark of a child event if the effect is entirely before its cause."""
    if direction == "forward":
        return ("before its cause",) if child.is_before(parent) else ()
    return ("after its effect",) if parent.is_before(child) else ()


def _normalised(relation: str) -> str:
    """A relation as the format spells it, regardless of case and spaces: `leads-to` for `Leads to`."""
    return "-".join(relation.casefold().replace("_", " ").replace("-", " ").split())
