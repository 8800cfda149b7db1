"""Where a statement comes from: its sources, which of them repeat others, and what it rests on in the end.

Only `derived_from` counts: two sources without it may still repeat each other.
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
    from timeline_tui.timeline.protocol import TimelineView


class SourceTree(NamedTuple):
    """A source with the sources that repeat it; the root of a tree repeats no other source."""

    id: str
    cited: bool
    """Whether it is cited itself; if not, it is there because a cited source repeats it."""
    repeats: tuple[SourceTree, ...] = ()
    """The sources that repeat it: cited ones, and those that a cited one repeats in turn."""
    circular: bool = False
    """Whether the file says that it repeats a source that repeats it."""


class Support(NamedTuple):
    """What a statement rests on."""

    trees: list[SourceTree]
    """The sources, as from `source_trees()`."""
    verdict: str
    """What that means in words, visible, without a full stop."""
    is_doubtful: bool
    """Whether it rests on no source, only on satire, or in the end on a single source."""


class Outlet(NamedTuple):
    """A publisher that prints a version; re-posts of one wire report are one outlet."""

    name: str
    """Publisher, else title; visible, on one line."""
    source: str
    """Id of the source; if several cited sources repeat one that is not cited, the id of that one."""
    reposts: tuple[str, ...]
    """Names of the sources that repeat it, visible."""
    date: Date | None
    cited: tuple[str, ...]
    """Ids of the cited sources: its own and those of the re-posts."""
    repeats: str = ""
    """Name of the source that it repeats, if that one is not cited for these words."""


def source_name(view: TimelineView, id_: str) -> str:
    """The publisher of a source, else its title, visible on one line; the id of an unknown source."""
    source = view.source(id_)
    if source is None:
        return one_line(id_)
    if is_later(view, id_):
        return "a source published later"
    return one_line(source.publisher) or one_line(source.title)


def is_later(view: TimelineView, id_: str) -> bool:
    """Whether a source was published after the day that the story is shown as known on."""
    source = view.source(id_) if view.known_on is not None else None
    return source is not None and publication_day(source) > view.as_of


def source_trees(view: TimelineView, ids: Sequence[str]) -> list[SourceTree]:
    """The origins of some sources, each with the sources that repeat it.

    Args:
        view: The view that knows the sources. If it is shown as known on a day, sources published later are
            left out, but two reports that repeat such a source still count as one.
        ids: Ids of the cited sources; one that is cited twice counts once.
    """
    cited = [id_ for id_ in dict.fromkeys(ids) if not is_later(view, id_)]
    parents, circular = _parents(view, cited)
    children: dict[str, list[str]] = {}
    for id_, above in parents.items():
        for parent in above:
            children.setdefault(parent, []).append(id_)
    return [_tree(id_, children, set(cited), circular) for id_ in _origins(parents, cited)]


def walk_trees(trees: Sequence[SourceTree]) -> Iterator[tuple[int, SourceTree]]:
    """Each source of some trees with its depth, from 0; a source comes before those that repeat it."""
    ahead = [(0, root) for root in reversed(trees)]
    while ahead:
        depth, root = ahead.pop()
        yield depth, root
        ahead += [(depth + 1, child) for child in reversed(root.repeats)]


def outlets(view: TimelineView, citations: Sequence[Citation]) -> tuple[Outlet, ...]:
    """The outlets among cited sources; sources that repeat another cited one are its re-posts."""
    return tuple(_outlet(view, root) for root in source_trees(view, source_ids(citations)))


def support_of(view: TimelineView, ids: Sequence[str]) -> Support:
    """What a statement with these sources rests on, counting only what was published by the known-on day.

    `rests on no source` · `rests on one source: TASS` · `rests only on satire: The Onion` ·
    `5 reports, one wire: AFP` · `4 sources, 3 of which repeat no other`.
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
    parts = [_verdict(view, trees, serious)]
    if satire and len(serious) > 1:
        parts.append(f"{len(_cited(satire))} of them satire")
    if unknown := [one_line(id_) for id_ in cited if view.source(id_) is None]:
        parts.append(f"not described in the file: {', '.join(unknown)}")
    return Support(trees, "; ".join(parts), is_doubtful=len(serious) < 2)


def _outlet(view: TimelineView, root: SourceTree) -> Outlet:
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


