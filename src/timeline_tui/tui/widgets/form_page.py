"""A page of fields to fill in: a line for each, with what is meant or wrong below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input, Static, TextArea

from timeline_tui.text.sanitize import has_hidden, one_line, visible
from timeline_tui.tui.widgets.prompt import VisibleInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult

    from timeline_tui.editing.form import FormField

MAX_CHARACTERS = 10_000
"""Nobody types more into one line."""
_MOST_OFFERS = 5
"""How many completions are shown."""
_IN_EDITOR = "more than fits here; e edits it in your editor"


class Guide(Protocol):
    """Knows what the fields of a page mean."""

    def is_asked(self, name: str, answers: Mapping[str, str]) -> bool:
        """Whether a question makes sense after the answers to others."""

    def meaning(self, name: str, answers: Mapping[str, str]) -> str:
        """How an answer is understood; empty if there is nothing to say of it."""

    def mistake(self, name: str, answers: Mapping[str, str]) -> str:
        """What is wrong with an answer; empty if nothing is."""

    def offers(self, name: str, typed: str) -> Sequence[str]:
        """The whole answers that a typed one can become."""


class _Offers(Suggester):
    """Shows behind what is typed how it can go on."""

    def __init__(self, name: str, guide: Guide) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._name, self._guide = name, guide

    async def get_suggestion(self, value: str) -> str | None:
        """The first offer."""
        return next(iter(self._guide.offers(self._name, value)), None)


class FieldInput(VisibleInput):
    """The line of a field."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]


class FieldText(TextArea):
    """The lines of a field; at its first and last line the arrows lead out of it."""

    def on_mount(self) -> None:
        """Lines are as wide as the field."""
        self.highlight_cursor_line = False

    @property
    def _row(self) -> int:
        return self.wrapped_document.location_to_offset(self.cursor_location).y

    def action_cursor_up(self, select: bool = False) -> None:  # noqa: FBT001, FBT002  Textual's own
        """A line up, or to the field above."""
        if self._row == 0 and not select:
            self.screen.focus_previous()
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:  # noqa: FBT001, FBT002  Textual's own
        """A line down, or to the field below."""
        if self._row >= self.wrapped_document.height - 1 and not select:
            self.screen.focus_next()
        else:
            super().action_cursor_down(select)

    async def _on_paste(self, event: events.Paste) -> None:
        # Invisible characters are shown in a visible form.
        event.prevent_default()
        event.stop()
        text = visible(event.text) if has_hidden(event.text) else event.text
        if result := self._replace_via_keyboard(text, *self.selection):
            self.move_cursor(result.end_location)


class FieldRow(Vertical):
    """A field with its name, and what is to be said of it below."""

    def __init__(self, field: FormField, guide: Guide) -> None:
        super().__init__()
        self.field, self._guide = field, guide
        self._below: tuple[str, bool] | None = None

    def compose(self) -> ComposeResult:
        """The name and the line; what cannot be typed here is said in its place."""
        question = self.field.question
        with Horizontal():
            yield Static(Content(question.label), classes="label")
            if self.field.is_full:
                yield Static(Content(_IN_EDITOR), classes="full")
            elif question.name == "text":
                yield FieldText(self.field.value, compact=True)
            else:
                yield FieldInput(
                    one_line(self.field.value),
                    suggester=_Offers(question.name, self._guide),
                    compact=True,
                    select_on_focus=False,
                    max_length=MAX_CHARACTERS,
                )
        yield Static(classes="below")

    def on_descendant_focus(self) -> None:
        """What is to be said of the field stands below it."""
        self.add_class("-here")

    def on_descendant_blur(self) -> None:
        """Only a mistake still stands below it."""
        self.remove_class("-here")

    @property
    def answer(self) -> str:
        """What is typed."""
        for line in self.query(Input):
            return line.value
        for text in self.query(TextArea):
            return text.text
        return ""

    def focus_line(self) -> None:
        """Go to the line of the field."""
        for line in self.query("Input, TextArea"):
            # line.focus() would come too late for keys that are typed already.
            self.screen.set_focus(line)

    def explain(self, answers: Mapping[str, str], mistake: str = "") -> None:
        """Say below the line what its answer means, what is wrong with it, or what can be typed."""
        question, name = self.field.question, self.field.question.name
        typed = answers.get(name, "")
        mistake = mistake or (self._guide.mistake(name, answers) if typed.strip() else "")
        offers = [one_line(each) for each in self._guide.offers(name, typed)[:_MOST_OFFERS]]
        hint = f"{question.prompt}: {question.hint}" if question.hint else question.prompt
        said = self._guide.meaning(name, answers) or (f"→ {' · '.join(offers)}" if offers else hint)
        is_told = bool(mistake) and not offers
        self.set_class(bool(mistake), "-wrong")
        self._say_below(mistake if is_told else said, is_mistake=is_told)

    def _say_below(self, text: str, *, is_mistake: bool) -> None:
        # Another text lays out all fields again, and most keys change that of one of them.
        if self._below == (text, is_mistake):
            return
        # There is none yet in a row that is being mounted.
        for below in self.query(".below").results(Static):
            self._below = text, is_mistake
            below.update(Content(one_line(text)))
            below.set_class(is_mistake, "-mistake")


