"""The line at the bottom where find, filter and dates are typed, with an answer under it."""

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

LONGEST = 1000
"""Characters; nobody types more, and a paste by mistake is refused."""


class PromptInput(Input):
    """An input that lets nothing invisible in, whatever is pasted into it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "accept", key_display="Enter"),
        Binding("escape", "give_up", "give up", key_display="Esc"),
    ]

    @dataclass
    class GivenUp(Message):
        """Escape was pressed."""

    def replace(self, text: str, start: int, end: int) -> None:
        """Put `text`, with anything invisible in a visible form, in place of what stands there."""
        super().replace(one_line(text) if has_hidden(text) else text, start, end)

    @dataclass
    class Left(Message):
        """The focus went elsewhere."""

    def on_blur(self) -> None:
        """Tell that the focus went to another pane, not to another window."""
        if self.app.app_focus:
            self.post_message(self.Left())

    def action_give_up(self) -> None:
        """Close without effect."""
        self.post_message(self.GivenUp())


class Prompt(Vertical):
    """An input with a label and an answer; it knows nothing of what is asked."""

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
        """The text changed while `asked` was open."""

        asked: str
        text: str

        def can_replace(self, message: Message) -> bool:
            """Only the newest text matters."""
            return isinstance(message, Prompt.Typed)

    @dataclass
    class Entered(Message):
        """The text is final."""

        asked: str
        text: str

    @dataclass
    class Abandoned(Message):
        """The prompt was closed without effect."""

        asked: str

    @dataclass
    class Left(Message):
        """Something else was turned to while `asked` was open."""

        asked: str
        text: str

    asked = ""
    """What is being asked; empty while closed."""

    @property
    def text(self) -> str:
        """What is typed."""
        return self.query_one(PromptInput).value

    def compose(self) -> ComposeResult:
        """The line and its answer."""
        with Vertical(id="prompt-line"):
            yield Static(id="prompt-label", markup=False)
            yield PromptInput(select_on_focus=False, compact=True, max_length=LONGEST)
        yield Static(id="prompt-answer", markup=False)

    def ask(self, asked: str, text: str, placeholder: str) -> None:
        """Open for `asked`, with `text` to start from."""
        self.asked = asked
        self.add_class("-open")
        self.query_one("#prompt-label", Static).update(asked)
        line = self.query_one(PromptInput)
        line.placeholder = placeholder
        with line.prevent(Input.Changed):
            line.value = one_line(text) + (" " if text.endswith(" ") else "")
        line.cursor_position = len(line.value)
        # Not line.focus(), which lets keys that are typed already go elsewhere.
        self.screen.set_focus(line)
        self.post_message(self.Typed(asked, text))

    def answer(self, text: str, *, mistake: bool = False) -> None:
        """Say what the text means, or what is wrong with it."""
        answer = self.query_one("#prompt-answer", Static)
        answer.set_class(mistake, "-mistake")
        answer.update(Content(one_line(text)))

    def close(self) -> None:
        """Close; what was typed is kept by whoever asked."""
        self.asked = ""
        self.remove_class("-open")

    @on(Input.Changed)
    def tell_text(self, event: Input.Changed) -> None:
        """Pass on what is being typed."""
        event.stop()
        if self.asked:
            self.post_message(self.Typed(self.asked, event.value))

    @on(Input.Submitted)
    def tell_entered(self, event: Input.Submitted) -> None:
        """Pass on what was entered."""
        event.stop()
        self.post_message(self.Entered(self.asked, event.value))

    @on(PromptInput.Left)
    def tell_left(self, event: PromptInput.Left) -> None:
        """Pass on that something else was turned to."""
        event.stop()
        if self.asked:
            self.post_message(self.Left(self.asked, self.text))

    @on(PromptInput.GivenUp)
    def tell_abandoned(self, event: PromptInput.GivenUp) -> None:
        """Pass on that it was given up."""
        event.stop()
        self.post_message(self.Abandoned(self.asked))
