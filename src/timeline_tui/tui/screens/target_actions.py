"""What a key does with the selected quote, claim or event: cite it, open its sources, find its actor."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from timeline_tui.answers.statements import cite, cite_claim
from timeline_tui.pages.event_card import other_citations
from timeline_tui.text.addresses import host_of, is_address
from timeline_tui.text.sanitize import one_line
from timeline_tui.tui.screens.dialogs import Choice

if TYPE_CHECKING:
    from textual.app import App

    from timeline_tui.drawing.lines import Target
    from timeline_tui.timeline.view import View

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


def archived_choices(view: View, target: Target) -> tuple[list[Choice], list[str]]:
    """Like `source_choices()`, but only archived copies."""
    ids = {source.archive_url for source in view.header.sources.values() if source.archive_url}
    kept = [pair for pair in zip(*source_choices(view, target), strict=True) if pair[1] in ids]
    return [choice for choice, _ in kept], [address for _, address in kept]


def source_choices(view: View, target: Target) -> tuple[list[Choice], list[str]]:
    """The sources of a quote or claim, then those of its event and of the other quotes; and their addresses.

    Each source is listed once, an archived copy as a choice of its own.
    """
    event = view.event(target.key)
    quotes = event.quotes[target.quote : target.quote + 1]
    further = other_citations(event, target.quote)
    citations = [*(citation for quote in quotes for citation in quote.sources), *event.sources, *further]
    choices, addresses = [], []
    for id_ in dict.fromkeys([*target.sources, *(citation.id for citation in citations)]):
        source = view.source(id_)
        if source is None:
            continue
        host = host_of(source.url) or "no address"
        facts = [host, source.publisher, view.date_in_words(source.date) if source.date else "", source.title]
        choices.append(Choice(" · ".join(one_line(fact) for fact in facts if fact), one_line(source.url)))
        addresses.append(source.url)
        if source.archive_url:
            choices.append(Choice(f"archived: {choices[-1].title}", one_line(source.archive_url)))
            addresses.append(source.archive_url)
    return choices, addresses


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
