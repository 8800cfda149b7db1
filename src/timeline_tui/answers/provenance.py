"""Where a statement comes from: its sources, which of them repeat which, and what that makes it rest on.

Only what `derived_from` says counts: two sources that are not said to repeat one another may still do so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.answers.statements import source_ids
from timeline_tui.model.known_on import publication_day
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from timeline_tui.dates.date import Date
    from timeline_tui.model.records import Citation
    from timeline_tui.timeline.view import View


class SourceTree(NamedTuple):
    """A source that repeats no other one, or in a tree of them one that does."""

    id: str
    cited: bool
    """Whether it is cited itself; False for one that those cited repeat."""
    repeats: tuple[SourceTree, ...] = ()
    """Those that repeat it: cited ones, and ones on the way to a cited one."""
    circular: bool = False
    """Whether the file says that it repeats one of those that repeat it."""


class Support(NamedTuple):
    """What a statement rests on."""

    trees: list[SourceTree]
    """Its sources, as `source_trees()` gives them."""
    verdict: str
    """The same in plain words, visible, without a full stop."""
    is_doubtful: bool
    """Whether it rests on no source, on satire, or in the end on a single source."""


class Outlet(NamedTuple):
    """Who prints a version; re-posts of one wire are one outlet."""

    name: str
    """Publisher, else title; visible, on one line."""
    source: str
    """Id of the source; where several repeat one that is not cited, of that one."""
    reposts: tuple[str, ...]
    """Names of those that repeat it, visible."""
    date: Date | None
    cited: tuple[str, ...]
    """Ids of the sources cited, its own and those of the re-posts."""
    repeats: str = ""
    """Name of what it repeats itself, where that is not cited for these words."""


def source_name(view: View, id_: str) -> str:
    """Who published a source, else its title, visible on one line; the id where the file has none such."""
    source = view.source(id_)
    if source is None:
        return one_line(id_)
    if is_later(view, id_):
        return "a source published later"
    return one_line(source.publisher) or one_line(source.title)


def is_later(view: View, id_: str) -> bool:
    """Whether a source was not yet published by the day that the story is shown as known on."""
    source = view.source(id_) if view.known_on is not None else None
    return source is not None and publication_day(source) > view.as_of


def source_trees(view: View, ids: Sequence[str]) -> list[SourceTree]:
    """The sources that some sources come from in the end, each with those that repeat it.

    Args:
        view: Asked for the sources; under `known_on`, what was published later is not counted, but two
            reports that repeat it still count as one.
        ids: Ids of the sources cited; one that is cited twice counts once.
    """
    cited = [id_ for id_ in dict.fromkeys(ids) if not is_later(view, id_)]
    parents, circular = _parents(view, cited)
    children: dict[str, list[str]] = {}
    for id_, parent in parents.items():
        if parent:
            children.setdefault(parent, []).append(id_)
    return [_grown(id_, children, set(cited), circular) for id_ in _tops(parents, cited)]


def walk_trees(trees: Sequence[SourceTree]) -> Iterator[tuple[int, SourceTree]]:
    """Each source of some trees with its depth, from 0; what is repeated stands before what repeats it."""
    ahead = [(0, root) for root in reversed(trees)]
    while ahead:
        depth, root = ahead.pop()
        yield depth, root
        ahead += [(depth + 1, child) for child in reversed(root.repeats)]


def outlets(view: View, citations: Sequence[Citation]) -> tuple[Outlet, ...]:
    """Who prints something, by the sources cited: those that repeat one of the others stand beside it."""
    return tuple(_outlet(view, root) for root in source_trees(view, source_ids(citations)))


def support_of(view: View, ids: Sequence[str]) -> Support:
    """What a statement with these sources rests on, under `known_on` of what was published by then.

    `rests on no source` · `rests on one source: TASS` · `rests on satire alone: The Onion` ·
    `5 reports, one wire: AFP` · `4 sources, 3 of which repeat no other one`.
    """
    trees = source_trees(view, ids)
    cited = _cited(trees)
    if not cited:
        known = f" known by {view.day_in_words(view.as_of)}" if view.known_on is not None else ""
        return Support(trees, f"rests on no source{known}", is_doubtful=True)
    serious: list[SourceTree] = []
    satire: list[SourceTree] = []
    for root in trees:
        (satire if _is_satire(view, root) else serious).append(root)
    parts = [_rest(view, trees, serious)]
    if satire and len(serious) > 1:
        parts.append(f"{len(_cited(satire))} of them satire")
    if unknown := [one_line(id_) for id_ in cited if view.source(id_) is None]:
        parts.append(f"not described in the file: {', '.join(unknown)}")
    return Support(trees, "; ".join(parts), is_doubtful=len(serious) < 2)


def _outlet(view: View, root: SourceTree) -> Outlet:
    cited = tuple(each.id for _, each in walk_trees([root]) if each.cited)
    head = cited[0] if len(cited) == 1 else root.id
    source = view.source(head)
    return Outlet(
        source_name(view, head),
        head,
        tuple(source_name(view, id_) for id_ in cited if id_ != head),
        source.date if source is not None else None,
        cited,
        "" if head == root.id else source_name(view, root.id),
    )


def _rest(view: View, trees: Sequence[SourceTree], serious: Sequence[SourceTree]) -> str:
    cited = _cited(trees)
    if not serious:
        return "rests on satire alone" + (f": {source_name(view, cited[0])}" if len(cited) == 1 else "")
    if len(serious) == 1:
        return _single(view, serious[0], " besides satire" if len(trees) > 1 else "")
    own = sum(root.cited for root in trees)
    if len(trees) == len(cited):
        none = "neither said to repeat the other" if len(cited) == 2 else "none said to repeat another"
        return f"{len(cited)} sources, {none}"
    if own < len(trees):
        return f"{len(cited)} sources that go back to {len(trees)}"
    return f"{len(cited)} sources, {own} of which repeat no other one"


def _single(view: View, root: SourceTree, besides: str) -> str:
    """What rests on one tree of sources."""
    cited, name = _cited([root]), source_name(view, root.id)
    if len(cited) > 1:
        source = view.source(root.id)
        kind = "wire" if source is not None and source.kind == "wire" else "source"
        return f"{len(cited)} reports{besides}, one {kind}: {name}"
    repeated = "" if root.cited else f", which repeats {name}"
    return f"rests on one source{besides}: {source_name(view, cited[0])}{repeated}"


def _cited(trees: Sequence[SourceTree]) -> list[str]:
    return [root.id for _, root in walk_trees(trees) if root.cited]


def _is_satire(view: View, root: SourceTree) -> bool:
    """Whether a tree begins with satire, or is cited for satire only."""
    kinds = [source.kind if (source := view.source(id_)) else "" for id_ in (root.id, *_cited([root]))]
    return kinds[0] == "satire" or all(kind == "satire" for kind in kinds[1:])


def _parents(view: View, cited: Sequence[str]) -> tuple[dict[str, str], set[str]]:
    """What each source on the way from those cited repeats, "" for none; circles cut open where they are met.

    Also the sources at which they were cut: the one of a circle that is cited first.
    """
    parents: dict[str, str] = {}
    circular: set[str] = set()
    for start in cited:
        path: dict[str, None] = {}
        id_ = start
        while id_ and id_ not in parents:
            path[id_] = None
            source = view.source(id_)
            parents[id_] = next(iter(source.derived_from), "") if source is not None else ""
            id_ = parents[id_]
        if id_ in path:
            circle = list(path)[list(path).index(id_) :]
            head = next((member for member in cited if member in circle), id_)
            parents[head] = ""
            circular.add(head)
    return parents, circular


def _tops(parents: Mapping[str, str], cited: Sequence[str]) -> list[str]:
    """The last source on the way from each of those cited, each once."""
    tops: dict[str, None] = {}
    known: dict[str, str] = {}
    for start in cited:
        path, id_ = [start], start
        while id_ not in known and parents[id_]:
            id_ = parents[id_]
            path.append(id_)
        top = known.get(id_, id_)
        known.update(dict.fromkeys(path, top))
        tops[top] = None
    return list(tops)


def _grown(
    top: str, children: Mapping[str, Sequence[str]], cited: Container[str], circular: Container[str]
) -> SourceTree:
    """The tree that begins with a source; a chain of them may be long, so nothing here calls itself."""
    order, ahead = [], [top]
    while ahead:
        order.append(ahead.pop())
        ahead += children.get(order[-1], ())
    made: dict[str, SourceTree] = {}
    for id_ in reversed(order):
        repeats = tuple(made.pop(child) for child in children.get(id_, ()))
        made[id_] = SourceTree(id_, id_ in cited, repeats, id_ in circular)
    return made[top]
