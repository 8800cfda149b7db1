"""A small app for the tests of the terminal: `python terminal_app.py [what goes wrong]`."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Input, Static

from timeline_tui.cli.show import can_paint
from timeline_tui.tui.terminal.keyboard import Keyboard
from timeline_tui.tui.terminal.run import run_app
from timeline_tui.tui.widgets.palette import Palette

if TYPE_CHECKING:
    from textual.events import Key, Paste, Resize


class Lines(ScrollView, can_focus=True):
    def on_mount(self) -> None:
        self.virtual_size = Size(200, 1000)

    def render_line(self, y: int) -> Strip:
        x, top = self.scroll_offset
        strip = Strip([Segment(f"line {top + y} ".ljust(200, "."))])
        return strip.crop_extend(x, x + self.size.width, None)


class TerminalApp(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit"),
        Binding("ctrl+z", "suspend_process"),
        Binding("ctrl+e", "edit"),
        Binding("ctrl+b", "block"),
        Binding("ctrl+o", "outside"),
    ]

    def __init__(self, fault: str) -> None:
        super().__init__()
        self._fault = fault
        self._keys = 0

    def compose(self) -> ComposeResult:
        if self._fault == "compose":
            raise ValueError("fault\x1b]0;title\x07 in compose")
        yield Static("", id="said", markup=False)
        yield Static("", id="size")
        yield Input()
        yield Lines()

    def on_mount(self) -> None:
        self.query_one(Lines).focus()
        fault = self._fault
        if fault == "mount":
            raise ValueError("fault in mount")
        if fault == "worker":
            self._fail_in_worker()
        if fault == "thread worker":
            self._fail_in_thread_worker()
        if fault == "thread":
            threading.Thread(target=_fail).start()
        if fault == "task":
            asyncio.get_running_loop().call_soon(_fail)
        if fault == "input":
            Keyboard.tick = _fail  # type: ignore[method-assign,assignment]  # a fault to be found
        if fault == "message":
            self.exit(return_code=3, message="farewell \x1b]0;x\x07")
        if fault == "busy worker":
            self._wait_in_thread_worker()
        self.call_after_refresh(self.say, f"ready {fault}")

    def on_unmount(self) -> None:
        if self._fault == "unmount":
            _fail()

    @work
    async def _fail_in_worker(self) -> None:
        _fail()

    @work(thread=True)
    def _fail_in_thread_worker(self) -> None:
        _fail()

    @work(thread=True)
    def _wait_in_thread_worker(self) -> None:
        threading.Event().wait()

    def say(self, words: str) -> None:
        self.query_one("#said", Static).update(f"<{words}> {self._keys}")

    def on_key(self, event: Key) -> None:
        self._keys += 1
        self.say(f"key {event.key}")

    def on_paste(self, event: Paste) -> None:
        self.say(f"paste {len(event.text)} {event.text[:20]}")

    def on_resize(self, event: Resize) -> None:
        if self.query("#size"):
            self.query_one("#size", Static).update(f"<size {event.size.width}x{event.size.height}>")

    def action_command_palette(self) -> None:
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def action_edit(self) -> None:
        with self.suspend():
            subprocess.run(["sh", "-c", "echo editing; exec cat"], check=False)
        self.say("edited")

    def action_block(self) -> None:
        self.bell()
        while True:
            time.sleep(0.01)

    def action_outside(self) -> None:
        raise KeyError("fault in action")


def _fail(*_: object) -> None:
    raise ValueError("fault")


if __name__ == "__main__":
    if reason := can_paint():
        sys.exit(reason)
    sys.exit(run_app(TerminalApp(" ".join(sys.argv[1:]))))
