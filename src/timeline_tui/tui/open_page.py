"""Which page is open, and how it is built from the view. No Textual here."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.drawing.lines import BLANK, line, paragraph
from timeline_tui.pages.page import Page
from timeline_tui.text.cells import cells

if TYPE_CHECKING:
    from timeline_tui.answers.changes import Changes
    from timeline_tui.drawing.lines import Leads
    from timeline_tui.model.problems import Problem
    from timeline_tui.timeline.protocol import TimelineView as View


_WIDE = 80
"""Cells from which on the title of a page has room for a longer prefix."""
_CORNERS = 2
"""Cells that the border's corners take from the title of a page, beyond the margins of its lines."""


WHERE: dict[Leads, str] = {
    "event": "go to the event",
    "quote": "go to the quote",
    "claim": "go to the claim",
    "link": "go to that event",
    "actor": "who this is",
    "topic": "all claims on this",
    "source": "events that cite it",
    "tag": "events with this tag",
    "kind": "events of this kind",
    "place": "events at this place",
    "filter": "show these events",
    "sides": "compare these sides",
    "problem": "go to that line",
    "wordings": "all wordings",
    "addresses": "open the source",
    "view": "show this view",
    "notes": "take these over",
    "story": "present this story",
    "column": "take it for this",
    "rows": "list these rows",
}
"""What Enter does, by what a target leads to."""


class PageKind(StrEnum):
    """The pages that can be opened."""

    CLAIMS = "claims"
    WORDINGS = "wordings"
    LINKS = "links"
    SIDES = "two sides"
    CHANGES = "new"
    ACTOR = "actor"
    SOURCES = "sources"
    QUESTIONS = "list of questions"
    QUOTES = "list of quotes"
    SOURCE_LIST = "list of sources"
    PLACES = "list of places"
    TAGS = "list of tags"
    KINDS = "list of kinds"
    ACTORS = "list of actors"
    PROBLEMS = "problems"
    COLUMNS = "columns"
    MARKS = "list of marks"
    NOTES = "list of notes"
    VIEWS = "list of views"
    STORIES = "list of stories"


OF_STATEMENTS = frozenset(
    {
        PageKind.CLAIMS,
        PageKind.WORDINGS,
        PageKind.LINKS,
        PageKind.SIDES,
        PageKind.CHANGES,
        PageKind.ACTOR,
        PageKind.SOURCES,
        PageKind.QUESTIONS,
        PageKind.QUOTES,
        PageKind.SOURCE_LIST,
    }
)
"""Pages about what a table on an engine does not hold."""
NO_STATEMENTS = (
    "A table holds no quotes, claims, links or sources. Write what is shown with timeline-tui export, and add"
    " them there."
)


_MORE_CLAIMS = "Other questions have more answers: :questions lists them, the most contested first."
_MORE_WORDINGS = "Other quotes have more versions: :quotes lists them, those with most wordings first."


class OpenPage(NamedTuple):
    """A page, and what it is about."""

    kind: PageKind
    about: str = ""
    """The id of a topic or an actor, or two queries; in a list, the question or event (its key) to begin at.

    The pages of wordings and links are about the selected event.
    """


class PageContext(NamedTuple):
    """What a page depends on apart from the view."""

    selected: int
    """Key of the selected event, -1 for none."""
    quote_number: int
    changes: Changes | None
    """What is new since the last visit; None until that is known."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with the file."""


def build_page(page: OpenPage, view: View, context: PageContext, width: int) -> Page:
    """The title and lines of a page, `width` cells wide."""
    match page.kind:
        case PageKind.CLAIMS | PageKind.SIDES | PageKind.ACTOR | PageKind.SOURCES:
            return _BUILDERS[page.kind](page.about, view, width)
        case PageKind.CHANGES:
            return _changes(view, context.changes, width)
        case PageKind.PROBLEMS:
            from timeline_tui.pages.lists import problems_page  # noqa: PLC0415  not before the first frame

            return problems_page(context.problems, width)
        case PageKind.WORDINGS | PageKind.LINKS:
            if not view.count or context.selected < 0:
                return Page(page.kind.capitalize(), (line("No event is selected.", "detail"),))
            return _of_selected_event(page.kind, view, context, width)
        case _:
            return _list(page.kind, view, width)