class FormPage(VerticalScroll, can_focus=False):
    """Fields to fill in; Enter on the last one means that all of them are."""

    DEFAULT_CSS = """
    FormPage {
        padding: 0 1;
        scrollbar-size-vertical: 1;
        & FieldRow { height: auto; }
        & FieldRow.-not-asked { display: none; }
        & Horizontal { height: auto; }
        & .label { width: 16; color: $accent; }
        & .full { width: 1fr; color: $muted; text-wrap: nowrap; text-overflow: ellipsis; }
        & FieldInput { width: 1fr; background: $panel; }
        & FieldText { width: 1fr; height: 3; padding: 0; background: $panel; }
        & .below { display: none; padding: 0 0 0 16; color: $muted; }
        & .below.-mistake { color: $error; }
        & FieldRow.-here .below { display: block; }
        & FieldRow.-here .label { text-style: bold; }
        & FieldRow.-wrong .below { display: block; }
    }
    """

    class Submitted(Message):
        """All fields are filled in."""

    class Typed(Message):
        """Something was typed."""

    def __init__(self, fields: Iterable[FormField], guide: Guide) -> None:
        super().__init__()
        self._fields, self._guide = tuple(fields), guide

    def compose(self) -> ComposeResult:
        """A row for each field."""
        for field in self._fields:
            yield FieldRow(field, self._guide)

    def on_mount(self) -> None:
        """What is typed first goes into the first field."""
        self._explain_all()
        self.focus_field()

    @property
    def rows(self) -> list[FieldRow]:
        """The rows of the fields, from the top."""
        return list(self.query(FieldRow))

    @property
    def answers(self) -> dict[str, str]:
        """What is typed, by the names of the questions."""
        return {row.field.question.name: row.answer for row in self.rows}

    def focus_field(self, name: str = "") -> None:
        """Go to a field; without a name to the first that can be typed into."""
        for row in self.rows:
            if row.display and not row.field.is_full and name in ("", row.field.question.name):
                row.focus_line()
                return

    def show_mistakes(self, mistakes: Mapping[str, str]) -> None:
        """Say what is wrong below the fields, and go to the first of these."""
        answers = self.answers
        for row in self.rows:
            if (name := row.field.question.name) in mistakes:
                row.explain(answers, mistakes[name])
        first = next(
            (row.field.question.name for row in self.rows if row.field.question.name in mistakes), ""
        )
        self.focus_field(first)

    def _explain_all(self) -> None:
        answers = self.answers
        for row in self.rows:
            field = row.field
            # What belongs to a longer value is in the editor with it.
            is_there = (
                not field.question.after
                if field.is_full
                else self._guide.is_asked(field.question.name, answers)
            )
            row.set_class(not is_there, "-not-asked")
            if not field.is_full:
                row.explain(answers)

    @on(Input.Changed)
    @on(TextArea.Changed)
    def explain_typed(self, event: Input.Changed | TextArea.Changed) -> None:
        """Say what the typed text means."""
        event.stop()
        self._explain_all()
        self.post_message(self.Typed())

    @on(Input.Submitted)
    def go_on(self, event: Input.Submitted) -> None:
        """To the next field; after the last one all are filled in."""
        event.stop()
        lines = [row for row in self.rows if row.display and not row.field.is_full]
        at = next((number for number, row in enumerate(lines) if event.input in row.query(Input)), -1)
        if at < 0:
            # The line has been hidden or filled since.
            return
        if at + 1 < len(lines):
            lines[at + 1].focus_line()
        else:
            self.post_message(self.Submitted())
