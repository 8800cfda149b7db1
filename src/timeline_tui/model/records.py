"""The file format as typed records, each field declared once: name, shape, meaning.

The reader, the JSON Schema and the documentation's tests all go by these declarations.
A field's shape says how it is written in the file; its Python type, what it is once read.
Text is as the author wrote it: raw, to be made visible before it is shown.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from timeline_tui.dates.date import Date


class Shape(Enum):
    """How a field is written in the file."""

    TEXT = "text"
    MARKDOWN = "Markdown"
    WORD = "a word"
    ID = "an id"
    DATE = "a date in EDTF"
    URL = "an http or https address"
    LANGUAGE = "a BCP 47 language tag"
    CHOICE = "one of a fixed list of words"
    IDS = "an id or a list of ids"
    WORDS = "a list of words"
    CITATIONS = "a list of source ids or {id, at}"
    ROLES = "a list of actor ids, or a map from actor id to role"
    LINKS = "a map from relation to a list of event ids"
    RECORDS = "a list of records"
    REGISTER = "a map from id to record"


Text = Annotated[str, Shape.TEXT]
Markdown = Annotated[str, Shape.MARKDOWN]
Word = Annotated[str, Shape.WORD]
Id = Annotated[str, Shape.ID]
When = Annotated[Date, Shape.DATE]
Url = Annotated[str, Shape.URL]
Language = Annotated[str, Shape.LANGUAGE]
Ids = Annotated[tuple[str, ...], Shape.IDS]
Words = Annotated[tuple[str, ...], Shape.WORDS]

Status = Literal["confirmed", "claimed", "disputed", "denied", "scheduled", "postponed", "cancelled"]
QuoteKind = Literal["direct", "paraphrase", "satire"]

ACTOR_KINDS = ("person", "state", "organisation", "alliance", "media")
SOURCE_KINDS = ("report", "wire", "official", "interview", "commentary", "satire", "data")
RELATIONS = (
    "leads-to", "responds-to", "confirms", "denies", "contradicts", "ratifies", "part-of",
)  # fmt: skip


class Citation(msgspec.Struct, frozen=True, omit_defaults=True):
    """A source, and where in it."""

    id: Annotated[Id, Meta(description="The source's id.")]
    at: Annotated[Text, Meta(description="Where in the source.", examples=["para. 4"])] = ""
    extra: dict[str, object] = {}
    """As in a `Record`."""


Citations = Annotated[tuple[Citation, ...], Shape.CITATIONS]


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What every record of a file has beside its fields."""

    line: int = 0
    """Line of the record's first key, from 1; 0 for a record that no file holds."""
    column: int = 0
    extra: dict[str, object] = {}
    """Keys that the format does not know, with plain data as their values (text, list, dict)."""


