"""Where the parts of pages, pictures and the event lead to: events, pages, sources, lines of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.query.language import parse_query
from timeline_tui.tui.keys import Pane, commands
from timeline_tui.tui.open_page import OpenPage, PageKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline_tui.drawing.lines import Target
    from timeline_tui.timeline.protocol import TimelineView as View
    from timeline_tui.tui.screens.page_flow import PageFlow
    from timeline_tui.tui.screens.protocol import TimelineScreen
    from timeline_tui.tui.screens.reader_flow import ReaderFlow
    from timeline_tui.tui.screens.target_actions import SourceChoice
    from timeline_tui.tui.state import ScreenState


class TargetFlow:
    """Follows targets on the main screen, cites them and opens their sources.

    Args:
        screen: The main screen.
        pages: Opens its pages.
        reader: What the reader has stored.
    """

    def __init__(self, screen: TimelineScreen, pages: PageFlow, reader: ReaderFlow) -> None:
        self._screen, self._pages, self._reader = screen, pages, reader
        self.last_source = ""
        """The id of the source that was opened last; empty for none."""

    def follow(self, target: Target) -> None:
        """Go to what a target leads to: another page, an event, or the events that share something."""
        screen = self._screen
        match target.leads:
            case "actor":
                screen.show_page(OpenPage(PageKind.ACTOR, target.id))
            case "topic":
                screen.show_page(OpenPage(PageKind.CLAIMS, target.id))
            case "wordings":
                screen.show_page(OpenPage(PageKind.WORDINGS), target)
            case "sides":
                self._pages.open_sides(target.id)
            case "source" | "tag" | "kind" | "place":
                query = screen.state.next_view.query.without_field(target.leads)
                screen.show_events(query.with_term(target.leads, target.id))
            case "filter":
                screen.show_events(parse_query(target.id, screen.state.view.vocabulary).query)
            case "addresses":
                self._open_source(target)
            case "problem" | "story" | "view" | "notes" | "column" | "rows":
                self._follow_to_named(target)
            case _ if target.key >= 0:
                self._follow_to_event(target)

    def _follow_to_named(self, target: Target) -> None:
        """Go to what a target names: a line of the file, a story, a column, rows, what is stored."""
        match target.leads:
            case "problem":
                self.go_to_line(int(target.id))
            case "story":
                self._screen.action_present(target.id)
            case "view":
                self._reader.show_or_save_view(target.id)
            case "column" | "rows":
                name = "mapping" if target.leads == "column" else "rows"
                command = next(each for each in commands(Pane.SCREEN) if each.name == name)
                self._screen.run(command, target.id)
            case _:
                self._reader.take_over(target.id)

    def _follow_to_event(self, target: Target) -> None:
        """Go to an event; on the page of links a link leads on to the links of that event."""
        page = self._screen.open_page
        if page is not None and page.kind is PageKind.LINKS and target.leads == "link":
            self.go_to_event(target.key, target.quote)
            return
        state = self._state_at(target.key, target.quote)
        self._screen.to_timeline(state if page is None else state.with_last_topic(page))

    def go_to_event(self, key: int, quote_number: int = 0) -> None:
        """Select an event and a quote of it; the filter is cleared if it excludes the event."""
        self._screen.jump(self._state_at(key, quote_number))

    def _state_at(self, key: int, quote_number: int) -> ScreenState:
        view = self._screen.state.view
        if view.is_known(key) and not view.has(key):
            self._screen.notify(
                "That event does not match the filter, so the filter was cleared.", markup=False
            )
        return self._screen.state.select_event(key, quote_number)

    def go_to_line(self, line: int) -> None:
        """Select the event that a line of the file belongs to."""
        if (state := self._screen.state.select_line(line)) is not None:
            self._screen.to_timeline(state)
        else:
            self._screen.notify("That line belongs to no event.", markup=False)

    def cite(self) -> None:
        """Copy the citation of the selected quote or claim, or of the event."""
        from timeline_tui.tui.screens.target_actions import citation_of  # noqa: PLC0415  not before the first frame

        if (target := self._screen.target) is not None:
            text = citation_of(self._screen.state.view, target)
            self._screen.app.copy_to_clipboard(text)
            self._screen.notify(text, title="Copied", markup=False)

    def choose_source(self) -> None:
        """Choose a source of the quote or event, and open it."""
        if (target := self._screen.target) is not None:
            self._open_source(target)

    def choose_archived(self) -> None:
        """Choose an archived copy of a source, or the web archive's own, and open it."""
        from timeline_tui.tui.screens.target_actions import (  # noqa: PLC0415  not before the first frame
            archived_choices,
        )

        if (target := self._screen.target) is not None:
            self._choose(target, archived_choices, "No source is given for this that can be archived.")

    def _open_source(self, target: Target) -> None:
        from timeline_tui.tui.screens.target_actions import source_choices  # noqa: PLC0415  not before the first frame

        self._choose(target, source_choices, "No source is given for this.")

    def _choose(
        self, target: Target, find: Callable[[View, Target], list[SourceChoice]], nothing: str
    ) -> None:
        from timeline_tui.tui.screens.dialogs import ChoiceDialog  # noqa: PLC0415  not before the first frame
        from timeline_tui.tui.screens.target_actions import open_source  # noqa: PLC0415  not before the first frame

        screen = self._screen
        found = find(screen.state.view, target)
        if not found:
            screen.notify(nothing, markup=False)
            return

        def open_chosen(row: int | None) -> None:
            if row is not None:
                self.last_source = found[row].source
                open_source(screen.app, found[row].address)

        screen.app.push_screen(
            ChoiceDialog("Sources", [each.choice for each in found], "open in the browser"), open_chosen
        )
