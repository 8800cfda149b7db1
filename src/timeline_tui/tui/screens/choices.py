"""What the windows offer: the problems of a file, the sources of what is read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from timeline_tui.model.problems import Problem, Severity
from timeline_tui.pages.event_card import other_citations
from timeline_tui.text.addresses import host_of, is_address
from timeline_tui.text.sanitize import one_line
from timeline_tui.tui.screens.dialogs import Choice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import App

    from timeline_tui.timeline.view import View
    from timeline_tui.tui.open_page import Read

_READING = 30
"""Seconds that an address stands there to be written down."""


def problem_choices(problems: Sequence[Problem]) -> list[Choice]:
    """A choice for each problem, in the same order."""
    return [
        Choice(
            one_line(f"line {problem.line}, column {problem.column}: {problem.severity} {problem.code}"),
            one_line(f"{problem.message} ({problem.hint})" if problem.hint else problem.message),
            problem.severity is Severity.ERROR,
        )
        for problem in problems
    ]


def archived_choices(view: View, read: Read) -> tuple[list[Choice], list[str]]:
    """As `source_choices()`, but archived copies alone."""
    ids = {source.archive_url for source in view.header.sources.values() if source.archive_url}
    kept = [pair for pair in zip(*source_choices(view, read), strict=True) if pair[1] in ids]
    return [choice for choice, _ in kept], [address for _, address in kept]


def source_choices(view: View, read: Read) -> tuple[list[Choice], list[str]]:
    """The sources of what is read, of its event and of the rest, each once, and their addresses beside them.

    An archived copy is a choice of its own.
    """
    event = view.event(read.key)
    quotes = event.quotes[read.quote_number : read.quote_number + 1]
    further = other_citations(event, read.quote_number)
    citations = [*(citation for quote in quotes for citation in quote.sources), *event.sources, *further]
    choices, addresses = [], []
    for id_ in dict.fromkeys([*read.sources, *(citation.id for citation in citations)]):
        source = view.source(id_)
        if source is None:
            continue
        host = host_of(source.url) or "no address given"
        facts = [host, source.publisher, view.date_in_words(source.date) if source.date else "", source.title]
        choices.append(Choice(" · ".join(one_line(fact) for fact in facts if fact), one_line(source.url)))
        addresses.append(source.url)
        if source.archive_url:
            choices.append(Choice(f"archived: {choices[-1].title}", one_line(source.archive_url)))
            addresses.append(source.archive_url)
    return choices, addresses


def open_source(app: App[Any], address: str) -> None:
    """Open an address in the browser; anything but a plain http or https address is refused.

    Where no browser can be opened that the reader would see, the address is shown and copied instead.
    """
    from timeline_tui.tui.desktop import browse, no_browser  # noqa: PLC0415  not before it is asked for

    if not address:
        app.notify("No address is given for this source.", markup=False)
    elif not is_address(address):
        app.notify("Only http and https addresses are opened.", severity="warning", markup=False)
    elif not app.is_web and (reason := no_browser(os.environ)):
        _give(app, address, reason)
    elif problem := browse(app, address):
        app.notify(problem, severity="warning", markup=False)


def _give(app: App[Any], address: str, reason: str) -> None:
    """Show an address, and put it where the terminal can paste it from."""
    app.copy_to_clipboard(address)
    said = f"{reason} The address, which is copied if your terminal lets programs copy:\n{address}"
    app.notify(said, title="Open it yourself", severity="warning", timeout=_READING, markup=False)