class Source(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Where something is reported."""

    title: Annotated[Text, Meta(description="The source's title.")]
    publisher: Annotated[Text, Meta(description="Who published it.")] = ""
    author: Annotated[Text, Meta(description="Who wrote it.")] = ""
    date: Annotated[When | None, Meta(description="When it was published.")] = None
    url: Annotated[Url, Meta(description="Where it can be read.")] = ""
    archive_url: Annotated[Url, Meta(description="Where an archived copy can be read.")] = ""
    language: Annotated[Language, Meta(description="The source's language.")] = ""
    kind: Annotated[Word, Meta(description="What sort of source.", examples=list(SOURCE_KINDS))] = ""
    derived_from: Annotated[
        Id,
        Meta(description="The source that this one repeats: a re-post, a syndicated copy, a translation."),
    ] = ""
    note: Annotated[Markdown, Meta(description="Anything else about it.")] = ""


class Actor(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A person, state or body that acts or speaks."""

    name: Annotated[Text, Meta(description="The name shown.")]
    kind: Annotated[Word, Meta(description="What sort of actor.", examples=list(ACTOR_KINDS))] = ""
    role: Annotated[Text, Meta(description="Office or part.", examples=["Minister of Foreign Affairs"])] = ""
    of: Annotated[Id, Meta(description="The state or body that this actor acts for.")] = ""
    aliases: Annotated[Words, Meta(description="Other spellings; all are searched.")] = ()
    description: Annotated[Markdown, Meta(description="Who or what it is.")] = ""


class Topic(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A question on which claims compete."""

    question: Annotated[Text, Meta(description="The question that the claims answer.")]
    unit: Annotated[Text, Meta(description="What the figures count; with it, claims are figures only.")] = ""
    description: Annotated[Markdown, Meta(description="What the question is about.")] = ""


class Wording(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Another version of a quote: a translation, another outlet."""

    text: Annotated[Text, Meta(description="The words, without quotation marks.")]
    language: Annotated[Language, Meta(description="The language of these words.")] = ""
    sources: Annotated[Citations, Meta(description="Who prints them so.")] = ()
    note: Annotated[Markdown, Meta(description="Anything else about this version.")] = ""


class Quote(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What somebody said, in whose words."""

    speaker: Annotated[Id, Meta(description="The actor who said it.")]
    text: Annotated[Text, Meta(description="The words, without quotation marks.")]
    date: Annotated[When | None, Meta(description="When it was said; the event's date if missing.")] = None
    to: Annotated[Ids, Meta(description="To whom it was said.")] = ()
    language: Annotated[Language, Meta(description="The language of `text`.")] = ""
    translated_from: Annotated[Language, Meta(description="The language it was translated from.")] = ""
    kind: Annotated[QuoteKind, Shape.CHOICE, Meta(description="Whether these are the speaker's words.")] = (
        "direct"
    )
    sources: Annotated[Citations, Meta(description="Who prints it.")] = ()
    wordings: Annotated[
        tuple[Wording, ...], Shape.RECORDS, Meta(description="Other versions of the same utterance.")
    ] = ()
    note: Annotated[Markdown, Meta(description="Anything else about it.")] = ""


class Claim(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody's answer to a topic's question."""

    about: Annotated[Id, Meta(description="The topic.")]
    by: Annotated[Id, Meta(description="The actor who says so.")]
    value: Annotated[Text, Meta(description="A figure or a text.", examples=["8000..10000", "~8000", "no"])]
    date: Annotated[When | None, Meta(description="When it was said; the event's date if missing.")] = None
    sources: Annotated[Citations, Meta(description="Who reports it.")] = ()
    note: Annotated[Markdown, Meta(description="Anything else about it.")] = ""


class Postponement(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A planned date that did not hold."""

    date: Annotated[When, Meta(description="The date planned.")]
    known: Annotated[When | None, Meta(description="When that plan became known.")] = None


class Event(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Something that happened, was said to happen, or is planned."""

    id: Annotated[Id, Meta(description="Needed to be linked to; made from the title if missing.")] = ""
    date: Annotated[When, Meta(description="When it happened.", examples=["2024-11-06", "2024-11", "2024~"])]
    title: Annotated[Text, Meta(description="What happened, in a line.")]
    text: Annotated[Markdown, Meta(description="What happened, in full.")] = ""
    kind: Annotated[
        Word, Meta(description="What sort of event.", examples=["meeting", "statement", "vote", "launch"])
    ] = ""
    status: Annotated[
        Status,
        Shape.CHOICE,
        Meta(description="Whether the act is established, not whether what was said in it is true."),
    ] = "confirmed"
    by: Annotated[Ids, Meta(description="Who claims it, also where others dispute or deny it.")] = ()
    known: Annotated[
        When | None, Meta(description="When it first became public, if that is not its own date.")
    ] = None
    postponed: Annotated[
        tuple[Postponement, ...], Shape.RECORDS, Meta(description="Earlier planned dates, oldest first.")
    ] = ()
    outcome: Annotated[Text, Meta(description="What came of it; not shown before the event's date.")] = ""
    place: Annotated[Text, Meta(description="Where.")] = ""
    actors: Annotated[
        dict[str, str], Shape.ROLES, Meta(description="Who took part, each with a role or none.")
    ] = {}
    tags: Annotated[Words, Meta(description="Words to find it by.")] = ()
    sources: Annotated[Citations, Meta(description="Where it is reported.")] = ()
    quotes: Annotated[tuple[Quote, ...], Shape.RECORDS, Meta(description="What was said.")] = ()
    claims: Annotated[tuple[Claim, ...], Shape.RECORDS, Meta(description="Answers to topics.")] = ()
    links: Annotated[
        dict[str, tuple[str, ...]],
        Shape.LINKS,
        Meta(description="How it hangs together with other events.", examples=list(RELATIONS)),
    ] = {}


class Header(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A timeline without its events."""

    title: Annotated[Text, Meta(description="The timeline's title.")]
    description: Annotated[Markdown, Meta(description="What it tells and how.")] = ""
    language: Annotated[Language, Meta(description="Language of the file's own text.")] = "en"
    updated: Annotated[When | None, Meta(description="When the account was last brought up to date.")] = None
    sources: Annotated[dict[str, Source], Shape.REGISTER, Meta(description="Sources by id.")] = {}
    actors: Annotated[dict[str, Actor], Shape.REGISTER, Meta(description="Actors by id.")] = {}
    topics: Annotated[dict[str, Topic], Shape.REGISTER, Meta(description="Topics by id.")] = {}
