"""A program with commands to complete: what the shells' tests ask, in little to load."""

from __future__ import annotations

from timeline_tui.cli.completion import Providers
from timeline_tui.cli.parser import parser_for
from timeline_tui.query.vocabulary import Vocabulary

COMMANDS = ("list", "check", "completion")
VOCABULARY = Vocabulary(
    {
        "actor": {"council": "Town council", "counsel": "Counsel", "mayor": "The mayor"},
        "kind": {"vote": "vote", "statement": "statement"},
        "place": {
            "New York": "New York",
            'The "Rock"': 'The "Rock"',
            "Rue $(touch owned)": "x",
            "it's `id`": "x",
        },
        "tag": {"quay": "quay", "\u202equay": "x"},
        "topic": {"height": "How high?", "cost": "What cost?"},
        "has": {"quotes": "quotes"},
    }
)


def providers(known: Vocabulary | None = VOCABULARY) -> Providers:
    return Providers(COMMANDS, parser_for, lambda _: known)
