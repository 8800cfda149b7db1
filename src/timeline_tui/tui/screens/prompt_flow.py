"""A prompt from its opening to its end: what is typed is shown at once, then carried out or taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.text.sanitize import one_line
from timeline_tui.tui.prompts import (
    Attempt,
    Interpretation,
    PromptKind,
    completions,
    interpret,
    last_valid,
    results_in_words,
)
from timeline_tui.tui.recall import TypedBefore
from timeline_tui.tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from timeline_tui.timeline.background import ViewResult
    from timeline_tui.timeline.protocol import Store
    from timeline_tui.tui.screens.page_flow import PageFlow
    from timeline_tui.tui.screens.protocol import TimelineScreen
    from timeline_tui.tui.screens.reader_flow import ReaderFlow

_OFFERED = 5
"""How many completions are shown beside a mistake."""
_QUERIES = (PromptKind.FIND, PromptKind.FILTER)
"""The prompts whose text is a query, which is shown while it is typed."""


class PromptFlow:
    """What the open prompt of the main screen asks, what was typed so far, and where it was opened.

    Args:
        screen: The main screen.
        pages: Opens its pages.
        reader: Stores notes.
        typed: What was typed into each prompt before, by its label.
    """

    def __init__(
        self,
        screen: TimelineScreen,
        pages: PageFlow,
        reader: ReaderFlow,
        typed: Mapping[str, Sequence[str]],
    ) -> None:
        self._screen, self._pages, self._reader = screen, pages, reader
        self._place = screen.state.saved_place(0)
        self._interpretation = Interpretation()
        self._attempts: list[Attempt] = []
        self.typed_before = {
            kind: TypedBefore([text for text in map(one_line, typed.get(kind, ())) if text])
            for kind in PromptKind
        }
        """What was entered in each prompt."""

    @property
    def typed(self) -> dict[str, list[str]]:
        """What was entered in each prompt, by its label."""
        return {str(kind): list(before.texts) for kind, before in self.typed_before.items() if before.texts}

    async def ask(self, kind: PromptKind, text: str) -> None:
        """Open the prompt with a text to begin with."""
        screen = self._screen
        if not screen.query(Prompt):
            await screen.mount(Prompt(), after="#panes")
        # Only now: the file may have been read again while the prompt was mounted.
        self._place = screen.state.saved_place(screen.timeline.scroll_offset.y)
        self._attempts = []
        self.typed_before[kind].begin()
        self._prompt.ask(kind, f"{text} " if text else "", kind.example)

    def type(self, kind: str, text: str) -> None:
        """Show at once what the typed text would do; at a mistake, what the text before it would do."""
        if not self._is_asked(kind):
            return
        meaning = self._interpret(kind, text)
        offers = completions(PromptKind(kind), text, self._place.view)
        self._prompt.offer(offers)
        self._prompt.answer(_answer(meaning, offers), mistake=meaning.mistake)
        asked = _asked(PromptKind(kind), meaning)
        if not meaning.mistake:
            self._attempts.append(Attempt(text, meaning))
        elif asked in _QUERIES:
            meaning = last_valid(self._attempts, text, meaning)
        self._preview(asked, meaning)

    def _preview(self, asked: PromptKind, meaning: Interpretation) -> None:
        """Show what a query finds; in the command line, where the prompt was opened if there is none now."""
        screen, place = self._screen, self._place
        other = meaning.other.query if meaning.other else None
        if asked is PromptKind.FILTER:
            screen.show(place.view.with_query(meaning.query), selected=place.selected, other=other)
        elif asked is PromptKind.FIND:
            screen.change(screen.state.request_search(meaning.query, place.selected, other))
        elif screen.state.next_view != place.view or screen.state.next_search != place.search:
            self._go_back()

    def recall(self, kind: str, text: str, direction: int) -> None:
        """Bring back what was entered before, or after that."""
        if self._is_asked(kind):
            before = self.typed_before[PromptKind(kind)]
            found = before.older(text) if direction < 0 else before.newer()
            if found is not None:
                self._prompt.take(found)

    def enter(self, kind: str, text: str) -> None:
        """Do what was typed; a mistake keeps the prompt open."""
        if not self._is_asked(kind):
            return
        meaning = self._interpret(kind, text)
        is_unclear = kind == PromptKind.COMMAND and meaning.command is None
        if text.strip() and (meaning.mistake or is_unclear):
            self._prompt.answer(meaning.answer, mistake=True)
            return
        if kind != PromptKind.NOTE:
            self.typed_before[PromptKind(kind)].add(text)
        asked = _asked(PromptKind(kind), meaning)
        if kind != asked and asked in (PromptKind.FIND, PromptKind.GO_TO):
            self._screen.close_page()
        self._carry_out(asked, meaning.argument or text, meaning)
        self._close(is_done=True)
        if kind == PromptKind.COMMAND and meaning.command is not None and not _is_asked_for(meaning):
            self._screen.run(meaning.command, meaning.argument)

    def do(self, kind: PromptKind, text: str) -> None:
        """Do what a text means, as if it were entered in a prompt; say what is wrong with it."""
        screen = self._screen
        self._place = screen.state.saved_place(screen.timeline.scroll_offset.y)
        meaning = interpret(kind, text, self._place.view, self._place.selected)
        if meaning.mistake:
            screen.notify(one_line(meaning.answer), severity="warning", markup=False)
            return
        if kind is PromptKind.FIND:
            screen.change(screen.state.request_search(meaning.query, self._place.selected))
        elif kind is PromptKind.GO_TO:
            screen.close_page()
        self._carry_out(kind, text, meaning)

    def leave(self, kind: str, text: str) -> None:
        """When the focus moves away, do what was typed, unless it is empty or a mistake."""
        if not self._is_asked(kind):
            return
        if kind == PromptKind.COMMAND or self._interpret(kind, text).mistake or not text.strip():
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
        kind, meaning = self._kind, self._interpretation
        if kind and not meaning.mistake and (asked := _asked(PromptKind(kind), meaning)) in _QUERIES:
            self._prompt.answer(results_in_words(asked, meaning, results, self._place.selected))

    def reread(self, index: Store) -> None:
        """The file was read again: the text means the same in what it is now."""
        if self._kind:
            self._place = self._place.in_index(index)
            self.type(self._kind, self._prompt.text)

    @property
    def _prompt(self) -> Prompt:
        return self._screen.query(Prompt).first()

    @property
    def _kind(self) -> str:
        """What the open prompt asks; empty if none is open, and as long as it is being mounted."""
        prompts = self._screen.query(Prompt)
        return prompts.first().kind if prompts else ""

    def _is_asked(self, kind: str) -> bool:
        """Whether the open prompt is of that kind; messages of a closed prompt no longer count."""
        return bool(kind) and kind == self._prompt.kind

    def _interpret(self, kind: str, text: str) -> Interpretation:
        self._interpretation = interpret(PromptKind(kind), text, self._place.view, self._place.selected)
        return self._interpretation

    def _carry_out(self, kind: PromptKind, text: str, meaning: Interpretation) -> None:
        screen, place = self._screen, self._place
        if kind == PromptKind.KNOWN_ON:
            screen.set_known_on(meaning.day)
        elif kind == PromptKind.NOTE:
            self._reader.note(place.view, place.selected, text)
        elif kind == PromptKind.SIDES:
            if text.strip():
                self._pages.open_sides(text)
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
        self._prompt.close()
        self._screen.prompt_closed(is_done=is_done)


def _is_asked_for(meaning: Interpretation) -> bool:
    """Whether a typed command does what one of the prompts does with the same argument."""
    from timeline_tui.tui.command_line import ASKS  # noqa: PLC0415  not before the first frame

    return meaning.command is not None and bool(meaning.argument) and meaning.command.name in ASKS


def _asked(kind: PromptKind, meaning: Interpretation) -> PromptKind:
    """What a typed text is for: that of the prompt, or of the command that was typed."""
    if kind is not PromptKind.COMMAND or meaning.command is None or not _is_asked_for(meaning):
        return kind
    from timeline_tui.tui.command_line import ASKS  # noqa: PLC0415  not before the first frame

    return ASKS[meaning.command.name]


def _answer(meaning: Interpretation, offers: list[str]) -> str:
    """What a text means, or what is wrong, and what Tab can make of it."""
    if not meaning.mistake or not offers:
        return meaning.answer or "searching …"
    ends = " · ".join(offer.rpartition(" ")[2] for offer in offers[:_OFFERED])
    return f"{meaning.answer} · Tab: {ends}{' …' if len(offers) > _OFFERED else ''}"
