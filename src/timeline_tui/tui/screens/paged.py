"""The pages of the screen: claims, wordings, links, two sides, an actor, what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Container
from textual.reactive import reactive

from timeline_tui.query.language import Query
from timeline_tui.tui.open_page import Kind, Read, Subject, claims_subject, sides_subject, turned
from timeline_tui.tui.screens.clocked import ClockedScreen
from timeline_tui.tui.widgets.actors import ActorSidebar
from timeline_tui.tui.widgets.page import PagePane

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline_tui.answers.changes import Changes
    from timeline_tui.timeline.view import View
    from timeline_tui.tui.screens.dialogs import Choice


class PagedScreen(ClockedScreen):
    """Opens one page at a time in the place of the panes; the selected event stays until one is chosen."""

    subject: reactive[Subject | None] = reactive(None, repaint=False)
    """Which page is open; None for none."""
    news: reactive[Changes | None] = reactive(None, repaint=False)
    """What is new since the last visit; None as long as that is not known."""

    def __init__(self, view: View, selected: int) -> None:
        super().__init__(view, selected)
        self._sides: Subject | None = None
        self._topic = Subject(Kind.CLAIMS)

    @property
    def page(self) -> PagePane | None:
        """The pane of the page that is open; None while there is none."""
        return self.query_one(PagePane) if self.subject is not None else None

    @property
    def read(self) -> Read | None:
        """What keys act on that act on an event: the line under a page's cursor, or the selected event."""
        page, view = self.page, self.view
        target = page.target if page is not None else None
        if target is not None and target.key >= 0:
            return Read(target.key, target.quote, target.sources, target.claim)
        if view is None or self.selected < 0 or not view.count:
            return None
        return Read(self.selected, self.quote_number)

    def open_page(self, subject: Subject) -> None:
        """Show a page, and put the keys there."""
        # What is bound to this screen must be made by it, not by the palette.
        self.call_next(self._open_page, subject)

    async def _open_page(self, subject: Subject) -> None:
        if not self.query(PagePane):
            pane = PagePane().data_bind(
                PagedScreen.view,
                PagedScreen.selected,
                PagedScreen.quote_number,
                PagedScreen.news,
                PagedScreen.subject,
            )
            await self.query_one("#panes", Container).mount(pane)
        self.subject = subject
        self.remove_class("-actors", "-reading")
        self.add_class("-page")
        self.set_focus(self.query_one(PagePane))

    def close_page(self) -> None:
        """Show the panes again."""
        self.subject = None
        self.remove_class("-page")

    def action_claims(self) -> None:
        """Claims on a topic, of the selected event if it has any; or back to the timeline."""
        if self.view is not None:
            self._open_or_close(claims_subject(self.view, self.selected, self._topic))

    def action_wordings(self) -> None:
        """All wordings of the quote that is read; or back to the timeline."""
        self._open_or_close(Subject(Kind.WORDINGS))

    def action_links(self) -> None:
        """What led to the selected event and what it led to; or back to the timeline."""
        self._open_or_close(Subject(Kind.LINKS))

    def action_news(self) -> None:
        """What is new since the last visit; or back to the timeline."""
        self._open_or_close(Subject(Kind.NEWS))

    def action_actor(self) -> None:
        """The page of the actor under the cursor, else of who speaks or acts first; or back."""
        if actor := self._actor_read():
            self._open_or_close(Subject(Kind.ACTOR, actor))
        else:
            self.notify("Nobody acts in this event." if self.read else "No event is selected.", markup=False)

    def open_sides(self, about: str) -> None:
        """Two sides next to each other, given as two queries."""
        self._sides = Subject(Kind.SIDES, about)
        self.open_page(self._sides)

    def first_sides(self) -> None:
        """The two sides seen last, or the first that are suggested."""
        if self.view is not None:
            self.open_page(self._sides or sides_subject(self.view))

    def _open_or_close(self, subject: Subject) -> None:
        if self.subject is not None and self.subject.kind is subject.kind:
            self.to_timeline()
        else:
            self.open_page(subject)

    def to_timeline(self) -> None:
        """Close what lies over the timeline, and put the keys there."""
        raise NotImplementedError

    def action_cite(self) -> None:
        """Copy the citation of the quote that is read, or of the event."""
        view, read = self.view, self.read
        if view is None or read is None:
            return
        from timeline_tui.answers.statements import cite, cite_claim  # noqa: PLC0415  not before it is asked for

        event = view.event(read.key)
        quotes = event.quotes[read.quote_number : read.quote_number + 1]
        if 0 <= read.claim < len(event.claims):
            text = cite_claim(view, event, event.claims[read.claim])
        else:
            text = cite(view, event, quotes[0] if quotes else None)
        self.app.copy_to_clipboard(text)
        self.notify(text, title="Copied", markup=False)

    def action_sources(self) -> None:
        """Choose a source of what is read and open it."""
        from timeline_tui.tui.screens.choices import source_choices  # noqa: PLC0415  not before it is asked for

        self._choose_source(source_choices, "No source is given for this.")

    def action_archived(self) -> None:
        """Choose an archived copy of a source of what is read and open it."""
        from timeline_tui.tui.screens.choices import archived_choices  # noqa: PLC0415  not before it is asked for

        self._choose_source(archived_choices, "No archived copy is given for this.")

    def _choose_source(
        self, find: Callable[[View, Read], tuple[list[Choice], list[str]]], nothing: str
    ) -> None:
        view, read = self.view, self.read
        if view is None or read is None:
            return
        from timeline_tui.tui.screens.choices import open_source  # noqa: PLC0415  not before it is asked for
        from timeline_tui.tui.screens.dialogs import ChoiceDialog  # noqa: PLC0415  not before it is asked for

        choices, addresses = find(view, read)
        if not choices:
            self.notify(nothing, markup=False)
            return
        self.app.push_screen(
            ChoiceDialog("Sources", choices, "open in the browser"),
            lambda row: open_source(self.app, addresses[row]) if row is not None else None,
        )

    def action_keys(self) -> None:
        """Show the page of keys."""
        from timeline_tui.tui.screens.help import HelpScreen  # noqa: PLC0415  not before it is asked for

        self.app.push_screen(HelpScreen())

    def action_palette(self) -> None:
        """Show every command by name."""
        self.app.action_command_palette()

    def _actor_read(self) -> str:
        sidebar = self.query_one(ActorSidebar)
        if sidebar.has_focus:
            return sidebar.actor
        read, view = self.read, self.view
        if read is None or view is None:
            return ""
        event = view.event(read.key)
        if 0 <= read.claim < len(event.claims):
            return event.claims[read.claim].by
        speakers = [quote.speaker for quote in event.quotes[read.quote_number : read.quote_number + 1]]
        named = [*speakers, *event.actors, *event.by, *(claim.by for claim in event.claims)]
        return next((id_ for id_ in named if view.actor(id_) is not None), "")

    def _turn(self, direction: int) -> None:
        if self.view is not None and self.subject is not None and self.subject.kind is Kind.CLAIMS:
            self.subject = self._topic = turned(self.subject, self.view, direction)
        else:
            super()._turn(direction)

    @on(PagePane.Chosen)
    def follow(self, event: PagePane.Chosen) -> None:
        """Go to what was chosen on a page: another page, an event, or along a link."""
        target, view = event.target, self.view
        if view is None or not event.view.is_of_same_timeline(view) or self.subject is None:
            return
        if target.choice and self.subject.kind is Kind.SIDES:
            self.open_sides(target.choice)
        elif target.choice:
            self.open_page(Subject(Kind.ACTOR, target.choice))
        elif target.key >= 0:
            is_walk = self.subject.kind is Kind.LINKS
            if self.subject.kind is Kind.CLAIMS:
                self._topic = self.subject
            if not is_walk:
                self.to_timeline()
            self.go_to_event(target.key)
            # The quote follows the event, which is told to the panes first.
            self.call_next(self._read_quote, target.key, target.quote)

    def _read_quote(self, key: int, number: int) -> None:
        if self.selected == key:
            self.quote_number = number

    def go_to_event(self, key: int) -> None:
        """Select an event, without the filter if it is not in it."""
        view = self.view
        if view is None:
            return
        if view.has(key):
            self.selected = key
        elif view.is_known(key):
            self.notify("That event is outside the filter, which is cleared.", markup=False)
            self.show(view.with_query(Query()), selected=key)
