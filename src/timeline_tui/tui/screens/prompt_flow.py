"""A prompt from its opening to its end: what is typed is shown at once, then carried out or taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.tui.prompts import (
    Attempt,
    Interpretation,
    PromptKind,
    interpret,
    last_valid,
    results_in_words,
)
from timeline_tui.tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from timeline_tui.index.index import Index
    from timeline_tui.timeline.background import ViewResult
    from timeline_tui.tui.screens.main import MainScreen

_QUERIES = (PromptKind.FIND, PromptKind.FILTER)
"""The prompts whose text is a query, which is shown while it is typed."""


class PromptFlow:
    """What the open prompt of the main screen asks, what was typed so far, and where it was opened."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._place = screen.state.saved_place(0)
        self._interpretation = Interpretation()
        self._attempts: list[Attempt] = []

    async def ask(self, kind: PromptKind, text: str) -> None:
        """Open the prompt with a text to begin with."""
        screen = self._screen
        self._place = screen.state.saved_place(screen.timeline.scroll_offset.y)
        self._attempts = []
        if not screen.query(Prompt):
            await screen.mount(Prompt(), after="#panes")
        screen.prompt.ask(kind, f"{text} " if text else "", kind.example)

    def type(self, kind: str, text: str) -> None:
        """Show at once what the typed text would do; at a mistake, what the text before it would do."""
        screen, place = self._screen, self._place
        if not self._is_asked(kind):
            return
        meaning = self._interpret(kind, text)
        screen.prompt.answer(meaning.answer or "searching …", mistake=meaning.mistake)
        if not meaning.mistake:
            self._attempts.append(Attempt(text, meaning))
        elif kind in _QUERIES:
            meaning = last_valid(self._attempts, text, meaning)
        other = meaning.other.query if meaning.other else None
        if kind == PromptKind.FILTER:
            screen.show(place.view.with_query(meaning.query), selected=place.selected, other=other)
        elif kind == PromptKind.FIND:
            screen.change(screen.state.request_search(meaning.query, place.selected, other))

    def enter(self, kind: str, text: str) -> None:
        """Do what was typed; a mistake keeps the prompt open."""
        if not self._is_asked(kind):
            return
        meaning = self._interpret(kind, text)
        if text.strip() and meaning.mistake:
            self._screen.prompt.answer(meaning.answer, mistake=True)
            return
        self._carry_out(kind, text, meaning)
        self._close(is_done=True)

    def leave(self, kind: str, text: str) -> None:
        """When the focus moves away, do what was typed, unless it is empty or a mistake."""
        if not self._is_asked(kind):
            return
        if self._interpret(kind, text).mistake or not text.strip():
            self.cancel(kind)
        else:
            self.enter(kind, text)

    def cancel(self, kind: str) -> None:
        """Go back to where the prompt was opened."""
        if self._is_asked(kind):
            self._go_back()
            self._close(is_done=False)

    def answer(self, results: ViewResult) -> None:
        """Show in the answer how much the typed query finds."""
        kind = self._screen.prompt.kind if self._screen.prompt_is_open else ""
        if kind in _QUERIES and not self._interpretation.mistake:
            answer = results_in_words(PromptKind(kind), self._interpretation, results)
            self._screen.prompt.answer(answer)

    def reread(self, index: Index) -> None:
        """The file was read again: the text means the same in what it is now."""
        if self._screen.prompt_is_open:
            self._place = self._place.in_index(index)
            self.type(self._screen.prompt.kind, self._screen.prompt.text)

    def _is_asked(self, kind: str) -> bool:
        """Whether the open prompt is of that kind; messages of a closed prompt no longer count."""
        return bool(kind) and kind == self._screen.prompt.kind

    def _interpret(self, kind: str, text: str) -> Interpretation:
        self._interpretation = interpret(PromptKind(kind), text, self._place.view, self._place.selected)
        return self._interpretation

    def _carry_out(self, kind: str, text: str, meaning: Interpretation) -> None:
        screen, place = self._screen, self._place
        if kind == PromptKind.KNOWN_ON:
            screen.set_known_on(meaning.day)
        elif kind == PromptKind.SIDES:
            if text.strip():
                screen.show_sides(text)
        elif meaning.date is not None:
            screen.go_to(meaning.date)
        elif kind == PromptKind.FIND and not meaning.query:
            self._go_back()
            screen.action_next_match()
        elif kind == PromptKind.FILTER:
            view = place.view.with_query(meaning.query)
            if view != screen.state.next_view:
                screen.show(view, selected=place.selected)

    def _go_back(self) -> None:
        screen = self._screen
        screen.change(screen.state.go_back(self._place))
        if screen.state.request is None:
            screen.timeline.scroll_to(y=self._place.top, animate=False, force=True)

    def _close(self, *, is_done: bool) -> None:
        self._screen.prompt.close()
        self._screen.prompt_closed(is_done=is_done)
