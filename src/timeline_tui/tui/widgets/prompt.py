"""The prompt at the bottom: a line for searches, filters and dates, with an answer under it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from timeline_tui.text.cells import cells, clipped
from timeline_tui.text.sanitize import has_hidden, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

MAX_CHARACTERS = 1000
"""Nobody types more, and a larger paste is a mistake."""
_BETWEEN = " · "


def fitting_examples(examples: str, room: int) -> str:
    """As many examples, which have ` · ` between them, as fit into `room` cells; of the first what fits."""
    while cells(examples) > room and _BETWEEN in examples:
        examples = examples.rpartition(_BETWEEN)[0]
    return clipped(examples, room)


def shared_beginning(texts: Sequence[str]) -> str:
    """The beginning that all of some texts have."""
    first, last = min(texts), max(texts)
    same = (place for place, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1])
    return first[: next(same, min(len(first), len(last)))]


class VisibleInput(Input):
    """An input that shows invisible characters in a visible form, whatever is pasted into it."""

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace a part of the text, with invisible characters in a visible form."""
        super().replace(one_line(text) if has_hidden(text) else text, start, end)


class PromptInput(VisibleInput):
    """The line of a prompt, with completion and what was typed before."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "apply", key_display="Enter"),
        Binding("escape", "cancel", "cancel", key_display="Esc"),
        Binding("tab", "complete(1)", "complete", show=False),
        Binding("shift+tab", "complete(-1)", "complete", show=False),
        Binding("up", "recall(-1)", "typed before", show=False),
        Binding("down", "recall(1)", "typed after", show=False),
    ]

    @dataclass
    class Cancelled(Message):
        """Escape was pressed."""

    @dataclass
    class Recalled(Message):
        """The text typed before the one that is shown is wanted (-1), or the one after it (1)."""

        direction: int

    def __init__(self) -> None:
        super().__init__(select_on_focus=False, compact=True, max_length=MAX_CHARACTERS)
        self._offers: Sequence[str] = ()
        self._place = -1
        self._completed: str | None = None

    def offer(self, texts: Sequence[str]) -> None:
        """Take the texts that the typed one can become; while one steps through them, they stay."""
        if self.value != self._completed:
            self._offers = [text for text in texts if text.rstrip() != self.value.rstrip()]
            self._place, self._completed = -1, None

    def take(self, text: str) -> None:
        """Put a text in place of the typed one."""
        self.value = one_line(text) + (" " if text.endswith(" ") else "")
        self.cursor_position = len(self.value)

    def action_complete(self, direction: int) -> None:
        """Complete what is typed as far as all offers agree, then step through them; else leave."""
        offers = self._offers
        if not offers:
            self.screen.focus_next() if direction > 0 else self.screen.focus_previous()
            return
        shared = shared_beginning(offers)
        if self._place < 0 and len(offers) > 1 and len(shared) > len(self.value):
            self.take(shared)
            return
        self._place = (self._place + direction) % len(offers) if self._place >= 0 else min(direction, 0)
        self._place %= len(offers)
        self.take(offers[self._place])
        self._completed = self.value if len(offers) > 1 else None

    def action_recall(self, direction: int) -> None:
        """Ask for what was typed before or after."""
        self.post_message(self.Recalled(direction))

    @dataclass
    class Left(Message):
        """Another widget got the focus."""

    def on_blur(self) -> None:
        """Post that the focus went to another pane; to another window does not count."""
        if self.app.app_focus:
            self.post_message(self.Left())

    def action_cancel(self) -> None:
        """Close without effect."""
        self.post_message(self.Cancelled())


class Prompt(Vertical):
    """An input with a label and an answer; what the text means is decided elsewhere."""

    DEFAULT_CSS = """
    Prompt {
        display: none;
        height: auto;
        background: $panel;
        border-top: tall $border;
        &.-open { display: block; }
        & > #prompt-line { height: 1; layout: horizontal; }
        & #prompt-label { width: auto; padding: 0 1; color: $accent; text-style: bold; }
        & PromptInput { width: 1fr; background: $panel; background-tint: transparent; }
        & PromptInput:focus { background-tint: transparent; }
        & #prompt-answer { height: auto; min-height: 1; max-height: 2; padding: 0 1; color: $muted; }
        & #prompt-answer.-mistake { color: $error; }
    }
    """

    @dataclass
    class Typed(Message):
        """The text changed."""

        kind: str
        text: str

        def can_replace(self, message: Message) -> bool:
            """Only the newest text matters."""
            return isinstance(message, Prompt.Typed)

    @dataclass
    class Entered(Message):
        """The text is final."""

        kind: str
        text: str

    @dataclass
    class Cancelled(Message):
        """The prompt was closed without effect."""

        kind: str

    @dataclass
    class Left(Message):
        """Another pane got the focus while the prompt was open."""

        kind: str
        text: str

    @dataclass
    class Recalled(Message):
        """The text typed before the one that is shown is wanted (-1), or the one after it (1)."""

        kind: str
        text: str
        direction: int

    kind = ""
    """What is asked (a `PromptKind`); empty while closed."""

    @property
    def text(self) -> str:
        """The typed text."""
        return self.query_one(PromptInput).value

    def compose(self) -> ComposeResult:
        """The line and its answer."""
        with Vertical(id="prompt-line"):
            yield Static(id="prompt-label", markup=False)
            yield PromptInput()
        yield Static(id="prompt-answer", markup=False)

    def ask(self, kind: str, text: str, placeholder: str) -> None:
        """Open with `kind` as the label, `text` to start from, and as many examples as fit."""
        self.kind = kind
        self._set_open(is_open=True)
        self.query_one("#prompt-label", Static).update(kind)
        line = self.query_one(PromptInput)
        # The label has a blank on each side, and the cursor needs a cell.
        line.placeholder = fitting_examples(placeholder, self.screen.size.width - cells(kind) - 3)
        with line.prevent(Input.Changed):
            line.take(text)
        line.offer(())
        # line.focus() would come too late for keys that are typed already.
        self.screen.set_focus(line)
        self.post_message(self.Typed(kind, text))

    def take(self, text: str) -> None:
        """Put a text in place of the typed one."""
        self.query_one(PromptInput).take(text)

    def offer(self, texts: Sequence[str]) -> None:
        """Take the texts that Tab can complete the typed one to."""
        self.query_one(PromptInput).offer(texts)

    def answer(self, text: str, *, mistake: bool = False) -> None:
        """Show what the text means, or what is wrong with it."""
        answer = self.query_one("#prompt-answer", Static)
        answer.set_class(mistake, "-mistake")
        answer.update(Content(one_line(text)))

    def close(self) -> None:
        """Close."""
        self.kind = ""
        self._set_open(is_open=False)

    def _set_open(self, *, is_open: bool) -> None:
        """Show or hide the prompt; while it is shown, messages stand above it."""
        self.set_class(is_open, "-open")
        self.screen.query("ToastRack").set_class(is_open, "-above-prompt")

    @on(Input.Changed)
    def post_typed(self, event: Input.Changed) -> None:
        """Pass on what is typed."""
        event.stop()
        if self.kind:
            self.post_message(self.Typed(self.kind, event.value))

    @on(Input.Submitted)
    def post_entered(self, event: Input.Submitted) -> None:
        """Pass on what was entered."""
        event.stop()
        self.post_message(self.Entered(self.kind, event.value))

    @on(PromptInput.Recalled)
    def post_recalled(self, event: PromptInput.Recalled) -> None:
        """Pass on that another text is wanted."""
        event.stop()
        if self.kind:
            self.post_message(self.Recalled(self.kind, self.text, event.direction))

    @on(PromptInput.Left)
    def post_left(self, event: PromptInput.Left) -> None:
        """Pass on that another pane got the focus, unless the prompt was opened again since."""
        event.stop()
        if self.kind and self.screen.focused is not self.query_one(PromptInput):
            self.post_message(self.Left(self.kind, self.text))

    @on(PromptInput.Cancelled)
    def post_cancelled(self, event: PromptInput.Cancelled) -> None:
        """Pass on that Escape was pressed."""
        event.stop()
        self.post_message(self.Cancelled(self.kind))
