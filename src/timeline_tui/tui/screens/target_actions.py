"""What a key does with the selected quote, claim or event: cite it, open its sources, find its actor."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

from timeline_tui.answers.statements import cite, cite_claim
from timeline_tui.dates.day_numbers import to_civil
from timeline_tui.dates.edtf import BEGINNING
from timeline_tui.pages.event_card import other_citations
from timeline_tui.text.addresses import host_of, is_address
from timeline_tui.text.sanitize import one_line
from timeline_tui.tui.screens.dialogs import Choice

if TYPE_CHECKING:
    from textual.app import App

    from timeline_tui.dates.date import Date
    from timeline_tui.drawing.lines import Target
    from timeline_tui.timeline.protocol import TimelineView as View

_FIRST_CAPTURES, _LAST_YEAR = 1996, 9999
"""The year of the first captures of the web archive, and the last that its addresses can name."""
_NOTICE_SECONDS = 30
"""How long an address is shown, so that it can be written down."""


def citation_of(view: View, target: Target) -> str:
    """The citation of a quote or a claim, or of its event if there is neither."""
    event = view.event(target.key)
    if 0 <= target.claim < len(event.claims):
        return cite_claim(view, event, event.claims[target.claim])
    quotes = event.quotes[target.quote : target.quote + 1]
    return cite(view, event, quotes[0] if quotes else None)


def actor_of(view: View, target: Target) -> str:
    """The id of the speaker of a quote or claim, else of the first actor of its event; empty for none."""
    event = view.event(target.key)
    if 0 <= target.claim < len(event.claims):
        return event.claims[target.claim].by
    speakers = [quote.speaker for quote in event.quotes[target.quote : target.quote + 1]]
    named = [*speakers, *event.actors, *event.by, *(claim.by for claim in event.claims)]
    return next((id_ for id_ in named if view.actor(id_) is not None), "")


class SourceChoice(NamedTuple):
    """An address of a source that can be opened."""

    choice: Choice
    address: str
    source: str
    """The id of the source."""


def archived_choices(view: View, target: Target) -> list[SourceChoice]:
    """Like `source_choices()`, but archived copies; where none is known, what the web archive has."""
    found = []
    for choice, address, id_ in source_choices(view, target):
        source = view.header.sources[id_]
        if source.archive_url:
            if address == source.archive_url:
                found.append(SourceChoice(choice, address, id_))
        elif capture := capture_address(source.url, source.date or view.event(target.key).date):
            title = f"look for it in the web archive: {choice.title}"
            found.append(SourceChoice(Choice(title, one_line(capture)), capture, id_))
    return found


def capture_address(address: str, day: Date) -> str:
    """Where the web archive shows its capture of a page that is nearest to a day; empty if it can have none.

    The address is that of https://archive.org/help/wayback_api.php: the day in eight digits, then the page.
    """
    if not is_address(address):
        return ""
    year, month, of_month = to_civil(day.earliest) if day.earliest > BEGINNING else (0, 0, 0)
    when = f"{year:04}{month:02}{of_month:02}/" if _FIRST_CAPTURES <= year <= _LAST_YEAR else ""
    return f"https://web.archive.org/web/{when}{address}"


def source_choices(view: View, target: Target) -> list[SourceChoice]:
    """The sources of a quote or claim, then those of its event and of the other quotes.

    Each source is listed once, an archived copy as a choice of its own.
    """
    event = view.event(target.key)
    quotes = event.quotes[target.quote : target.quote + 1]
    further = other_citations(event, target.quote)
    citations = [*(citation for quote in quotes for citation in quote.sources), *event.sources, *further]
    found = []
    for id_ in dict.fromkeys([*target.sources, *(citation.id for citation in citations)]):
        source = view.source(id_)
        if source is None:
            continue
        date = view.date_in_words(source.date) if source.date else ""
        facts = [host_of(source.url), source.publisher, date, source.title]
        title = " · ".join(one_line(fact) for fact in facts if fact) or one_line(id_)
        choice = Choice(title, one_line(source.url) or "no address")
        found.append(SourceChoice(choice, source.url, id_))
        if source.archive_url:
            archived = Choice(f"archived: {choice.title}", one_line(source.archive_url))
            found.append(SourceChoice(archived, source.archive_url, id_))
    return found


def open_source(app: App[Any], address: str) -> None:
    """Open an address in the browser; only http and https addresses are opened.

    If no browser can be opened where the user sees it, the address is shown and copied instead.
    """
    from timeline_tui.tui.desktop import browse, no_browser  # noqa: PLC0415  not before it is asked for

    if not address:
        app.notify("This source has no address.", markup=False)
    elif not is_address(address):
        app.notify("Only http and https addresses can be opened.", severity="warning", markup=False)
    elif not app.is_web and (reason := no_browser(os.environ)):
        _show_address(app, address, reason)
    elif problem := browse(app, address):
        app.notify(problem, severity="warning", markup=False)


def _show_address(app: App[Any], address: str, reason: str) -> None:
    """Show an address, and copy it to the clipboard."""
    app.copy_to_clipboard(address)
    message = f"{reason} The address (also copied, if your terminal allows it):\n{address}"
    app.notify(message, title="Open it yourself", severity="warning", timeout=_NOTICE_SECONDS, markup=False)
