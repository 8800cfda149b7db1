"""Windows in which the file is changed: the change is shown before it is written."""

from __future__ import annotations

from contextvars import Context
from dataclasses import dataclass
from functools import partial
from inspect import isawaitable
from threading import Thread
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from timeline_tui.editing.splices import Moved
from timeline_tui.errors import TimelineError
from timeline_tui.reading.open_file import read_bytes
from timeline_tui.text.sanitize import one_line
from timeline_tui.tui.screens.dialogs import Window
from timeline_tui.tui.type_ahead import PressedAgain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from timeline_tui.editing.splices import Change, ChangedLine
    from timeline_tui.editing.writes import Writes

Result = TypeVar("Result")

_MOST_LINES = 2_000
"""How many lines of a change are shown."""
_LEAST_ROWS, _ROWS_AROUND = 3, 5
"""The fewest rows of a page, and those of the frame and of what stands below the page."""
_STYLES = {"+": "$success", "-": "$error", " ": "$muted"}
CHANGED_AGAIN = "The file has changed meanwhile. This is the change in it as it is now."


class Press(Static):
    """Words that do something when they are clicked."""

    def __init__(self, words: str, action: str) -> None:
        super().__init__(Content(words))
        self._action = action

    async def on_click(self) -> None:
        """Do it."""
        await self.run_action(f"screen.{self._action}")


