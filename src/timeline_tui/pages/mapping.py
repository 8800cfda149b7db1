"""The page of columns: what each was taken for, why, what else it could be, and some of what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timeline_tui.drawing.lines import BLANK, Line, Span, Target, line, paragraph
from timeline_tui.mapping.columns import ROLES, said_of
from timeline_tui.pages.page import Page
from timeline_tui.text.cells import clipped
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from timeline_tui.mapping.columns import Column, Mapping
    from timeline_tui.timeline.protocol import TimelineView

_LONGEST: Final = 200
_MOST: Final = 500
"""How many columns are shown."""
_HOW: Final = (
    "To take a column for something else, type :mapping and what it is, as in :mapping date=occurred_at"
    " or :mapping title={kind}: {place}; :mapping date= takes that back. :mapping save keeps it beside the"
    " file."
)


def mapping_page(view: TimelineView, width: int) -> Page:
    """What each column of others' data was taken for; what it could also be leads to taking it for that."""
    mapping = view.mapping
    if not mapping.columns:
        text = "The fields of this file have their meaning by its format: there are no columns to choose."
        return Page("Columns", tuple(paragraph(text, width, "detail")))
    lines = paragraph(_HOW, width, "detail")
    for column in mapping.columns[:_MOST]:
        lines += [BLANK, *_of_column(mapping, column, width)]
    if more := len(mapping.columns) - _MOST:
        lines += [BLANK, line(f"and {more:,} more columns", "detail")] if more > 0 else []
    chosen = [
        f"{role} = {one_line(mapping.chosen[role][:_LONGEST])}" for role in ROLES if role in mapping.chosen
    ]
    if chosen:
        lines += [BLANK, line("Chosen by you", "heading")]
        for text in chosen:
            lines += paragraph(text, width)
    return Page("Columns: what each was taken for", tuple(lines))


def _of_column(mapping: Mapping, column: Column, width: int) -> list[Line]:
    name = one_line(column.name[:_LONGEST])
    lines = [
        line(clipped(name, width), "name"),
        *paragraph(f"{said_of(mapping, column)} ({one_line(column.why)})", width, "text", 2),
    ]
    if column.samples:
        samples = " | ".join(one_line(text[:_LONGEST])[:40] for text in column.samples)
        lines.append(line(clipped(f"  holds: {samples}", width), "detail"))
    if column.could_be:
        lines.append(_others(column, width))
    return lines


def _others(column: Column, width: int) -> Line:
    """The line of what a column could also be, each word of which leads to taking it for that."""
    spans = [Span("  could also be: ", "detail")]
    targets: list[Target] = []
    room = width - len(spans[0].text)
    for role in column.could_be:
        target = Target(leads="column", id=f"{role}={column.name}")
        text = role if not targets else f", {role}"
        if len(text) > room:
            break
        room -= len(text)
        spans.append(Span(text, "text", target))
        targets.append(target)
    return Line(tuple(spans), tuple(targets))
