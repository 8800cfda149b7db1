"""The steps that are presented: those of a story of the file, or else the events of a view one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from timeline_tui.dates.date import BEGINNING, END, edtf_of_day
from timeline_tui.errors import TimelineError
from timeline_tui.query.language import DURING, parse_query
from timeline_tui.text.sanitize import one_line, visible
from timeline_tui.text.similar import did_you_mean

if TYPE_CHECKING:
    from timeline_tui.model.records import Step, Story
    from timeline_tui.query.language import Query
    from timeline_tui.timeline.protocol import TimelineView


class NoSuchStory(TimelineError):  # noqa: N818  # reads as what it says
    """The timeline has no story of that name; the text says which there are."""


class ShownStep(NamedTuple):
    """What one step shows."""

    view: TimelineView
    """The timeline as the step has it: its filter, its day, its sources taken away."""
    key: int = -1
    """The key of the event that is shown; -1 for none."""
    quote: int = -1
    """0-based index of the quote that is shown; -1 for none."""
    topic: str = ""
    """The id of the question that is shown; empty for none."""
    picture: str = ""
    """The name of the picture that is shown; empty for none."""
    text: str = ""
    """The words of the step, visible, maybe of several lines."""
    notes: str = ""
    """Notes for the presenter, visible, maybe of several lines."""
    problem: str = ""
    """A sentence that says what cannot be shown and why; empty if everything can."""


class Path(Protocol):
    """Steps in an order, made as they are asked for."""

    @property
    def id(self) -> str:
        """The id of the story; empty for the events of a view."""

    @property
    def title(self) -> str:
        """The title of the story, visible and on one line."""

    @property
    def description(self) -> str:
        """The description of the story, visible; may be empty."""

    @property
    def count(self) -> int:
        """The number of steps."""

    def step(self, number: int) -> ShownStep:
        """The step of that number, from 1.

        Raises:
            IndexError: There is none.
        """


class StoryPath:
    """A story of the file. A step without a day or sources of its own has those of the view."""

    def __init__(self, view: TimelineView, id_: str, story: Story) -> None:
        self.id = id_
        self._view, self._story = view, story
        self._shown: dict[int, ShownStep] = {}

    @property
    def title(self) -> str:
        """The title of the story, visible and on one line."""
        return one_line(self._story.title)

    @property
    def description(self) -> str:
        """The description of the story, visible; may be empty."""
        return visible(self._story.description).strip()

    @property
    def count(self) -> int:
        """The number of its steps."""
        return len(self._story.steps)

    def step(self, number: int) -> ShownStep:
        """The step of that number, from 1.

        Raises:
            IndexError: There is none.
        """
        if not 1 <= number <= self.count:
            raise IndexError(number)
        if number not in self._shown:
            self._shown[number] = _shown(self._view, self._story.steps[number - 1])
        return self._shown[number]


class EventsPath:
    """The events of a view in the order of time, each with its first quote."""

    id = ""

    def __init__(self, view: TimelineView) -> None:
        self._view = view

    @property
    def title(self) -> str:
        """The title of the timeline."""
        return self._view.title

    @property
    def description(self) -> str:
        """The description of the timeline, visible; may be empty."""
        return visible(self._view.header.description).strip()

    @property
    def count(self) -> int:
        """The number of events."""
        return self._view.count

    def step(self, number: int) -> ShownStep:
        """The step of that number, from 1.

        Raises:
            IndexError: There is none.
        """
        if not 1 <= number <= self.count:
            raise IndexError(number)
        key = self._view.key_at(number - 1)
        return ShownStep(self._view, key, 0 if self._view.event(key).quotes else -1)


def story_or_events(view: TimelineView, story: str = "") -> Path:
    """The steps of a story, or of a view.

    Args:
        view: The timeline, as it is shown.
        story: The id or the title of a story; empty for the first one, and for the events if there is none.

    Raises:
        NoSuchStory: The timeline has no story of that name.
    """
    stories = view.whole_header.stories
    if not story:
        return next((StoryPath(view, id_, each) for id_, each in stories.items()), EventsPath(view))
    for id_, each in stories.items():
        if story in (id_, each.title):
            return StoryPath(view, id_, each)
    names = ", ".join(map(one_line, stories)) or "none"
    hint = did_you_mean(story, stories)
    raise NoSuchStory(
        f"there is no story {one_line(story)}; {hint or f'the timeline has these stories: {names}'}"
    )


def _shown(view: TimelineView, step: Step) -> ShownStep:
    own, problem = _view_of(view, step)
    shown = ShownStep(
        own,
        topic=step.topic,
        picture=step.picture or "",
        text=visible(step.text).strip(),
        notes=visible(step.notes).strip(),
        problem=problem,
    )
    return _with_event(shown, step) if step.event else shown


def _view_of(view: TimelineView, step: Step) -> tuple[TimelineView, str]:
    """The view that a step shows, and a sentence on what it cannot show."""
    problem, query = "", parse_query(step.filter, view.vocabulary)
    for wrong in query.problems:
        problem = f"The filter of this step cannot be read: {wrong}."
    shown = view.with_query(_within(query.query, step))
    if step.known_on is not None:
        shown = shown.known_by(step.known_on.latest)
    missing = [id_ for id_ in step.without if view.source(id_) is None]
    if missing:
        problem = f"There is no source {one_line(missing[0])} to take away."
    if step.without:
        shown = shown.without_sources(id_ for id_ in step.without if id_ not in missing)
    return shown, problem


def _within(query: Query, step: Step) -> Query:
    """The query with the days of a step."""
    first = step.from_.earliest if step.from_ is not None else BEGINNING
    last = step.until.latest if step.until is not None else END
    if first == BEGINNING and last == END:
        return query
    begins = "" if first == BEGINNING else edtf_of_day(first)
    ends = "" if last == END else edtf_of_day(last)
    return query.with_term(DURING, f"{begins}..{ends}")


def _with_event(shown: ShownStep, step: Step) -> ShownStep:
    view, key = shown.view, shown.view.key_of(step.event)
    if key is None:
        return shown._replace(problem=f"There is no event {one_line(step.event)} in this timeline.")
    if not view.is_known(key):
        day = view.day_in_words(view.as_of)
        return shown._replace(problem=f"This event was not known yet on {day}.")
    event = view.event(key)
    if not step.quote:
        return shown._replace(key=key)
    numbers = (number for number, quote in enumerate(event.quotes) if quote.id == step.quote)
    number = next(numbers, -1)
    problem = shown.problem
    if number < 0:
        problem = f"The event has no quote {one_line(step.quote)} that was known then."
    return shown._replace(key=key, quote=number, problem=problem)
