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

from timeline_tui.text.sanitize import has_hidden, one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

MAX_CHARACTERS = 1000
"""Nobody types more, and a larger paste is a mistake."""


class PromptInput(Input):
    """An input that shows invisible characters in a visible form, whatever is pasted into it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "apply", key_display="Enter"),
        Binding("escape", "cancel", "cancel", key_display="Esc"),
    ]

    @dataclass
    class Cancelled(Message):
        """Escape was pressed."""

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace a part of the text, with invisible characters in a visible form."""
        super().replace(one_line(text) if has_hidden(text) else text, start, end)

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
            yield PromptInput(select_on_focus=False, compact=True, max_length=MAX_CHARACTERS)
        yield Static(id="prompt-answer", markup=False)

    def ask(self, kind: str, text: str, placeholder: str) -> None:
        """Open with `kind` as the label and `text` to start from."""
        self.kind = kind
        self.add_class("-open")
        self.query_one("#prompt-label", Static).update(kind)
        line = self.query_one(PromptInput)
        line.placeholder = placeholder
        with line.prevent(Input.Changed):
            line.value = one_line(text) + (" " if text.endswith(" ") else "")
        line.cursor_position = len(line.value)
        # line.focus() would come too late for keys that are typed already.
        self.screen.set_focus(line)
        self.post_message(self.Typed(kind, text))

    def answer(self, text: str, *, mistake: bool = False) -> None:
        """Show what the text means, or what is wrong with it."""
        answer = self.query_one("#prompt-answer", Static)
        answer.set_class(mistake, "-mistake")
        answer.update(Content(one_line(text)))

    def close(self) -> None:
        """Close."""
        self.kind = ""
        self.remove_class("-open")

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

    @on(PromptInput.Left)
    def post_left(self, event: PromptInput.Left) -> None:
        """Pass on that another pane got the focus."""
        event.stop()
        if self.kind:
            self.post_message(self.Left(self.kind, self.text))

    @on(PromptInput.Cancelled)
    def post_cancelled(self, event: PromptInput.Cancelled) -> None:
        """Pass on that Escape was pressed."""
        event.stop()
        self.post_message(self.Cancelled(self.kind))
