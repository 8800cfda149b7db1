"""The form in which an event is added or changed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import events, on

from timeline_tui.dates.typed import EXAMPLES
from timeline_tui.editing.adding import SHORT_HINT
from timeline_tui.editing.form import (
    DATES,
    OTHER,
    Added,
    Filled,
    Form,
    FormField,
    Mistakes,
    Proposal,
    added_of,
    check,
    completions,
    details_of,
    form_of,
    missing_in,
    mistake_in,
    new_form,
    propose,
    understood,
    with_added,
)
from timeline_tui.editing.questions import Question
from timeline_tui.editing.splices import Moved
from timeline_tui.errors import TimelineError
from timeline_tui.model.records import ACTOR_KINDS
from timeline_tui.text.cells import clipped
from timeline_tui.text.sanitize import one_line
from timeline_tui.tui.screens.writing import CHANGED_AGAIN, KeysMeanwhile, WritingWindow
from timeline_tui.tui.widgets.form_page import FieldInput, FieldText, FormPage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from timeline_tui.editing.form import Missing
    from timeline_tui.editing.splices import ChangedLine
    from timeline_tui.editing.writes import Writes

_MOST_OF_TITLE = 60
"""Cells of a title in a message."""
_THROW_AWAY = "Esc again throws away what you typed; type on to keep it."
_DETAILS = {
    "name": ("Its full name", True, ""),
    "kind": ("What it is", False, ", ".join((*ACTOR_KINDS, OTHER))),
    "short": ("Its short name, for slim columns", False, SHORT_HINT),
    "title": ("Its title", True, ""),
    "publisher": ("Who published it", False, ""),
    "date": ("The day on which it was published", False, EXAMPLES),
    "url": ("Its address", False, ""),
}
"""By field of a new actor or source: the question, whether it needs an answer, and a hint."""
_CHOICES = {"kind": (*ACTOR_KINDS, OTHER)}


class _EventGuide:
    """What the fields of an event mean."""

    def __init__(self, form: Form, added: list[Added], today: int) -> None:
        self._form, self._added, self._today = form, added, today

    def is_asked(self, name: str, answers: Mapping[str, str]) -> bool:
        return self._form.is_asked(name, answers)

    def meaning(self, name: str, answers: Mapping[str, str]) -> str:
        answer = answers.get(name, "")
        if name in DATES:
            return understood(answer, today=self._today)
        missing = missing_in(
            self._form, {**answers, **dict.fromkeys(answers.keys() - {name}, "")}, self._added
        )
        if not missing or self.offers(name, answer):
            return ""
        hint = f" ({missing[0].hint})" if missing[0].hint else ""
        return one_line(f"{missing[0].name} is not in the file yet and can be added{hint}")

    def mistake(self, name: str, answers: Mapping[str, str]) -> str:
        return mistake_in(self._form, name, answers, today=self._today)

    def offers(self, name: str, typed: str) -> Sequence[str]:
        return completions(self._form, name, typed, self._added)


class _DetailsGuide:
    """What the fields of a new actor or source mean."""

    def __init__(self, missing: Missing, form: Form, today: int) -> None:
        self._missing, self._form, self._today = missing, form, today

    def is_asked(self, name: str, answers: Mapping[str, str]) -> bool:  # noqa: ARG002  all are
        return True

    def meaning(self, name: str, answers: Mapping[str, str]) -> str:
        return understood(answers.get(name, ""), today=self._today) if name == "date" else ""

    def mistake(self, name: str, answers: Mapping[str, str]) -> str:
        try:
            added_of(self._missing, answers, self._form.known, today=self._today)
        except Mistakes as mistakes:
            return mistakes.mistakes.get(name, "")
        return ""

    def offers(self, name: str, typed: str) -> Sequence[str]:
        return [each for each in _CHOICES.get(name, ()) if typed and each.startswith(typed) and each != typed]


class EventForm(WritingWindow):
    """Asks about an event, then about actors and sources that are not in the file, then shows the change."""

    DEFAULT_CSS = """
    EventForm {
        & FormPage { height: auto; }
        &.-change FormPage, &.-details #event { display: none; }
    }
    """

    def __init__(self, writes: Writes, event_id: str, *, today: int) -> None:
        """Ask about an event.

        Args:
            writes: Writes what was typed.
            event_id: The event that is changed; empty for a new one.
            today: The day number that `yesterday` refers to.
        """
        super().__init__("Change this event" if event_id else "A new event", writes)
        self.written = ""
        """The id of the event that was written; empty until then."""
        self._id, self._today = event_id, today
        self._form: Form | None = None
        self._added: list[Added] = []
        self._missing: Missing | None = None
        self._proposed_id = ""
        self._is_leaving = False
        self._early = KeysMeanwhile()
        self._is_open = False
        """Whether the fields are there, and the keys that came before them are on their way."""

    def on_mount(self) -> None:
        """Read the file."""
        self.offer("", "Esc: close")
        self.say("Reading the file …")
        self.work(
            lambda: (
                form_of(self.read(), self._id, self.file) if self._id else new_form(self.read(), self.file)
            ),
            self._show_form,
        )

    def on_key(self, event: events.Key) -> None:
        """Keep what is typed while the file is being read."""
        if not self._is_open and (self._form is not None or self.is_busy):
            self._early.keep(event)

    async def _show_form(self, form: Form) -> None:
        self._form = form
        guide = _EventGuide(form, self._added, self._today)
        await self._show_page(FormPage(form.fields, guide), "event")
        self._offer_form()
        # After the keys that are already on their way to this window.
        self.call_later(self._answer_early)

    def _answer_early(self) -> None:
        self._is_open = True
        self._early.press(self)

    async def _show_page(self, page: FormPage, id_: str) -> None:
        page.id = id_
        await self.query_one(".frame").mount(page, before=0)
        self.fit()

    def _offer_form(self) -> None:
        self.say("Tab ↑ ↓ fields · → completes")
        self.offer("Ctrl+S: show the change", "Esc: close")

    @property
    def _page(self) -> FormPage:
        return self.query_one("#event", FormPage)

    @property
    def _details(self) -> FormPage | None:
        return next(iter(self.query("#details").results(FormPage)), None)

    @on(FormPage.Typed)
    def go_on_typing(self) -> None:
        """Typing means that one does not want to leave."""
        if self._is_leaving:
            self._is_leaving = False
            self._offer_form()

    @on(FormPage.Submitted)
    async def action_go_on(self) -> None:
        """On to the next page, at last to the change; there, write it."""
        if self.is_busy or self._form is None:
            return
        if self._change is not None:
            self.is_writing = True
            self.work(partial(self._writes.write, self._change), lambda _: self._close_written())
        elif self._details is not None:
            await self._take_details(self._details)
        else:
            await self._submit(self._form)

    async def _submit(self, form: Form) -> None:
        answers = self._page.answers
        try:
            check(form, answers, today=self._today)
        except TimelineError as error:
            self.failed(error)
            return
        missing = missing_in(form, answers, self._added)
        if missing:
            await self._ask_about(missing[0], form)
        else:
            self._propose(form)

    def _propose(self, form: Form, said: str = "") -> None:
        filled = Filled(form, self._page.answers, tuple(self._added))

        def make() -> tuple[Proposal, list[list[ChangedLine]]]:
            data = self.read()
            proposal = propose(data, filled, today=self._today, name=self.file)
            return proposal, proposal.change.lines(data)

        def show(made: tuple[Proposal, list[list[ChangedLine]]]) -> None:
            proposal, lines = made
            self._proposed_id = proposal.event_id
            self.show_change(proposal.change, lines, said)

        self.say("Working out the change …")
        self.work(make, show)

    def failed(self, error: TimelineError) -> None:
        """Say what went wrong; what was typed stays."""
        if self._form is None:
            super().failed(error)
            return
        if isinstance(error, Moved):
            self._back_to_form()
            self._propose(self._form, CHANGED_AGAIN)
            return
        self._back_to_form()
        if isinstance(error, Mistakes):
            self._page.show_mistakes(error.mistakes)
            count = len(error.mistakes)
            said = "One field is not right yet." if count == 1 else f"{count} fields are not right yet."
            self.say(said, mistake=True)
        else:
            super().failed(error)

    def _back_to_form(self) -> None:
        self._change = None
        self.remove_class("-change", "-details")
        self._offer_form()
        if not isinstance(self.focused, FieldInput | FieldText):
            self._page.focus_field()

    async def _ask_about(self, missing: Missing, form: Form) -> None:
        """Ask about an actor or a source that is not in the file."""
        self._missing = missing
        fields = [
            FormField(Question(name, *_DETAILS[name], choices=_CHOICES.get(name, ())), value)
            for name, value in details_of(missing, form.known).items()
        ]
        self.add_class("-details")
        await self._show_page(FormPage(fields, _DetailsGuide(missing, form, self._today)), "details")
        hint = f" ({missing.hint})" if missing.hint else ""
        self.say(f"There is no {missing.kind} {missing.name} in the file yet{hint}. What is known of it?")
        self.offer("Ctrl+S: add it", "Esc: back, to correct the name")

    async def _take_details(self, page: FormPage) -> None:
        """Add the actor or source that was asked about, and go on."""
        form, missing = self._form, self._missing
        if form is None or missing is None:
            return
        known = with_added(form.known, self._added)
        try:
            added = added_of(missing, page.answers, known, today=self._today)
        except Mistakes as mistakes:
            page.show_mistakes(mistakes.mistakes)
            return
        self._added.append(added)
        await page.remove()
        self._back_to_form()
        await self._submit(form)

    def _close_written(self) -> None:
        self.written = self._proposed_id
        title = clipped(one_line(self._page.answers["title"]), _MOST_OF_TITLE)
        self.dismiss(f"“{title}” is {'changed' if self._id else 'added'}. U undoes it.")

    async def action_step_back(self) -> None:
        """Back to the page before; what was typed is thrown away only if one asks for it twice."""
        form = self._form
        if self.is_writing:
            return
        if form is None:
            self.dismiss("")
        elif self.is_busy or self._change is not None:
            self.give_up()
            self._back_to_form()
        elif self._details is not None:
            await self._details.remove()
            self._back_to_form()
        elif self._is_leaving or not form.changed(self._page.answers):
            self.dismiss("")
        else:
            self._is_leaving = True
            self.say(_THROW_AWAY, mistake=True)
