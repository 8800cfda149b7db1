"""The visits: what is new in a timeline, told to its screen, and remembered for the next time."""

from __future__ import annotations

from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from timeline_tui.research import AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline_tui.index import Index
    from timeline_tui.news import News
    from timeline_tui.opening import Opened


def look_up_news(opened: Opened, tell: Callable[[News, str], object]) -> None:
    """Find out what is new in a timeline since its last visit, and remember this one.

    A long one is gone through beside the screen, in a thread of its own.

    Args:
        opened: The whole timeline.
        tell: Called with what is new, and what the user should know of it, on one line; mostly empty.
    """
    if opened.index.total <= AT_ONCE:
        tell(*_looked_up(opened.path, opened.index))
        return
    index = opened.index.reader()
    # Nobody waits for it at the end of the program.
    Thread(target=lambda: tell(*_looked_up(opened.path, index)), name="visits", daemon=True).start()


def _looked_up(path: str, index: Index) -> tuple[News, str]:
    from timeline_tui.news import news_of  # noqa: PLC0415  not before the first frame
    from timeline_tui.visits import Visits  # noqa: PLC0415  not before the first frame

    visits = Visits.of_user()
    news = news_of(index.prints(), visits.read(Path(path)))
    notice = news.notice
    if news or news.first:
        notice = visits.write(Path(path), ((id_, print_) for _, id_, print_ in index.prints())) or notice
    return news, notice