def _verdict(view: TimelineView, trees: Sequence[SourceTree], serious: Sequence[SourceTree]) -> str:
    cited = _cited(trees)
    if not serious:
        return "rests only on satire" + (f": {source_name(view, cited[0])}" if len(cited) == 1 else "")
    if len(serious) == 1:
        return _single(view, serious[0], " besides satire" if len(trees) > 1 else "")
    own = sum(root.cited for root in trees)
    if len(cited) == 1:
        return f"rests on one source, which repeats {len(trees)} others: {source_name(view, cited[0])}"
    if len(trees) == len(cited):
        none = "neither said to repeat the other" if len(cited) == 2 else "none said to repeat another"
        return f"{len(cited)} sources, {none}"
    if own < len(trees):
        return f"{len(cited)} sources that go back to {len(trees)}"
    return f"{len(cited)} sources, {own} of which repeat no other"


def _single(view: TimelineView, root: SourceTree, besides: str) -> str:
    """The verdict on a statement that rests on a single origin."""
    cited, name = _cited([root]), source_name(view, root.id)
    if len(cited) > 1:
        source = view.source(root.id)
        kind = "wire" if source is not None and source.kind == "wire" else "source"
        return f"{len(cited)} reports{besides}, one {kind}: {name}"
    repeated = "" if root.cited else f", which repeats {name}"
    return f"rests on one source{besides}: {source_name(view, cited[0])}{repeated}"


def _cited(trees: Sequence[SourceTree]) -> list[str]:
    return list(dict.fromkeys(root.id for _, root in walk_trees(trees) if root.cited))


def _is_satire(view: TimelineView, root: SourceTree) -> bool:
    """Whether the origin is satire, or all cited sources of the tree are."""
    kinds = [source.kind if (source := view.source(id_)) else "" for id_ in (root.id, *_cited([root]))]
    return kinds[0] == "satire" or all(kind == "satire" for kind in kinds[1:])


def _parents(view: TimelineView, cited: Sequence[str]) -> tuple[dict[str, list[str]], set[str]]:
    """The sources that each source repeats, from the cited ones up to their origins.

    Circles are cut open at the source that is cited first; these sources are the second result.
    """
    parents: dict[str, list[str]] = {}
    circular: set[str] = set()
    done: set[str] = set()
    for start in cited:
        path: dict[str, Iterator[str]] = {}
        ahead: str | None = start if start not in done else None
        while path or ahead is not None:
            if ahead is not None:
                source = view.source(ahead)
                parents[ahead] = list(dict.fromkeys(source.derived_from)) if source is not None else []
                path[ahead] = iter(tuple(parents[ahead]))
            id_ = next(reversed(path))
            ahead = next((parent for parent in path[id_] if parent not in done), None)
            if ahead is None:
                done.add(id_)
                del path[id_]
            elif ahead in path:
                members = list(path)
                _cut(members[members.index(ahead) :], parents, cited, circular)
                ahead = None
    return parents, circular


def _cut(
    circle: list[str], parents: Mapping[str, list[str]], cited: Sequence[str], circular: set[str]
) -> None:
    """Cut a circle of sources, each of which repeats the next one, unless it has been cut before."""
    links = {id_: circle[(place + 1) % len(circle)] for place, id_ in enumerate(circle)}
    if all(parent in parents[id_] for id_, parent in links.items()):
        head = next((id_ for id_ in cited if id_ in links), circle[0])
        parents[head].remove(links[head])
        circular.add(head)


def _origins(parents: Mapping[str, Sequence[str]], cited: Sequence[str]) -> list[str]:
    """The origins of the cited sources, each once."""
    origins: list[str] = []
    met: set[str] = set()
    ahead = list(reversed(cited))
    while ahead:
        id_ = ahead.pop()
        if id_ not in met:
            met.add(id_)
            ahead += reversed(parents[id_])
            origins += () if parents[id_] else (id_,)
    return origins


def _tree(
    top: str, children: Mapping[str, Sequence[str]], cited: Container[str], circular: Container[str]
) -> SourceTree:
    """The tree below an origin, each source in it once; not recursive, as a chain of sources may be long."""
    below: dict[str, list[str]] = {top: []}
    ahead = [top]
    while ahead:
        id_ = ahead.pop()
        own = [child for child in children.get(id_, ()) if child not in below]
        below[id_] = own
        below.update((child, []) for child in own)
        ahead += own
    order, ahead = [], [top]
    while ahead:
        order.append(ahead.pop())
        ahead += below[order[-1]]
    made: dict[str, SourceTree] = {}
    for id_ in reversed(order):
        repeats = tuple(made.pop(child) for child in below[id_])
        made[id_] = SourceTree(id_, id_ in cited, repeats, id_ in circular)
    return made[top]
