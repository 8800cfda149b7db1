"""Texts that try to control a terminal or a page, and a timeline that has one of them everywhere."""

from __future__ import annotations

import re

HOSTILE = {
    "sic": "[sic]",
    "open tag": "[/",
    "closing tag": "[/b] [b",
    "action": "[@click=app.quit]x[/]",
    "style": "[red on blue]x[/red on blue]",
    "nested": "[type=x, v={'a[0]'}]",
    "rich": "[link=file:///etc/passwd]x[/link] :smile:",
    "backslash": "\\[b] \\",
    "escape": "\x1b[2J\x1b[31mred",
    "title": "\x1b]0;owned\x07",
    "clipboard": "\x1b]52;c;aGFja2Vk\x07",
    "link": "\x1b]8;;https://evil.example\x1b\\x\x1b]8;;\x1b\\",
    "c1": "\x9b31m \x9d0;x\x9c",
    "device": "\x1bP+q544e\x1b\\ \x1b[c",
    "bidi": "\u202egnp.exe\u2066x\u2069",
    "zero width": "a\u200bb\ufeffc",
    "bell": "\x07\x08\x0b\x0c\x7f",
    "nul": "a\x00b",
    "carriage": "good\rbad",
    "separators": "one\u2028two\u2029three\x85four",
    "combining": "Z̸̡̢̛̫̗̘" * 5,
    "wide": "漢字" * 30,
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈" * 6,
    "arabic": "مرحبا بالعالم",
    "long": "x" * 5000,
    "substitution": "$title {title} %s ${HOME} `id`",
}

TEMPLATE = """\
title: {text}
description: {text}
{key}: {text}
sources:
  s:
    {{title: {text}, publisher: {text}, author: {text}, date: 2024-01-01, url: https://example.org/,
     kind: {text}, note: {text}, extra: {text}}}
actors:
  a: {{name: {text}, kind: {text}, role: {text}, aliases: [{text}], description: {text}}}
topics:
  t: {{question: {text}, description: {text}}}
events:
  - id: e
    date: 2024-01-01
    title: {text}
    text: {text}
    kind: {text}
    status: claimed
    by: a
    outcome: {text}
    place: {text}
    actors: {{a: {text}}}
    tags: [{text}]
    sources: [{{id: s, at: {text}}}]
    extra: {{{key}: [{text}]}}
    quotes:
      - speaker: a
        text: {text}
        to: a
        language: en
        sources: [s]
        note: {text}
        extra: {text}
        wordings: [{{text: {text}, language: en, sources: [s], note: {text}}}]
    claims:
      - {{about: t, by: a, value: {text}, sources: [s], note: {text}}}
    links: {{{key}: [e, gone]}}
"""


def quoted(text: str) -> str:
    """`text` as a YAML scalar in double quotes, so that libyaml lets every character through."""
    escaped = "".join(
        character if character.isprintable() and character not in '"\\' else f"\\U{ord(character):08X}"
        for character in text
    )
    return f'"{escaped}"'


def assert_harmless(shown: str, what: str) -> None:
    """No character of what is shown controls a terminal; `what` names it in the message."""
    bad = re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    assert bad is None, f"{what} holds a control character: {shown!r}"
