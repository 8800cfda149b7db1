"""The visits: what is new in a timeline, told to its screen, and remembered for the next time."""

from __future__ import annotations

from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from timeline_tui.timeline.background import AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline_tui.answers.changes import Changes
    from timeline_tui.index.index import Index
    from timeline_tui.loading.open_timeline import Opened
    from timeline_tui.storage.visits import Seen


def look_up_news(opened: Opened, seen: Seen | None, tell: Callable[[Changes, str, Seen], object]) -> None:
    """Find out what is new in a timeline since its last visit, and remember this one.

    A long one is gone through beside the screen, in a thread of its own.

    Args:
        opened: The whole timeline.
        seen: What was seen before this program was started, if that is known already.
        tell: Called with what is new, what the user should know of it, on one line and mostly empty, and
            with what was seen before.
    """
    if opened.index.total <= AT_ONCE:
        tell(*_looked_up(opened.path, opened.index, seen))
        return
    index = opened.index.reader()
    # Nobody waits for it at the end of the program.
    Thread(target=lambda: tell(*_looked_up(opened.path, index, seen)), name="visits", daemon=True).start()


def _looked_up(path: str, index: Index, seen: Seen | None) -> tuple[Changes, str, Seen]:
    from timeline_tui.answers.changes import changes_since  # noqa: PLC0415  not before the first frame
    from timeline_tui.storage.visits import Visits  # noqa: PLC0415  not before the first frame

    visits = Visits.of_user()
    seen = visits.read(Path(path)) if seen is None else seen
    news = changes_since(index.prints(), seen)
    notice = news.notice
    if news or news.first:
        notice = visits.write(Path(path), ((id_, print_) for _, id_, print_ in index.prints())) or notice
    else:
        visits.touch(Path(path))
    return news, notice, seen