def claims_page_for(view: View, selected: int, last: OpenPage) -> OpenPage:
    """The page of claims to open: on a topic of the filter, else on a topic of the selected event.

    If several topics fit and `last` is one of them, it is shown again. If neither has a topic, it is the list
    of all questions, which begins at the one nearest to the event.
    """
    from timeline_tui.answers.claims import topics_in  # noqa: PLC0415  not before the first frame
    from timeline_tui.answers.contested import nearest_question  # noqa: PLC0415  not before the first frame

    topics = [topic for topic, _ in topics_in(view)]
    claims = view.event(selected).claims if view.count and selected >= 0 else ()
    filtered = [topic for topic in view.query.values("topic") if topic in topics]
    of_event = [claim.about for claim in claims if claim.about in topics]
    fitting = filtered or of_event
    if not fitting:
        return OpenPage(PageKind.QUESTIONS, nearest_question(view, selected) if topics else "")
    return last if last.about in fitting else OpenPage(PageKind.CLAIMS, fitting[0])


def wordings_page_for(view: View, selected: int) -> OpenPage:
    """The page of wordings of the selected event; if it has no quote, the list of all quotes."""
    has_quote = view.count and selected >= 0 and view.event(selected).quotes
    return OpenPage(PageKind.WORDINGS) if has_quote else OpenPage(PageKind.QUOTES, str(selected))


def suggested_sides(view: View) -> OpenPage:
    """The page of the first two sides that a view suggests."""
    from timeline_tui.answers.sides import sides_as_typed, suggestions  # noqa: PLC0415  not before the first frame

    return OpenPage(PageKind.SIDES, next((sides_as_typed(*pair) for pair in suggestions(view)), ""))


def next_topic(page: OpenPage, view: View, direction: int) -> OpenPage:
    """The page of claims on the next topic (direction 1) or the previous one (-1); another page itself."""
    if page.kind is not PageKind.CLAIMS:
        return page
    from timeline_tui.answers.claims import topics_in  # noqa: PLC0415  not before the first frame

    topics = [topic for topic, _ in topics_in(view)]
    if not topics:
        return page
    place = topics.index(page.about) if page.about in topics else -min(direction, 0)
    return OpenPage(PageKind.CLAIMS, topics[(place + direction) % len(topics)])


def _claims(topic: str, view: View, width: int) -> Page:
    from timeline_tui.answers.claims import topics_in  # noqa: PLC0415  not before the first frame
    from timeline_tui.pages.claims import claims_page  # noqa: PLC0415  not before the first frame

    counts = dict(topics_in(view))
    topics = [*counts]
    if not topics and not topic:
        reason = view.nothing_known if view.is_blank else "No event here has claims."
        return Page("Claims", (line(reason, "detail"),))
    page = claims_page(view, topic, width)
    if len(topics) < 2 or topic not in topics:
        return page
    if counts[topic] == 1:
        page = _led_on(page, _MORE_CLAIMS, width)
    number = topics.index(topic) + 1
    prefix = f"Question {number} of {len(topics)}"
    if width >= _WIDE:
        prefix += " ([ ] to turn)"
    return _titled(page, prefix, f"{number}/{len(topics)}", width)


def _titled(page: Page, prefix: str, short: str, width: int) -> Page:
    """A page with what stands before its title, or with the short form of it where the border has no room.

    If the border does not hold the title even so, the page begins with it.
    """
    room = width - _CORNERS - cells(f" · {page.title}")
    lines = page.lines if cells(short) <= room else (*paragraph(page.title, width, "title"), *page.lines)
    return page._replace(
        title=f"{prefix if cells(prefix) <= room else short} · {page.title}", lines=tuple(lines)
    )


