"""Pieces of a page, each with the steps of its clock at which it is shown.

A page is written once for each day on which it reads otherwise, as a tree of pieces. Pieces that are the same
on several days become one. Without its script, the page shows those of the last step; the others are in
templates, which no browser shows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from timeline_tui.exchange.html_markup import NO_HTML, Html, html, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_NOTES = re.compile(r" <sup>.*?</sup>")

Spans: TypeAlias = tuple[tuple[int, int], ...]
"""Steps of the clock: the first, and the one after the last, of each run; ascending."""
Identity: TypeAlias = tuple[str, str, str, int]


class Piece(NamedTuple):
    """An element of the page."""

    tag: str
    """Empty for text that has no element of its own, as long as it is the same on all days."""
    inner: Html | tuple[Piece, ...]
    """Its content, or its own pieces."""
    attributes: Html = NO_HTML
    """With a space before each."""
    name: str = ""
    """The name that stays the same from day to day, if it has pieces of its own that change."""


class Version(NamedTuple):
    """The pieces from a step on."""

    step: int
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Dated:
    """A piece, and when it is shown."""

    piece: Piece
    spans: Spans
    parts: tuple[Dated, ...] = ()


def leaf(tag: str, inner: Html, attributes: Html = NO_HTML) -> Iterator[Piece]:
    """A piece with that content; nothing without content."""
    if inner:
        yield Piece(tag, inner, attributes)


def group(tag: str, pieces: Iterable[Piece], attributes: Html = NO_HTML, name: str = "") -> Iterator[Piece]:
    """A piece that holds others; nothing without others."""
    if inner := tuple(pieces):
        yield Piece(tag, inner, attributes, name)


def dated(versions: Sequence[Version], end: int) -> list[Dated]:
    """The pieces of all versions in order, those that are the same in several as one.

    References to sources do not make a difference: the page hides those to sources that are not known yet.

    Args:
        versions: By step, ascending; each holds until the next.
        end: The step after the last.
    """
    last = {version.step: version for version in versions}
    kept = list(last.values())
    bounds = [version.step for version in kept] + [end]
    runs = [(bounds[number], bounds[number + 1]) for number in range(len(kept))]
    order: list[Identity] = []
    found: dict[Identity, dict[int, Piece]] = {}
    for number in range(len(kept) - 1, -1, -1):
        place = 0
        for identity, piece in _identified(kept[number].pieces):
            if identity in found:
                place = order.index(identity) + 1
            else:
                order.insert(place, identity)
                place += 1
                found[identity] = {}
            found[identity][number] = piece
    return [_together(found[identity], runs, end) for identity in order]


def always(pieces: Iterable[Piece], spans: Spans) -> list[Dated]:
    """Pieces that are the same at all of these steps."""
    return [Dated(piece, spans, tuple(always(_parts(piece), spans))) for piece in pieces]


def holding(piece: Piece, parts: Iterable[Dated]) -> Dated:
    """A piece around others, shown whenever one of them is."""
    parts = tuple(parts)
    return Dated(piece, united(part.spans for part in parts), parts)


def headed(heading: Piece, parts: Sequence[Dated]) -> list[Dated]:
    """A heading, shown whenever one of the parts below it is, and these parts."""
    return [Dated(heading, united(part.spans for part in parts)), *parts]


def titled_section(name: str, title: str, parts: Sequence[Dated]) -> Dated:
    """A section of the page with a heading."""
    heading = Piece("h2", html("{}", title), html(' id="list_{}"', name))
    return holding(Piece("section", (), html(' aria-labelledby="list_{}"', name)), headed(heading, parts))


def united(all_spans: Iterable[Spans]) -> Spans:
    """The steps that are in any of several spans."""
    done: list[tuple[int, int]] = []
    for first, after in sorted(span for spans in all_spans for span in spans):
        if done and first <= done[-1][1]:
            done[-1] = done[-1][0], max(after, done[-1][1])
        else:
            done.append((first, after))
    return tuple(done)


def shown(each: Dated, within: Spans, end: int, *, is_inert: bool = False) -> Html:
    """A piece as HTML; with its steps, where these are not those of what holds it.

    Args:
        each: The piece.
        within: The steps of what holds it.
        end: The step after the last.
        is_inert: Whether what holds it is in a template.
    """
    piece = each.piece
    marks = Html() if each.spans == within else _marks(each.spans, end)
    is_past = not is_inert and each.spans[-1][1] < end
    inner: Html = joined(
        shown(part, each.spans, end, is_inert=is_inert or is_past) for part in each.parts
    ) or (piece.inner if isinstance(piece.inner, str) else Html())
    if not piece.tag and not marks:
        return inner
    tag = piece.tag or "span"
    element = html("<{}{}{}>{}</{}>", tag, piece.attributes, marks, inner, tag)
    return html("<template>{}</template>", element) if is_past else element


def _marks(spans: Spans, end: int) -> Html:
    """The attribute with the steps; most pages have thousands, so that quotation marks are left out of it."""
    steps = " ".join(f"{first}" if after == end else f"{first}-{after}" for first, after in spans)
    return html(" data-k={}", steps) if len(spans) == 1 else html(' data-k="{}"', steps)


def _parts(piece: Piece) -> tuple[Piece, ...]:
    return () if isinstance(piece.inner, str) else piece.inner


def _identified(pieces: Sequence[Piece]) -> Iterator[tuple[Identity, Piece]]:
    """Pieces, each with the name that it shares with its versions of other days."""
    counts: dict[tuple[str, str, str], int] = {}
    for piece in pieces:
        words = piece.name if not isinstance(piece.inner, str) else _NOTES.sub("", piece.inner)
        key = piece.tag, str(piece.attributes), words
        counts[key] = counts.get(key, -1) + 1
        yield (*key, counts[key]), piece


def _together(pieces: Mapping[int, Piece], runs: Sequence[tuple[int, int]], end: int) -> Dated:
    """One piece of the same pieces of several versions, by number; it is as in the last of these."""
    numbers = sorted(pieces)
    spans = united((runs[number],) for number in numbers)
    inner = [Version(runs[number][0], _parts(pieces[number])) for number in numbers]
    parts = dated(inner, end)
    return Dated(pieces[numbers[-1]], spans, tuple(_cut(part, spans) for part in parts))


def _cut(each: Dated, spans: Spans) -> Dated:
    """A part with only those steps at which what holds it is shown."""
    if len(spans) == 1 and each.spans[-1][1] <= spans[-1][1]:
        return each
    kept = tuple(
        (max(first, begins), min(after, ends))
        for first, after in each.spans
        for begins, ends in spans
        if max(first, begins) < min(after, ends)
    )
    return Dated(each.piece, kept, tuple(_cut(part, kept) for part in each.parts))