class ChangePage(VerticalScroll):
    """The lines of a change, with their numbers and signs."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.go_on", show=False),
        Binding("j", "scroll_down", show=False),
        Binding("k", "scroll_up", show=False),
    ]

    def compose(self) -> ComposeResult:
        """The text of the page."""
        yield Static()

    def show_lines(self, places: Sequence[Sequence[ChangedLine]]) -> None:
        """Show the lines of a change, place by place."""
        shown = [line for place in places for line in (None, *place)][1:]
        parts: list[Content] = []
        for line in shown[:_MOST_LINES]:
            text = f"{line.number:>6} {line.sign} {line.text}" if line is not None else "       …"
            parts.append(Content.styled(text, _STYLES[line.sign if line is not None else " "]))
        if len(shown) > _MOST_LINES:
            parts.append(Content(f"… and {len(shown) - _MOST_LINES:,} more lines"))
        self.query_one(Static).update(Content("\n").join(parts))
        self.scroll_home(animate=False)


class WritingWindow(Window[str]):
    """A window that shows a change of the file and writes it; dismissed with a notice if it was written."""

    DEFAULT_CSS = """
    WritingWindow {
        & > .frame { height: auto; max-height: 90%; }
        & ChangePage { display: none; padding: 0 1; height: auto; scrollbar-size-vertical: 1; }
        &.-change ChangePage { display: block; }
        & #note { height: auto; max-height: 4; padding: 0 1; color: $muted; }
        & #note.-mistake { color: $error; }
        & #presses { height: 1; padding: 0 1; }
        & Press { width: auto; margin: 0 2 0 0; color: $accent; }
        & Press:hover { text-style: reverse; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "go_on", "show or write", key_display="Ctrl+S", priority=True),
        Binding("escape", "step_back", "back", key_display="Esc", priority=True),
    ]

    @dataclass
    class Worked(Message):
        """Something that takes its time is done."""

        job: int
        then: Callable[[], object]

    def __init__(self, title: str, writes: Writes) -> None:
        super().__init__()
        self._heading, self._writes = title, writes
        self._change: Change | None = None
        self._job = 0
        self.is_busy = False
        """Whether something is being done with the file."""
        self.is_writing = False
        """Whether the file is being written, which cannot be given up."""

    def compose(self) -> ComposeResult:
        """The change, a line on what is going on, and what can be done."""
        with Vertical(classes="frame") as frame:
            frame.border_title = Content(self._heading)
            yield from self.compose_pages()
            yield ChangePage()
            yield Static(id="note")
            with Horizontal(id="presses"):
                yield Press("Enter", "go_on")
                yield Press("Esc", "step_back")

    def compose_pages(self) -> ComposeResult:
        """The content of the window before the change is shown."""
        yield from ()

    def on_resize(self) -> None:
        """The pages scroll in what the frame and the lines below them leave."""
        self.fit()

    def fit(self) -> None:
        """Give each page the height that there is for it."""
        room = max(_LEAST_ROWS, self.app.size.height * 9 // 10 - _ROWS_AROUND)
        for page in self.query(VerticalScroll):
            page.styles.max_height = room

    def say(self, text: str, *, mistake: bool = False) -> None:
        """Say something below the page."""
        for note in self.query("#note").results(Static):
            note.set_class(mistake, "-mistake")
            note.update(Content(one_line(text)))

    def offer(self, forward: str, back: str) -> None:
        """Name what the keys do."""
        # Textual mounts a screen without its widgets if it is closed meanwhile.
        for press, text in zip(self.query(Press), (forward, back), strict=False):
            press.update(Content(text))
            press.display = bool(text)

    def work(self, do: Callable[[], Result], then: Callable[[Result], object]) -> None:
        """Do something with the file beside the screen, and then go on; an error is said."""
        self.is_busy = True
        self._job += 1
        job = self._job

        def run() -> None:
            try:
                result = do()
            except TimelineError as error:
                self.post_message(self.Worked(job, partial(self.failed, error)))
            else:
                self.post_message(self.Worked(job, partial(then, result)))

        # A daemon, so that the program can end before it.
        Thread(target=run, name="writing", daemon=True).start()

    def give_up(self) -> None:
        """Go on without what is being done."""
        self._job += 1
        self.is_busy = False

    @on(Worked)
    async def go_on_after(self, event: Worked) -> None:
        """Go on after something was done, unless it was given up."""
        if event.job != self._job:
            return
        self.is_busy = self.is_writing = False
        result = event.then()
        if isawaitable(result):
            await result

    def file_changed(self) -> None:
        """Say that the file is another one now."""
        if not self.is_busy and not self.query("#note.-mistake"):
            self.say(
                "The file has changed meanwhile. What you typed stays, and goes into the file as it is now."
            )

    def failed(self, error: TimelineError) -> None:
        """Say what went wrong; nothing was written."""
        self.say(str(error), mistake=True)

    @property
    def file(self) -> str:
        """The name of the file in messages."""
        return self._writes.path.name

    def read(self) -> bytes:
        """The file as it is now."""
        return bytes(read_bytes(self._writes.path))

    def show_change(self, change: Change, places: Sequence[Sequence[ChangedLine]], said: str = "") -> None:
        """Show a change, and ask whether it is to be written."""
        self._change = change
        self.add_class("-change")
        page = self.query_one(ChangePage)
        page.show_lines(places)
        self.set_focus(page)
        self.say(said or f"Not written yet: what changes in {self.file}.")
        self.offer("Enter: write it", "Esc: back")


class ChangeDialog(WritingWindow):
    """Shows one change, writes it if the user agrees, and says so."""

    def __init__(
        self,
        title: str,
        writes: Writes,
        change_of: Callable[[bytes], Change],
        done: str,
        *,
        undo: bool = False,
    ) -> None:
        """Show a change.

        Args:
            title: Of the window.
            writes: Writes it.
            change_of: Makes the change for the file as it is.
            done: The notice after it was written.
            undo: Whether the change undoes the last one.
        """
        super().__init__(title, writes)
        self._change_of, self._done, self._undo = change_of, done, undo

    def on_mount(self) -> None:
        """Find out what would change."""
        self.offer("", "Esc: close")
        self.say("Working out the change …")
        self._propose("")

    def _propose(self, said: str) -> None:
        def propose() -> tuple[Change, list[list[ChangedLine]]]:
            data = self.read()
            change = self._change_of(data)
            return change, change.lines(data)

        self.work(propose, lambda made: self.show_change(*made, said))

    def file_changed(self) -> None:
        """Say nothing: nothing was typed here, and a change that no longer fits is worked out again."""

    def failed(self, error: TimelineError) -> None:
        """Say what went wrong; a change that no longer fits is worked out again."""
        if isinstance(error, Moved) and self._undo:
            error = TimelineError("The file has changed since, so nothing was undone.")
        elif isinstance(error, Moved):
            self._propose(CHANGED_AGAIN)
            return
        super().failed(error)
        self.offer("", "Esc: close")
        self._change = None

    def action_go_on(self) -> None:
        """Write the change."""
        change = self._change
        if change is None or self.is_busy:
            return
        write = self._writes.undo if self._undo else partial(self._writes.write, change)
        self.is_writing = True
        self.work(write, self._close)

    def _close(self, _: None) -> None:
        self.dismiss(self._done)

    def action_step_back(self) -> None:
        """Close without writing."""
        if not self.is_writing:
            self.dismiss("")


class KeysMeanwhile:
    """Keys that were pressed before there was a field for them."""

    def __init__(self) -> None:
        self._keys: list[events.Key] = []

    def keep(self, key: events.Key) -> None:
        """Keep a key for later."""
        key.stop()
        # A message that is made here counts as sent by the window, and would never leave it.
        self._keys.append(Context().run(events.Key, key.key, key.character))

    def press(self, window: Window[str]) -> None:
        """Have the kept keys pressed, before what was typed since."""
        if self._keys:
            window.post_message(PressedAgain(self._keys))
            self._keys = []
