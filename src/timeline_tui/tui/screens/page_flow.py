"""Pages of the main screen: which one a key opens, and which one it closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.tui.open_page import (
    NO_STATEMENTS,
    OF_STATEMENTS,
    OpenPage,
    PageKind,
    claims_page_for,
    suggested_sides,
    wordings_page_for,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from timeline_tui.drawing.lines import Target
    from timeline_tui.tui.screens.protocol import TimelineScreen
    from timeline_tui.tui.widgets.page import PagePane


class PageFlow:
    """Opens pages over the panes of the main screen.

    Args:
        screen: The main screen.
        mount: Makes and mounts the pane of pages, when the first page is opened.
    """

    def __init__(self, screen: TimelineScreen, mount: Callable[[], Awaitable[PagePane]]) -> None:
        self._screen, self._mount = screen, mount
        self._pane: PagePane | None = None

    @property
    def pane(self) -> PagePane | None:
        """The pane of the open page; None if no page is open."""
        return self._pane if self._screen.open_page is not None else None

    @property
    def _kind(self) -> PageKind | None:
        page = self._screen.open_page
        return page.kind if page is not None else None

    def open(self, page: OpenPage, about: Target | None = None) -> None:
        """Open a page, and give it the focus; select the event that it is about, if it is another one."""
        view = self._screen.state.next_view
        if page.kind is PageKind.ACTOR and not view.holds_statements:
            self._screen.show_events(view.query.without_field("actor").with_term("actor", page.about))
        elif page.kind not in OF_STATEMENTS or self.has_statements():
            # What is bound to the screen must be mounted by it, not by the palette.
            self._screen.call_next(self._open, page, about)

    async def _open(self, page: OpenPage, about: Target | None) -> None:
        screen = self._screen
        if self._pane is None:
            self._pane = await self._mount()
        state = screen.state if about is None else screen.state.select_event(about.key, about.quote)
        screen.jump(state.with_page(page))
        screen.cover_with_page()

    def open_or_close(self, page: OpenPage) -> None:
        """Open a page, or close it if one of its kind is open."""
        if self._kind is page.kind:
            self._screen.to_timeline()
        else:
            self._screen.show_page(page)

    def has_statements(self) -> bool:
        """Whether there are quotes, claims and links to show; if not, as in a table on an engine, say so."""
        holds = self._screen.state.view.holds_statements
        if not holds:
            self._screen.notify(NO_STATEMENTS, markup=False)
        return holds

    def open_claims(self, topic: str) -> None:
        """Open the claims on a topic; without one, those of the selected event, or close them."""
        screen, state = self._screen, self._screen.state
        if not self.has_statements():
            return
        if topic:
            screen.show_page(OpenPage(PageKind.CLAIMS, topic))
        elif self._kind in (PageKind.CLAIMS, PageKind.QUESTIONS):
            screen.to_timeline()
        else:
            screen.show_page(claims_page_for(state.view, state.selected, state.last_topic))

    def open_wordings(self) -> None:
        """Open all wordings of the selected quote, or the quotes to choose from; or close them."""
        if self.has_statements():
            self.open_or_close(wordings_page_for(self._screen.state.view, self._screen.state.selected))

    def open_last_sides(self) -> None:
        """Open the two sides that were shown last, else the first two that suggest themselves."""
        state = self._screen.state
        self._screen.show_page(state.last_sides or suggested_sides(state.view))

    def open_sides(self, queries: str) -> None:
        """Open two sides next to each other, given as two queries with | between them."""
        page = OpenPage(PageKind.SIDES, queries)
        self._screen.change(self._screen.state.with_last_sides(page))
        self._screen.show_page(page)
