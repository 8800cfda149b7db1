"""The stories of a timeline on its page: steps one below another, which the script shows one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from timeline_tui.answers.claims import claims_on
from timeline_tui.exchange import report_text
from timeline_tui.exchange.html.context import PageContext, counted
from timeline_tui.exchange.html.figures import picture
from timeline_tui.exchange.html.pieces import Piece
from timeline_tui.exchange.html.prose import language_attributes, line, lines, prose
from timeline_tui.exchange.html.questions import claim_row, scale_of, total
from timeline_tui.exchange.html_markup import Html, html, joined
from timeline_tui.telling.path import StoryPath
from timeline_tui.timeline.signs import STATUS_SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.telling.path import ShownStep
    from timeline_tui.timeline.view import View

_MOST_ROWS = 6
"""Number of claims that a step shows; the latest ones."""
_ROWS = 5
"""Lines of a picture in a step."""


def stories(context: PageContext) -> Iterator[Piece]:
    """A section for each story of the file."""
    view = context.view
    for number, (id_, story) in enumerate(view.header.stories.items(), start=1):
        path = StoryPath(view, id_, story)
        steps = (_step(context, path, place) for place in range(1, path.count + 1))
        inner = html(
            '<h2 id="story_{0}"{1}>{2}</h2>{3}<ol class="steps"{1}>{4}</ol>',
            number,
            context.language,
            line(path.title),
            html("<div{}>{}</div>", context.language, prose(story.description)) if story.description else "",
            joined(steps, "\n"),
        )
        yield Piece("section", inner, html(' class="story" aria-labelledby="story_{}"', number))


def _step(context: PageContext, path: StoryPath, number: int) -> Html:
    step = path.step(number)
    at = PageContext(cast("View", step.view), context.page)
    parts = [
        html('<p class="place">{} of {}</p>', number, path.count),
        html('<div class="said">{}</div>', prose(step.text)) if step.text else Html(),
        _clock(at, context),
        *_exhibit(at, step, f"{path.title}, {number}"),
        html("<p>{}</p>", line(step.problem)) if step.problem else Html(),
    ]
    return html("<li>{}</li>", joined(parts))


def _clock(at: PageContext, context: PageContext) -> Html:
    """The known-on day of a step, and the sources that it leaves out."""
    view, sentences = at.view, []
    if view.known_on is not None and view.known_on != context.view.known_on:
        sentences.append(f"As known on {view.day_in_words(view.known_on)}")
    if away := sorted(view.without - context.view.without):
        names = (source.title for id_ in away if (source := view.whole_header.sources.get(id_)) is not None)
        sentences.append(f"Without {', '.join(f'“{name}”' for name in names)}")
    return html('<p class="known">{}</p>', line(". ".join(sentences))) if sentences else Html()


def _exhibit(at: PageContext, step: ShownStep, where: str) -> Iterator[Html]:
    if step.key >= 0:
        yield from _event(at, step)
    if step.topic:
        yield from _question(at, step.topic)
    if step.picture:
        for piece in picture(step.view, step.picture, _ROWS, where):
            yield html("<{0}{1}>{2}</{0}>", piece.tag, piece.attributes, piece.inner)


def _event(at: PageContext, step: ShownStep) -> Iterator[Html]:
    view, event = at.view, at.view.event(step.key)
    title = line(event.title)
    if at.page.view.has(step.key):
        title = html('<a href="#{}">{}</a>', at.page.anchor(step.key), title)
    status = view.status_of(event)
    mark = html(" · {} {}", STATUS_SIGNS[status], status) if status not in ("", "confirmed") else Html()
    place = html(" · {}", line(view.place_of(event))) if view.place_of(event) else Html()
    yield html("<p>{}{}{}</p><h3>{}</h3>", at.when(event.date), place, mark, title)
    for mark_of in report_text.marks_of_fallen(view, step.key).values():
        yield html("<p data-unsupported>{}.</p>", line(mark_of))
        break
    if step.quote < 0:
        return
    quote = event.quotes[step.quote]
    said = line(", ".join(report_text.attribution(view, event, quote)))
    count = counted(len(quote.wordings), "other wording") if quote.wordings else ""
    yield html(
        "<figure><blockquote{}>{}</blockquote><figcaption>— {}{}</figcaption></figure>",
        language_attributes(quote.language),
        lines(report_text.words(quote, quote.kind)),
        said,
        f"; {count}" if count else "",
    )


def _question(at: PageContext, topic: str) -> Iterator[Html]:
    claims = claims_on(at.view, topic)
    title = line(report_text.question(at.view, topic))
    if topic in at.page.questions:
        title = html('<a href="#q_{}">{}</a>', at.page.questions[topic], title)
    yield html("<h3>{}</h3><p>{}.</p>", title, line(total(at, topic)))
    scale = scale_of(claims)
    rows = joined(
        html("<li>{}</li>", claim_row(at, each.key, each.claim, scale)) for each in claims[-_MOST_ROWS:]
    )
    head = scale.labels() if scale is not None else None
    first = html("<li{}>{}</li>", head.attributes, head.inner) if head is not None else Html()
    yield html('<ol class="{}">{}{}</ol>', "figures" if scale else "answers", first, rows) if rows else Html()
