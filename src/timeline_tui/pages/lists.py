"""Lists by name: the questions, quotes, sources, places, tags, kinds and actors of a view; problems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from timeline_tui.answers.contested import contested_questions
from timeline_tui.answers.provenance import is_later, source_name
from timeline_tui.answers.statements import question_of, quoted, source_ids
from timeline_tui.answers.wordings import count_versions
from timeline_tui.drawing.lines import Line, Span, Target, count_of, line, paragraph
from timeline_tui.model.problems import Severity
from timeline_tui.pages.page import Page
from timeline_tui.text.cells import cells, clipped, padded, wrapped
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline_tui.answers.contested import Contested
    from timeline_tui.drawing.lines import Leads
    from timeline_tui.model.problems import Problem
    from timeline_tui.model.records import Event, Quote
    from timeline_tui.timeline.protocol import TimelineView

MOST: Final = 500
"""Number of entries that a list shows at most."""
MOST_READ: Final = 1_000
"""Number of events with several wordings of a quote that are compared at most."""
_LONGEST: Final = 500
"""Number of characters of a text that are read to show its beginning."""
_NAME: Final = 34
"""Cells of a name, where something stands after it."""
_LEAST_DETAIL: Final = 20
"""Cells that what stands after a name needs, to say something."""
_BESIDE: Final = 86
"""Cells of a list from which the number of speakers stands beside a question, not below it."""


def questions_page(view: TimelineView, width: int) -> Page:
    """The questions of a view, the most contested first; each leads to its claims."""
    found = contested_questions(view)
    lines = [each for one in found[:MOST] for each in _question(view, one, width)]
    return _page(
        "Questions, most contested first",
        lines,
        len(found),
        view.nothing_known or "No event here has a claim.",
        width,
    )


def _question(view: TimelineView, one: Contested, width: int) -> Iterator[Line]:
    more = "+" if one.unread else ""
    speakers = f"{count_of(one.speakers, 'speaker')}{more}" if one.speakers else "not counted"
    unit = _unit(view, one.topic)
    answers = f"{count_of(one.answers, 'answer')}{more}" if one.speakers else ""
    facts = [
        " ".join(filter(None, (answers, _length(one)))),
        f"{unit}: {one.spread}" if unit and one.spread else one.spread,
        f"last on {view.day_in_words(one.last)}" if one.first <= one.last else "",
        f"the last {one.events - one.unread:,} of {count_of(one.events, 'event')}" if one.unread else "",
    ]
    head, indent = "", 2
    if width >= _BESIDE:
        number = speakers.removesuffix("+").rjust(len("10 speakers") - (one.speakers == 1))
        head = f"{number + more if one.speakers else speakers:<12}  "
        indent = len(head)
    else:
        facts.insert(0, speakers)
    target = Target(leads="topic", id=one.topic)
    first, *rest = wrapped(question_of(view, one.topic, _LONGEST), max(width - len(head), 1))
    yield Line((Span(head, "figure"), Span(first, "title")), (target,))
    yield from (line(" " * len(head) + row, "title") for row in rest)
    room = max(width - indent, 1)
    yield line(" " * min(indent, width - 1) + _those_that_fit(facts, room), "detail")


def _unit(view: TimelineView, id_: str) -> str:
    topic = view.topic(id_)
    return one_line(topic.unit[:_LONGEST]) if topic is not None else ""


def _length(one: Contested) -> str:
    """Over how many days somebody answered."""
    return f"over {count_of(one.last - one.first, 'day')}" if one.first < one.last else ""


def _those_that_fit(facts: Iterable[str], room: int) -> str:
    """Facts with ` · ` between them, without those that would be cut: half a figure or day misleads."""
    text = ""
    for fact in filter(None, facts):
        joined = f"{text} · {fact}" if text else fact
        text = joined if cells(joined) <= room else text
    return text


def stories_page(view: TimelineView, width: int) -> Page:
    """The stories of the file, in its order; each is presented."""
    stories = view.whole_header.stories if view.known_on is None else {}
    lines: list[Line] = []
    for id_, story in stories.items():
        title, target = clipped(one_line(story.title), max(width, 1)), Target(leads="story", id=id_)
        lines.append(Line((Span(title, "title"),), (target,)))
        lines.append(
            line(f"  {count_of(len(story.steps), 'step')} · :present {one_line(id_)}"[:width], "detail")
        )
        lines += paragraph(one_line(story.description), width, "text", 2)
    nothing = "This file has no stories. P presents the events that are shown, one by one."
    if view.known_on is not None:
        nothing = (
            "Stories may tell what came later, so none is listed while a day is set. P presents the first."
        )
    return _page("Stories", lines, len(stories), nothing, width)


class _Listed(NamedTuple):
    key: int
    number: int
    versions: int
    quote: Quote
    event: Event


def quotes_page(view: TimelineView, width: int) -> Page:
    """The quotes of a view, those with most wordings first; each leads to its wordings."""
    title, nothing = "Quotes, most wordings first", "No event here has a quote."
    worded = view.keys_with("has", "wordings")
    found = list(_quotes(view, view.chronological(worded)[:MOST_READ]))
    found.sort(key=lambda one: -one.versions)
    several = set(worded)
    total = len(view.keys_with("has", "quotes"))
    others: list[int] = []
    if len(found) < MOST:
        keys = (key for key in view.chronological(view.keys_with("has", "quotes")) if key not in several)
        others = [key for key, _ in zip(keys, range(MOST - len(found)), strict=False)]
    found += _quotes(view, others)
    lines = [each for one in found[:MOST] for each in _quote(view, one, width)]
    if not found:
        return _page(title, lines, 0, view.nothing_known or nothing, width)
    shown = len({one.key for one in found[:MOST]})
    if total > shown:
        lines += _more(total - shown, "events with quotes", width)
    return Page(title, tuple(lines))


def _quotes(view: TimelineView, keys: Sequence[int]) -> Iterator[_Listed]:
    for key in keys:
        event = view.event(key)
        for number, quote in enumerate(event.quotes):
            yield _Listed(key, number, count_versions(quote), quote, event)


def _quote(view: TimelineView, one: _Listed, width: int) -> Iterator[Line]:
    words = quoted(one.quote.kind, one_line(one.quote.text[:_LONGEST]))
    target = Target(one.key, one.number, source_ids(one.quote.sources), leads="wordings")
    room = max(width - 6, 1)
    head = f"{one.versions:>3,}  " if one.versions > 1 else "     "
    yield Line((Span(head, "figure"), Span(clipped(words, room), "words")), (target,))
    facts = (
        view.actor_name(one.quote.speaker),
        view.date_in_words(one.event.date),
        one_line(one.event.title[:_LONGEST]),
    )
    yield line(f"     {clipped(' · '.join(facts), room)}", "detail")


def sources_list(view: TimelineView, width: int) -> Page:
    """The sources that events of a view cite, the most cited first; each leads to these events."""
    counts = _counts(view, "source", view.header.sources)
    lines = [_source(view, id_, count, width) for id_, count in counts[:MOST]]
    return _page(
        "Sources, most cited first",
        lines,
        len(counts),
        view.nothing_known or "No event here cites a source.",
        width,
    )


def _source(view: TimelineView, id_: str, count: int, width: int) -> Line:
    source = view.source(id_)
    facts: list[str] = []
    if source is not None and not is_later(view, id_):
        facts = [one_line(source.kind), view.date_in_words(source.date) if source.date else "undated"]
        facts += [one_line(source.title[:_LONGEST])] if source.publisher else []
    target = Target(sources=(id_,), leads="source", id=id_)
    return _entry(count, source_name(view, id_), " · ".join(filter(None, facts)), target, width)


def values_page(view: TimelineView, field: str, width: int) -> Page:
    """The places, tags or kinds of the events of a view, the most frequent first; each leads to events."""
    leads: Leads = "place" if field == "place" else "tag" if field == "tag" else "kind"
    counts = _counts(view, field, view.values(field))
    lines = [
        _entry(count, _as_written(view, field, value), "", Target(leads=leads, id=value), width)
        for value, count in counts[:MOST]
    ]
    title = f"{field.capitalize()}s, most events first"
    return _page(title, lines, len(counts), view.nothing_known or f"No event here has a {field}.", width)


def _as_written(view: TimelineView, field: str, value: str) -> str:
    """A place, tag or kind as the file writes it; the index has its folded words."""
    words = view.vocabulary
    return words.label(field, words.resolve(field, value) or value)


def actors_list(view: TimelineView, width: int) -> Page:
    """The actors in the events of a view, those in most events first; each leads to their page."""
    counts = _counts(view, "actor", view.values("actor"))
    lines = []
    for id_, count in counts[:MOST]:
        actor = view.actor(id_)
        facts = [one_line(actor.kind), one_line(actor.role[:_LONGEST])] if actor is not None else []
        if len(facts) > 1 and facts[0].casefold() == facts[1].casefold():
            # Of a state, the role is often State.
            del facts[1]
        detail = " · ".join(filter(None, facts))
        lines.append(_entry(count, view.actor_name(id_), detail, Target(leads="actor", id=id_), width))
    return _page(
        "Actors, most events first",
        lines,
        len(counts),
        view.nothing_known or "No event here names an actor.",
        width,
    )


def problems_page(problems: Sequence[Problem], width: int) -> Page:
    """What is wrong with the file, in its order; each problem leads to the event that it is in."""
    lines: list[Line] = []
    for problem in problems[:MOST]:
        urgent = problem.severity is Severity.ERROR
        head = f"line {problem.line}, column {problem.column}: {problem.severity} {problem.code}"
        target = Target(leads="problem", id=str(problem.line))
        lines.append(line(clipped(one_line(head), width), "doubt" if urgent else "name", target))
        text = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
        lines += paragraph(one_line(text), width, "text", 3)
    if len(problems) > MOST:
        lines += _more(len(problems) - MOST, "problems", width)
    if not problems:
        lines = paragraph("There are no problems in this file.", width, "detail")
    return Page(f"Problems: {len(problems):,}", tuple(lines))


def _counts(view: TimelineView, field: str, values: Iterable[str]) -> list[tuple[str, int]]:
    """The values that events of the view have in a field, with the number of these, the highest first."""
    counted = ((value, len(view.keys_with(field, value))) for value in dict.fromkeys(values) if value)
    return sorted((one for one in counted if one[1]), key=lambda one: -one[1])


def _entry(count: int, name: str, detail: str, target: Target, width: int) -> Line:
    """The number of events, a name, and what else there is to say as far as there is room.

    What else there is stands in a column where the list is wide enough, else right after the name.
    """
    number = f"{count:>7,}  "
    room = max(width - len(number), 1)
    name = clipped(name, room)
    names = min(max(_NAME, cells(name)), room) if room >= _NAME + _LEAST_DETAIL else cells(name)
    spans = [Span(number, "figure"), Span(padded(name, names), "name")]
    if detail and room - names >= _LEAST_DETAIL:
        spans.append(Span(f"  {clipped(detail, room - names - 2)}", "detail"))
    return Line(tuple(spans), (target,))


def _page(title: str, lines: list[Line], count: int, nothing: str, width: int) -> Page:
    """A list of so many entries, not all of them in the lines; `nothing` is said if there are none."""
    if not count:
        return Page(title, tuple(paragraph(nothing, width, "detail")))
    more = _more(count - MOST, "", width) if count > MOST else []
    return Page(f"{title} · {count:,}", (*lines, *more))


def _more(number: int, what: str, width: int) -> list[Line]:
    text = " ".join(filter(None, (f"… and {number:,} more", what)))
    return paragraph(f"{text}. A filter (f) makes the list shorter.", width, "detail")
