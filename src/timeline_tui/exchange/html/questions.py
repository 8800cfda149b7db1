"""The questions of a page: all that was claimed on each, drawn on one scale."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.answers.claims import claims_on, spreads
from timeline_tui.answers.history import topic_history
from timeline_tui.drawing.figure_axis import FigureAxis, figure_kind
from timeline_tui.exchange import report_text
from timeline_tui.exchange.html.context import counted, detail, more
from timeline_tui.exchange.html.events import claim_words
from timeline_tui.exchange.html.pieces import Dated, Piece, always, holding, titled_section, united
from timeline_tui.exchange.html.prose import line
from timeline_tui.exchange.html_markup import Html, html
from timeline_tui.model.figures import parse_figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.answers.claims import DatedClaim
    from timeline_tui.exchange.html.clock import Clock
    from timeline_tui.exchange.html.context import PageContext
    from timeline_tui.model.figures import Figure
    from timeline_tui.model.records import Claim

_LOOKS = {"about": "about", "at most": "most", "at least": "least"}
"""The class of a drawing, which decides how its ends look."""
_PRECISION = 40
"""Digits of the calculation of a place."""
_TEXT_CELLS = 60
"""The number of cells of the axis that gives the scale of a drawing."""


class Scale(NamedTuple):
    """One scale for all figures on a question."""

    low: Decimal
    high: Decimal

    def labels(self) -> Piece:
        """The first line of a chart: where its scale begins and ends."""
        low, high = (f"{value.normalize():f}" for value in self)
        attributes = html(' class="scale" aria-hidden="true" data-low="{}" data-high="{}"', low, high)
        return Piece(
            "li", html("<span>{}</span> <span>{}</span>", f"{self.low:,f}", f"{self.high:,f}"), attributes
        )

    def share(self, value: Decimal) -> Decimal:
        """How far along the scale a value is, from 0 to 100."""
        with localcontext(prec=_PRECISION):
            return (value - self.low) / (self.high - self.low) * 100

    def drawing(self, figure: Figure) -> Html:
        """A figure as a point or a bar; an open end reaches to the end of the scale."""
        low = Decimal(0) if figure.low is None else self.share(figure.low)
        high = Decimal(100) if figure.high is None else self.share(figure.high)
        kind = _LOOKS.get(figure_kind(figure), "about" if figure.about else "")
        class_ = html(' class="{}"', kind) if kind else Html()
        return html('<svg><line x1="{}%" x2="{}%"{}/></svg>', f"{low:.4g}", f"{high:.4g}", class_)


def scale_of(claims: list[DatedClaim]) -> Scale | None:
    """The scale for claims; None if none of them gives a figure."""
    figures = [one.figure for one in claims if one.figure is not None]
    if not figures:
        return None
    axis = FigureAxis(figures, _TEXT_CELLS)
    return Scale(axis.low, axis.high)


def question_item(clock: Clock, context: PageContext, id_: str) -> Dated:
    """A question with everything that is claimed on it."""
    number, topic = context.page.questions[id_], context.view.topic(id_)
    scale = scale_of(claims_on(context.view, id_))
    about = clock.of_record("topic", id_, topic, lambda at: _about(at, id_)) if topic is not None else []
    rows: list[Dated] = []
    for key in context.view.chronological(context.view.keys_with("topic", id_)):
        rows += clock.of_event(key, lambda at, key=key: _rows(at, id_, key, scale))  # type: ignore[misc]
    if scale is not None:
        head = scale.labels()
        rows.insert(0, Dated(head, united(row.spans for row in rows)))
    listed = holding(Piece("ol", (), html(' class="{}"', "figures" if scale else "answers")), rows)
    summed = always([detail(f"{total(context, id_)}.")], clock.last_only)
    section = Piece("section", (), html(' class="question" id="q_{}"', number))
    return holding(section, [*about, *summed, listed])


def _about(context: PageContext, id_: str) -> Iterator[Piece]:
    topic = context.view.topic(id_)
    if topic is None:
        return
    yield Piece("h3", line(report_text.question(context.view, id_)), context.language)
    notes = context.notes(report_text.cited_by(topic))
    if topic.unit or notes:
        yield detail(f"Counted in {topic.unit}." if topic.unit else "Sources:", notes)
    yield from context.note(topic.description)
    for sentence in topic_history(context.view, topic):
        yield detail(sentence)
    yield from more(topic)


def total(context: PageContext, id_: str) -> str:
    """How many claims by how many there are, and how far apart their last figures are."""
    claims = claims_on(context.view, id_)
    speakers = len({one.claim.by for one in claims})
    found = spreads(claims)
    spread = f"; latest figures: {found[-1]}" if found else ""
    return f"{counted(len(claims), 'claim')} by {counted(speakers, 'speaker')}{spread}"


def _rows(context: PageContext, id_: str, key: int, scale: Scale | None) -> Iterator[Piece]:
    for claim in context.view.event(key).claims:
        if claim.about == id_:
            yield Piece("li", claim_row(context, key, claim, scale))


def claim_row(context: PageContext, key: int, claim: Claim, scale: Scale | None) -> Html:
    """A claim in a line: its day, which leads to its event, who says it, what, and its figure drawn."""
    figure = parse_figure(claim.value)
    drawing = scale.drawing(figure) if scale is not None and figure is not None else Html()
    day = line(context.view.date_in_words(claim.date or context.view.event(key).date))
    if context.page.view.has(key):
        day = html('<a href="#{}">{}</a>', context.page.anchor(key), day)
    name, words = line(context.view.actor_name(claim.by)), claim_words(context, claim)
    return html("{} <b>{}</b> {}{}", day, name, words, drawing)


def questions_section(clock: Clock, context: PageContext) -> list[Dated]:
    """The section of all questions, in the order in which they are first answered; none without any."""
    items = [question_item(clock, context, id_) for id_ in context.page.questions]
    if not items:
        return []
    return [titled_section("questions", "Questions in dispute", items)]
