"""What the main screen shows, as one plain value: a key or a result makes another one. No Textual here.

A view that takes long to work out is requested first (`request`). Until its results are received, the view
before it is shown, and events can be selected there.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.edtf import BEGINNING
from timeline_tui.pages.event_card import quote_with
from timeline_tui.query.language import Query
from timeline_tui.timeline.actor_counts import ActorCount, uncounted
from timeline_tui.timeline.background import ViewRequest, ViewResult
from timeline_tui.timeline.counted import place_in
from timeline_tui.tui.open_page import OpenPage, PageKind, next_topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline_tui.answers.newly_known import ClockStep
    from timeline_tui.drawing.lines import Target
    from timeline_tui.timeline.protocol import Store
    from timeline_tui.timeline.protocol import TimelineView as View


class Aim(NamedTuple):
    """Which event to select when the results of a request arrive. At most one of three fields is given.

    Without any of them, the event selected before stays selected, or gives way to the nearest one.
    """

    selected_before: int
    """Key of the event selected when the request was made; if another one is selected by then, it stays."""
    selected: int | None = None
    """Key of an event of the requested view."""
    day: int | None = None
    """Day number: the first event on or after it."""
    event: str = ""
    """With a day: the id of the event that is selected instead, if the view has it."""
    match_from: int | None = None
    """Key of an event: the first match from this event on."""
    quote_number: int | None = None
    """Which quote of the event `selected` to show, from 0; None for the first match or the first quote."""


_NO_AIM = Aim(-1)
_NO_TOPIC = OpenPage(PageKind.CLAIMS)


class SavedPlace(NamedTuple):
    """What was shown when a prompt was opened; cancelling the prompt goes back to it."""

    view: View
    selected: int
    quote_number: int
    search: Query
    matches: Sequence[int] | None
    """None if the matches in this view are not known."""
    top: int
    """The line of the timeline at the top of its pane."""

    def in_index(self, index: Store) -> SavedPlace:
        """The same place after the file was read again; -1 is selected if the event is gone."""
        view = self.view.over(index)
        key = same_event(self.view, self.selected, view)
        return self._replace(view=view, selected=-1 if key is None else key, matches=None)


class Visited(NamedTuple):
    """A place that one can go back to, whatever the file has become since."""

    query: Query
    known_on: int | None
    without: frozenset[str]
    origin: int | None
    page: OpenPage | None
    picture: str
    """The picture that stood where the timeline stands; empty for none."""
    event: str
    """The id of the selected event; empty for none."""
    quote_number: int
    target: Target | None = None
    """What the line under the cursor of the page leads to."""

    @property
    def shown(self) -> tuple[object, ...]:
        """All but the selected event, and what follows from it."""
        return self[:6]


@dataclass(frozen=True, eq=False)
class ScreenState:
    """A view, the selected event and quote, a search and its matches, the open page, and a request."""

    view: View
    selected: int = -1
    """Key of the selected event, -1 for none."""
    quote_number: int = 0
    """Which quote of the selected event is shown, from 0."""
    search: Query = field(default_factory=Query)
    """The last search; an empty query if there is none."""
    matches: Sequence[int] = ()
    """Positions in the view of the events that the search found, ascending."""
    actor_counts: tuple[ActorCount, ...] = ()
    """Every actor of the file, with the number of events that choosing it would show."""
    clock_step: ClockStep | None = None
    """What the known-on day brought; None without one, and until it is set or stepped to."""
    open_page: OpenPage | None = None
    """The page that is shown in place of the panes; None for none."""
    picture: str = ""
    """The picture that stands where the timeline stands, by its command; empty for the timeline itself."""
    last_topic: OpenPage = _NO_TOPIC
    """The page of claims shown last."""
    last_sides: OpenPage | None = None
    """The page of two sides shown last."""
    request: ViewRequest | None = None
    """What is being worked out; None if everything requested is shown."""
    aim: Aim = _NO_AIM
    """Which event to select when the results of the request arrive."""
    placed: ViewRequest | None = None
    """The last request whose rows are shown; its actors may still be being counted."""
    preferred: int = -1
    """Key of the event that the user selected last; it is selected again as soon as a view has it."""
    substitute: int = -1
    """Key of the event that was selected in place of `preferred`, or `preferred` itself."""
    initial: int | None = None
    """Key of the event that was selected at the start; None once the user has moved on in another view."""

    @classmethod
    def first(cls, view: View, day: int, event: str = "") -> ScreenState:
        """The state to begin with: an event is selected; without one, the first on or after a day number."""
        key = _key_to_begin_with(view, day, event) if view.count else -1
        return cls(
            view,
            key,
            actor_counts=view.actors(),
            aim=Aim(key),
            preferred=key,
            substitute=key,
            initial=key,
        )

    @property
    def next_view(self) -> View:
        """The view that will be shown when the request is answered."""
        return self.request.view if self.request else self.view

    @property
    def next_search(self) -> Query:
        """The search whose matches will be shown when the request is answered."""
        return self.request.search if self.request else self.search

    @property
    def is_untouched(self) -> bool:
        """Whether the event is still selected that was selected at the start."""
        return self.selected == self.initial

    @property
    def rows_are_pending(self) -> bool:
        """Whether the rows of the request are still being worked out."""
        return self.request is not None and self.request is not self.placed

    def select(self, key: int, quote_number: int | None = None) -> ScreenState:
        """Select an event of the view and one of its quotes: without a number, the first that matches."""
        if quote_number is None:
            if key == self.selected:
                return self
            quote_number = self.first_quote(key)
        return replace(self, selected=key, quote_number=quote_number)

    def select_day(self, day: int) -> ScreenState:
        """Select the first event on or after a day number."""
        return self.select(self.view.key_at(self.view.position_at(day))) if self.view.count else self

    def select_event(self, key: int, quote_number: int) -> ScreenState:
        """Select an event by its key, known or not; if the filter excludes it, the filter is cleared."""
        view = self.view
        if view.has(key):
            return self.select(key, quote_number)
        if not view.is_known(key):
            return self
        whole = view.with_query(Query())
        aim = Aim(self.selected, key, quote_number=quote_number)
        return self._request(ViewRequest(whole, self.next_search), aim)

    def select_line(self, line: int) -> ScreenState | None:
        """Select the event that a line of the file belongs to; None if there is none.

        If the filter excludes the event, the filter is cleared.
        """
        view = self.next_view
        if not view.total or not line:
            return None
        key = view.key_at_line(line)
        if view.event(key).line > line:
            return None
        if view is self.view and view.count and view.key_at(view.position_of(key)) == key:
            return self.select(key)
        return self.request_view(view.with_query(Query()), selected=key)

    def select_match(self, direction: int) -> ScreenState:
        """Select the next match down the screen (direction 1) or up (-1), round the ends."""
        if not self.matches or self.rows_are_pending:
            return self
        direction = -direction if self.view.newest else direction
        here = self.view.position_of(max(self.selected, 0))
        before, is_match = place_in(self.matches, here)
        place = before + is_match if direction > 0 else before - 1
        return self.select(self.view.key_at(self.matches[place % len(self.matches)]))

    def is_above(self, key: int, direction: int) -> bool:
        """Whether an event stands above the selected one; with direction -1, whether it stands below it."""
        view = self.view
        down = view.position_of(key) - view.position_of(max(self.selected, 0))
        return (-down if view.newest else down) * direction < 0

    def turn_quote(self, direction: int) -> ScreenState:
        """Show the next quote of the event (direction 1) or the previous one (-1), round the ends."""
        count = len(self.view.event(self.selected).quotes) if self.selected >= 0 and self.view.count else 0
        if not count:
            return self
        return replace(self, quote_number=(self.quote_number + direction) % count)

    def turn_topic(self, direction: int) -> ScreenState:
        """Show the claims on the next topic (direction 1) or on the previous one (-1)."""
        if self.open_page is None:
            return self
        page = next_topic(self.open_page, self.view, direction)
        return replace(self, open_page=page, last_topic=page)

    def with_page(self, page: OpenPage | None) -> ScreenState:
        """Open a page, or close the one that is open (None)."""
        return replace(self, open_page=page)

    def with_picture(self, picture: str) -> ScreenState:
        """Show a picture where the timeline stands; without one, the timeline itself."""
        return replace(self, picture=picture)

    def with_last_topic(self, page: OpenPage) -> ScreenState:
        """Remember a page of claims, to show it again the next time; other pages change nothing."""
        return replace(self, last_topic=page) if page.kind is PageKind.CLAIMS else self

    def with_last_sides(self, page: OpenPage) -> ScreenState:
        """Remember a page of two sides, to show it again the next time."""
        return replace(self, last_sides=page)

    def request_view(
        self, view: View, *, selected: int | None = None, day: int | None = None, other: Query | None = None
    ) -> ScreenState:
        """Ask for another view under the same search.

        Args:
            view: What to show.
            selected: Key of the event to select, if not the one selected now.
            day: Or a day number: the first event on or after it is selected.
            other: What else the typed text may mean, to be counted too.
        """
        return self._request(ViewRequest(view, self.next_search, other), Aim(self.selected, selected, day))

    def request_search(self, query: Query, start: int, other: Query | None = None) -> ScreenState:
        """Ask for the matches of a query.

        Args:
            query: What to find.
            start: Key of an event: the first match from it on is selected.
            other: What else the typed text may mean, to be counted too.
        """
        return self._request(ViewRequest(self.next_view, query, other), Aim(self.selected, match_from=start))

    def request_index(self, index: Store, day: int | None, event: str = "") -> ScreenState:
        """Ask for the same view of a file that was read again.

        Args:
            index: The index of the file now.
            day: A day number: the first event on or after it is selected; None to stay at the selected event.
            event: With a day: the id of the event that is selected instead, if the view has it.
        """
        view = self.view
        here = view.event(self.selected).id if 0 <= self.selected < view.total else ""
        ids = tuple(filter(None, (here, event)))
        request = ViewRequest(self.next_view.over(index), self.next_search, ids=ids)
        return self._request(request, Aim(self.selected, day=day, event=event))

    def without_search(self) -> ScreenState:
        """End the search, in what is shown and in what is requested."""
        if self.request is not None:
            return self._request(ViewRequest(self.next_view, Query()), self.aim)
        return self._show_again(self.view, Query(), (), self.selected)

    def visited(self, target: Target | None = None) -> Visited:
        """This place, to come back to later; `target` is under the cursor of the open page."""
        view = self.next_view
        is_selected = 0 <= self.selected < self.view.total
        return Visited(
            view.query,
            view.known_on,
            view.without,
            view.origin,
            self.open_page,
            self.picture,
            self.view.event(self.selected).id if is_selected else "",
            self.quote_number,
            target,
        )

    def shows_other_than(self, other: ScreenState) -> bool:
        """Whether another state shows other things than this one: another view, page or picture."""
        old, new = self.next_view, other.next_view
        return (self.open_page, self.picture, old.query, old.known_on, old.without, old.origin) != (
            other.open_page,
            other.picture,
            new.query,
            new.known_on,
            new.without,
            new.origin,
        )

    def return_to(self, place: Visited) -> ScreenState:
        """Show a place again, as it is in the file now; an event that is gone gives way to the nearest."""
        view = self.next_view.with_query(place.query).known_by(place.known_on)
        view = view.without_sources(place.without).counted_from(place.origin)
        key = view.key_of(place.event)
        state = replace(self, open_page=place.page, picture=place.picture)
        if view is self.view and self.request is None:
            return state if key is None or not view.has(key) else state.select(key, place.quote_number)
        aim = Aim(self.selected, key, quote_number=place.quote_number)
        return state._request(ViewRequest(view, self.next_search), aim)  # noqa: SLF001  its own class

    def saved_place(self, top: int) -> SavedPlace:
        """This place, to go back to; `top` is the line of the timeline at the top of its pane."""
        known = self.request is None or (
            self.request.view is self.view and self.request.search == self.search
        )
        matches = self.matches if known else None
        view, selected = self.next_view, self.selected
        if not view.is_of_same_timeline(self.view):
            same = same_event(self.view, selected, view)
            selected = -1 if same is None else same
        return SavedPlace(view, selected, self.quote_number, self.next_search, matches, top)

    def go_back(self, place: SavedPlace) -> ScreenState:
        """Show a saved place again, at once if all of it is known, else as a request."""
        state = self._show_again(place.view, place.search, place.matches, place.selected)
        return state if state.request else replace(state, quote_number=place.quote_number)

    def _show_again(
        self, view: View, search: Query, matches: Sequence[int] | None, selected: int
    ) -> ScreenState:
        request = ViewRequest(view, search)
        state = self._request(request, Aim(self.selected, selected))
        if matches is None or not (view.is_ready and view.is_counted):
            return state
        return state.receive(ViewResult(request, view, matches, 0, counted=True))

    def _request(self, request: ViewRequest, aim: Aim) -> ScreenState:
        return replace(self, request=request, aim=aim)

    def receive(self, results: ViewResult) -> ScreenState:
        """Show results, if they answer the request: the rows first, and later the actors counted."""
        if results.request is not self.request:
            return self
        state = self if self.placed is results.request else self._place(results)
        counts = (
            results.view.actors() if results.counted else uncounted(self.actor_counts, results.view.query)
        )
        return replace(
            state,
            actor_counts=counts,
            placed=results.request,
            request=None if results.counted else self.request,
        )

    def _place(self, results: ViewResult) -> ScreenState:
        """Show the rows of a view, with the event selected that the request aims at."""
        view, old, aim = results.view, self.view, self.aim
        moved = self.selected != aim.selected_before
        is_reread = not view.is_of_same_timeline(old)
        same = same_event(old, self.selected, view) if is_reread else self.selected
        wanted, initial = None if moved else aim.selected, self.initial
        if aim.day is not None and not moved and view.count:
            wanted = initial = _key_to_begin_with(view, aim.day, aim.event)
        elif is_reread:
            initial = None if moved or aim.day is None else initial
            wanted = same if wanted is None else wanted
        step = self._clock_step(view)
        if step is not None and not moved and wanted is None and view.known_on != old.known_on:
            wanted = step.first
        preferred = self.preferred
        if wanted is not None:
            preferred = wanted
        elif old.count and self.selected != self.substitute:
            preferred = self.selected
        if view.count:
            nearest = view.key_at(view.position_of(max(preferred, 0)))
        else:
            kept = same if is_reread else preferred
            nearest = -1 if kept is None or kept >= view.total else kept
        state = replace(
            self,
            view=view,
            search=results.request.search,
            matches=results.found,
            clock_step=step,
            preferred=preferred,
            substitute=nearest,
            initial=initial,
        )
        if is_reread:
            # The same key may be another event now.
            state = state.select(
                nearest, self.quote_number if nearest == same else state.first_quote(nearest)
            )
        else:
            state = state.select(nearest)
        return state if moved else state.aim_at(aim)

    def aim_at(self, aim: Aim) -> ScreenState:
        """Select the match or the quote that a request aims at."""
        if aim.quote_number is not None and self.selected == aim.selected:
            return replace(self, quote_number=aim.quote_number)
        key = aim.match_from
        if key is None or not (self.matches or (key >= 0 and self.view.has(key))):
            return self
        if self.matches:
            here = self.view.position_of(max(key, 0))
            # The first one down the screen.
            newest = self.view.newest
            before, is_match = place_in(self.matches, here)
            place = before + is_match - 1 if newest else before
            key = self.view.key_at(self.matches[place % len(self.matches)])
        return self.select(key, self.first_quote(key))

    def _clock_step(self, view: View) -> ClockStep | None:
        """What the known-on day of another view brought; as before if it is the same day."""
        if view.known_on is None:
            return None
        if view.known_on == self.view.known_on and view.is_of_same_timeline(self.view):
            return self.clock_step
        from timeline_tui.answers.newly_known import clock_step  # noqa: PLC0415  not before the first frame

        return clock_step(view)

    def next_change(self) -> ScreenState | None:
        """Select the next event that the known-on day changed; None on the last of these and on any other."""
        key = self.clock_step.after(self.selected) if self.clock_step is not None else None
        return None if key is None or not self.view.has(key) else self.select(key)

    def first_quote(self, key: int) -> int:
        """The quote of an event to begin with: the one with the first match, or the first."""
        beginnings = self.search.beginnings
        if not beginnings or not 0 <= key < self.view.total:
            return 0
        return quote_with(self.view.event(key), beginnings)


def _key_to_begin_with(view: View, day: int, event: str) -> int:
    """The key of an event, if the view has it; else of the first one on or after a day.

    Without a day (`BEGINNING`), it is the one at the top of the list.
    """
    key = view.key_of(event) if event else None
    if key is not None and view.has(key):
        return key
    is_last = view.newest and day == BEGINNING
    return view.key_at(view.count - 1 if is_last else view.position_at(day))


def same_event(old: View, key: int, new: View) -> int | None:
    """The key that an event of one view has in another view of the same file; None if it has none."""
    return new.key_of(old.event(key).id) if 0 <= key < old.total else None