def _sides(about: str, view: View, width: int) -> Page:
    from timeline_tui.answers.sides import parse_sides  # noqa: PLC0415  not before the first frame
    from timeline_tui.pages.sides import sides_page  # noqa: PLC0415  not before the first frame
    from timeline_tui.query.language import QueryProblem  # noqa: PLC0415  not before the first frame

    if view.is_blank:
        return Page("Two sides", (line(view.nothing_known, "detail"),))
    sides = parse_sides(about, view.vocabulary)
    if isinstance(sides, QueryProblem):
        advice = "Type two queries with | between them: s asks for them."
        return Page("Two sides", (line(str(sides) if about else advice, "detail"),))
    page = sides_page(view, *sides, width)
    return page._replace(title=f"{page.title} · s: type two queries")


def _of_selected_event(kind: PageKind, view: View, context: PageContext, width: int) -> Page:
    if kind is PageKind.LINKS:
        from timeline_tui.pages.links import links_page  # noqa: PLC0415  not before the first frame

        return links_page(view, context.selected, width)
    from timeline_tui.pages.wordings import wordings_page  # noqa: PLC0415  not before the first frame

    page = wordings_page(view, context.selected, context.quote_number, width)
    quotes = view.event(context.selected).quotes
    is_worded = quotes and quotes[min(max(context.quote_number, 0), len(quotes) - 1)].wordings
    return page if is_worded else _led_on(page, _MORE_WORDINGS, width)


def _led_on(page: Page, sentence: str, width: int) -> Page:
    """A page that has little to show, with a last line that says where there is more."""
    return page._replace(lines=(*page.lines, BLANK, *paragraph(sentence, width, "faint")))


def _actor(actor_id: str, view: View, width: int) -> Page:
    from timeline_tui.pages.actor import actor_page  # noqa: PLC0415  not before the first frame

    return actor_page(view, actor_id, width)


def _changes(view: View, changes: Changes | None, width: int) -> Page:
    if changes is None:
        return Page("New since the last visit", (line("The last visit is being looked up …", "detail"),))
    from timeline_tui.pages.changes import changes_page  # noqa: PLC0415  not before the first frame

    return changes_page(view, changes, width)


def _list(kind: PageKind, view: View, width: int) -> Page:
    from timeline_tui.pages import lists  # noqa: PLC0415  not before the first frame

    match kind:
        case PageKind.MARKS | PageKind.NOTES | PageKind.VIEWS:
            return _made_by_reader(kind, view, width)
        case PageKind.COLUMNS:
            from timeline_tui.pages.mapping import mapping_page  # noqa: PLC0415  as above

            return mapping_page(view, width)
        case PageKind.PLACES | PageKind.TAGS | PageKind.KINDS:
            return lists.values_page(view, _FIELDS[kind], width)
        case _:
            builders = {
                PageKind.QUESTIONS: lists.questions_page,
                PageKind.QUOTES: lists.quotes_page,
                PageKind.SOURCE_LIST: lists.sources_list,
                PageKind.ACTORS: lists.actors_list,
                PageKind.STORIES: lists.stories_page,
            }
            return builders[kind](view, width)


def _made_by_reader(kind: PageKind, view: View, width: int) -> Page:
    from timeline_tui.pages import reader  # noqa: PLC0415  not before the first frame

    match kind:
        case PageKind.MARKS:
            return reader.marks_page(view, width)
        case PageKind.NOTES:
            return reader.notes_page(view, width)
        case _:
            return reader.views_page(view, width)


def _sources(_: str, view: View, width: int) -> Page:
    from timeline_tui.pages.sources import sources_page  # noqa: PLC0415  not before the first frame

    return sources_page(view, width)


_BUILDERS = {
    PageKind.CLAIMS: _claims,
    PageKind.SIDES: _sides,
    PageKind.ACTOR: _actor,
    PageKind.SOURCES: _sources,
}
_FIELDS = {PageKind.PLACES: "place", PageKind.TAGS: "tag", PageKind.KINDS: "kind"}
"""By list, the field of the search language whose values it shows."""
