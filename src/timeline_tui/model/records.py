"""The file format as typed records, each field declared once: name, shape, meaning.

The reader, the JSON Schema and the documentation's tests all go by these declarations.
A field's shape says how it is written in the file; its Python type, what it is once read.
Text is as the author wrote it: raw, to be made visible before it is shown.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Final, Literal, NamedTuple

import msgspec
from msgspec import Meta

from timeline_tui.dates.date import Date

FORMAT: Final = "1.1"
"""The version of the format that has all that is declared here; a file that names none is of version 1."""


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
    FLAG = "true or false"
    NUMBER = "a number"
    RECORD = "a map of keys and values"
    ONE_OR_MORE = "a record or a list of records"
    RECORDS = "a list of records"
    REGISTER = "a map from id to record"


class Since(NamedTuple):
    """Marks a field that a version of the format added."""

    version: str


class Formerly(NamedTuple):
    """Marks a field that could be written in one shape only before version 1.1."""

    shape: Shape


class LongFormOf(NamedTuple):
    """Marks what another field holds where it is written in full: records in the place of a word or a text.

    It is no key of its own. The other field then says what its records come to.
    """

    name: str


Text = Annotated[str, Shape.TEXT]
Markdown = Annotated[str, Shape.MARKDOWN]
Word = Annotated[str, Shape.WORD]
Id = Annotated[str, Shape.ID]
When = Annotated[Date, Shape.DATE]
Url = Annotated[str, Shape.URL]
Language = Annotated[str, Shape.LANGUAGE]
Ids = Annotated[tuple[str, ...], Shape.IDS]
Words = Annotated[tuple[str, ...], Shape.WORDS]
Flag = Annotated[bool, Shape.FLAG]
Number = Annotated[float, Shape.NUMBER]
NEW: Final = Since(FORMAT)

Status = Literal["confirmed", "claimed", "disputed", "denied", "scheduled", "postponed", "cancelled"]
StatementStatus = Literal[
    "confirmed", "claimed", "disputed", "denied", "scheduled", "postponed", "cancelled", "withdrawn"
]
QuoteKind = Literal["direct", "paraphrase", "satire"]
WordingKind = Literal["direct", "paraphrase"]
TitleBasis = Literal["editor"]
Picture = Literal["lanes", "clocks", "map", "who", "calendar"]

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


class Note(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A note that speaks from a later day than what it stands at."""

    text: Annotated[Markdown, Meta(description="The note.")]
    known: Annotated[When | None, Meta(description="The day from which it speaks.")] = None


class StatusEntry(Record, frozen=True, kw_only=True, omit_defaults=True, rename={"is_": "is"}):
    """What an event was held to be from a day on."""

    is_: Annotated[Status, Shape.CHOICE, Meta(description="The status.")]
    by: Annotated[Ids, Meta(description="Who says so.")] = ()
    known: Annotated[
        When | None, Meta(description="The day from which it is so; only the first needs none.")
    ] = None
    sources: Annotated[Citations, Meta(description="Where that is reported.")] = ()
    note: Annotated[Markdown, Meta(description="Anything else about it.")] = ""
    dated_note: Annotated[Note | None, LongFormOf("note")] = None


class StatementStatusEntry(Record, frozen=True, kw_only=True, omit_defaults=True, rename={"is_": "is"}):
    """What a quote or a claim was held to be from a day on."""

    is_: Annotated[StatementStatus, Shape.CHOICE, Meta(description="The status.")]
    by: Annotated[Ids, Meta(description="Who says so.")] = ()
    known: Annotated[
        When | None, Meta(description="The day from which it is so; only the first needs none.")
    ] = None
    sources: Annotated[Citations, Meta(description="Where that is reported.")] = ()
    note: Annotated[Markdown, Meta(description="Anything else about it.")] = ""
    dated_note: Annotated[Note | None, LongFormOf("note")] = None


class Media(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A picture, a recording or a document, in a file or on the web."""

    path: Annotated[Text, Meta(description="The file, from the folder of the timeline on.")] = ""
    url: Annotated[Url, Meta(description="Where it can be seen.")] = ""
    caption: Annotated[Text, Meta(description="What it shows.")] = ""
    credit: Annotated[Text, Meta(description="Who made it, and who may use it.")] = ""
    date: Annotated[When | None, Meta(description="When it was made.")] = None
    sha256: Annotated[Text, Meta(description="The SHA-256 of the file, in hexadecimal digits.")] = ""


class Retraction(Record, frozen=True, kw_only=True, omit_defaults=True):
    """That a source was taken back."""

    known: Annotated[When, Meta(description="The day from which it supports nothing.")]
    by: Annotated[Text, Meta(description="Who took it back.")] = ""
    note: Annotated[Markdown, Meta(description="Anything else about it.")] = ""
    url: Annotated[Url, Meta(description="Where that is said.")] = ""
    dated_note: Annotated[Note | None, LongFormOf("note")] = None


class Correction(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What a source was corrected to."""

    known: Annotated[When, Meta(description="When it was corrected.")]
    text: Annotated[Markdown, Meta(description="What was corrected.")]
    url: Annotated[Url, Meta(description="Where that is said.")] = ""


class TextUpdate(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What was learned later of an actor or a place."""

    known: Annotated[When, Meta(description="The day from which it was known.")]
    text: Annotated[Markdown, Meta(description="What was learned.")] = ""


class TopicUpdate(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What was learned later about a question, or how it was put then."""

    known: Annotated[When, Meta(description="The day from which it was known.")]
    text: Annotated[Markdown, Meta(description="What was learned.")] = ""
    question: Annotated[Text, Meta(description="The question as it was put from then on.")] = ""


class Role(Record, frozen=True, kw_only=True, omit_defaults=True, rename={"from_": "from"}):
    """An office or a part that an actor has for a time."""

    role: Annotated[Text, Meta(description="Office or part.", examples=["Minister of Foreign Affairs"])] = ""
    of: Annotated[Id, Meta(description="The state or body that it is held for.")] = ""
    from_: Annotated[When | None, Meta(description="When it began.")] = None
    until: Annotated[When | None, Meta(description="When it ended.")] = None
    known: Annotated[When | None, Meta(description="When it became known, if that is not when it began.")] = (
        None
    )
    sources: Annotated[Citations, Meta(description="Where that is reported.")] = ()


class Settled(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What a question came to."""

    value: Annotated[Text, Meta(description="A figure or a text.", examples=["8000..10000", "no"])] = ""
    by: Annotated[Ids, Meta(description="Who says so.")] = ()
    as_of: Annotated[When | None, Meta(description="The day that the answer is about.")] = None
    known: Annotated[When, Meta(description="The day from which it was settled.")]
    sources: Annotated[Citations, Meta(description="Where that is reported.")] = ()
    note: Annotated[Markdown, Meta(description="Anything else about it.")] = ""
    open: Annotated[Flag, Meta(description="`true` where the question is open again.")] = False
    dated_note: Annotated[Note | None, LongFormOf("note")] = None


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
        Ids,
        Formerly(Shape.ID),
        Meta(description="The source that this one repeats: a re-post, a syndicated copy, a translation."),
    ] = ()
    note: Annotated[Markdown, Meta(description="Anything else about it.")] = ""
    title_basis: Annotated[
        TitleBasis | None, Shape.CHOICE, NEW, Meta(description="Whose title it is, if not the source's own.")
    ] = None
    retracted: Annotated[
        Retraction | None, Shape.RECORD, NEW, Meta(description="That it was taken back, and when.")
    ] = None
    corrections: Annotated[
        tuple[Correction, ...], Shape.RECORDS, NEW, Meta(description="What was corrected, the oldest first.")
    ] = ()
    media: Annotated[
        tuple[Media, ...], Shape.RECORDS, NEW, Meta(description="Pictures, recordings and documents.")
    ] = ()
    dated_note: Annotated[Note | None, LongFormOf("note")] = None


class Actor(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A person, state or body that acts or speaks."""

    name: Annotated[Text, Meta(description="The name shown.")]
    kind: Annotated[Word, Meta(description="What sort of actor.", examples=list(ACTOR_KINDS))] = ""
    role: Annotated[Text, Meta(description="Office or part.", examples=["Minister of Foreign Affairs"])] = ""
    of: Annotated[Id, Meta(description="The state or body that this actor acts for.")] = ""
    aliases: Annotated[Words, Meta(description="Other spellings; all are searched.")] = ()
    description: Annotated[Markdown, Meta(description="Who or what it is.")] = ""
    short: Annotated[
        Text, NEW, Meta(description="A name of 12 cells at most, where there is little room.")
    ] = ""
    roles: Annotated[
        tuple[Role, ...], Shape.RECORDS, NEW, Meta(description="Offices with their days, in place of `role`.")
    ] = ()
    updates: Annotated[
        tuple[TextUpdate, ...], Shape.RECORDS, NEW, Meta(description="What was learned later.")
    ] = ()


class Topic(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A question on which claims compete."""

    question: Annotated[Text, Meta(description="The question that the claims answer.")]
    unit: Annotated[Text, Meta(description="What the figures count; with it, claims are figures only.")] = ""
    description: Annotated[Markdown, Meta(description="What the question is about.")] = ""
    updates: Annotated[
        tuple[TopicUpdate, ...], Shape.RECORDS, NEW, Meta(description="What was learned later.")
    ] = ()
    settled: Annotated[
        tuple[Settled, ...], Shape.ONE_OR_MORE, NEW, Meta(description="What it came to, the oldest first.")
    ] = ()
    first_question: str = ""
    """The question as the file gives it first, where an update has changed it."""


class Wording(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Another version of a quote: a translation, another outlet."""

    text: Annotated[Text, Meta(description="The words, without quotation marks.")]
    language: Annotated[Language, Meta(description="The language of these words.")] = ""
    sources: Annotated[Citations, Meta(description="Who prints them so.")] = ()
    note: Annotated[Markdown, Meta(description="Anything else about this version.")] = ""
    kind: Annotated[
        WordingKind | None, Shape.CHOICE, NEW, Meta(description="Whether these are the speaker's words.")
    ] = None
    translated_from: Annotated[Language, NEW, Meta(description="The language it was translated from.")] = ""
    original: Annotated[Flag, NEW, Meta(description="`true` where these are the words first said.")] = False
    dated_note: Annotated[Note | None, LongFormOf("note")] = None


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
    id: Annotated[Id, NEW, Meta(description="Its name, unique in the event.")] = ""
    status: Annotated[
        StatementStatus | None, Shape.CHOICE, NEW, Meta(description="Whether it stands, and who disputes it.")
    ] = None
    statuses: Annotated[tuple[StatementStatusEntry, ...], LongFormOf("status")] = ()
    dated_note: Annotated[Note | None, LongFormOf("note")] = None


class Claim(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody's answer to a topic's question."""

    about: Annotated[Id, Meta(description="The topic.")]
    by: Annotated[Id, Meta(description="The actor who says so.")]
    value: Annotated[Text, Meta(description="A figure or a text.", examples=["8000..10000", "~8000", "no"])]
    date: Annotated[When | None, Meta(description="When it was said; the event's date if missing.")] = None
    sources: Annotated[Citations, Meta(description="Who reports it.")] = ()
    note: Annotated[Markdown, Meta(description="Anything else about it.")] = ""
    id: Annotated[Id, NEW, Meta(description="Its name, unique in the event.")] = ""
    status: Annotated[
        StatementStatus | None, Shape.CHOICE, NEW, Meta(description="Whether it stands, and who disputes it.")
    ] = None
    statuses: Annotated[tuple[StatementStatusEntry, ...], LongFormOf("status")] = ()
    dated_note: Annotated[Note | None, LongFormOf("note")] = None


class Postponement(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A planned date that did not hold."""

    date: Annotated[When, Meta(description="The date planned.")]
    known: Annotated[When | None, Meta(description="When that plan became known.")] = None


class Update(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What was learned later of an event."""

    known: Annotated[When, Meta(description="The day from which it was known.")]
    text: Annotated[Markdown, Meta(description="What was learned.")] = ""
    title: Annotated[Text, Meta(description="The event's title from then on.")] = ""
    date: Annotated[When | None, Meta(description="The event's date as known from then on.")] = None
    place: Annotated[Text, Meta(description="The event's place as known from then on.")] = ""
    actors: Annotated[
        dict[str, str], Shape.ROLES, Meta(description="Who took part, as known from then on.")
    ] = {}
    outcome: Annotated[Text, Meta(description="What came of it, as known from then on.")] = ""
    sources: Annotated[Citations, Meta(description="Where that is reported.")] = ()


class Outcome(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What was known of an event's outcome from a day on."""

    text: Annotated[Text, Meta(description="What came of it.")]
    known: Annotated[
        When | None, Meta(description="The day from which it was known; only the first needs none.")
    ] = None
    sources: Annotated[Citations, Meta(description="Where that is reported.")] = ()


class BeforeUpdates(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an event's own keys say where updates have changed it; None where none has."""

    date: Date | None = None
    title: str | None = None
    outcome: str | None = None
    place: str | None = None
    places: tuple[str, ...] | None = None
    actors: dict[str, str] | None = None


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
    places: Annotated[Ids, NEW, Meta(description="Where, if in more than one place.")] = ()
    updates: Annotated[
        tuple[Update, ...], Shape.RECORDS, NEW, Meta(description="What was learned later, the oldest first.")
    ] = ()
    media: Annotated[
        tuple[Media, ...], Shape.RECORDS, NEW, Meta(description="Pictures, recordings and documents.")
    ] = ()
    statuses: Annotated[tuple[StatusEntry, ...], LongFormOf("status")] = ()
    outcomes: Annotated[tuple[Outcome, ...], LongFormOf("outcome")] = ()
    before_updates: BeforeUpdates | None = None


class Place(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Where something happened."""

    name: Annotated[Text, Meta(description="The name shown.")]
    lat: Annotated[Number | None, Meta(description="Degrees north of the equator, in WGS 84.")] = None
    lon: Annotated[Number | None, Meta(description="Degrees east of Greenwich, in WGS 84.")] = None
    within: Annotated[Id, Meta(description="The place that it lies in; geography, not sovereignty.")] = ""
    aliases: Annotated[Words, Meta(description="Other spellings; all are searched.")] = ()
    precision: Annotated[Number | None, Meta(description="Kilometres, where only the area is known.")] = None
    description: Annotated[Markdown, Meta(description="What sort of place it is.")] = ""
    updates: Annotated[
        tuple[TextUpdate, ...], Shape.RECORDS, Meta(description="What was learned later.")
    ] = ()


class Step(Record, frozen=True, kw_only=True, omit_defaults=True, rename={"from_": "from"}):
    """One step of a story: what is shown, and what is said beside it."""

    event: Annotated[Id, Meta(description="The event shown.")] = ""
    quote: Annotated[Id, Meta(description="One of the event's quotes.")] = ""
    topic: Annotated[Id, Meta(description="The topic shown.")] = ""
    picture: Annotated[Picture | None, Shape.CHOICE, Meta(description="The picture shown.")] = None
    text: Annotated[Markdown, Meta(description="What is said beside it, in a sentence or two.")] = ""
    known_on: Annotated[When | None, Meta(description="The day as of which it is shown.")] = None
    without: Annotated[Ids, Meta(description="The sources that are taken away.")] = ()
    filter: Annotated[Text, Meta(description="A query: what of the timeline is shown.")] = ""
    from_: Annotated[When | None, Meta(description="The first day shown.")] = None
    until: Annotated[When | None, Meta(description="The last day shown.")] = None
    notes: Annotated[Markdown, Meta(description="For whoever presents it.")] = ""


class Story(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A way through the timeline, told step by step."""

    title: Annotated[Text, Meta(description="The story's title.")]
    description: Annotated[Markdown, Meta(description="What it tells.")] = ""
    steps: Annotated[tuple[Step, ...], Shape.RECORDS, Meta(description="Its steps, in their order.")] = ()


class Header(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A timeline without its events."""

    title: Annotated[Text, Meta(description="The timeline's title.")]
    description: Annotated[Markdown, Meta(description="What it tells and how.")] = ""
    language: Annotated[Language, Meta(description="Language of the file's own text.")] = "en"
    updated: Annotated[When | None, Meta(description="When the account was last brought up to date.")] = None
    sources: Annotated[dict[str, Source], Shape.REGISTER, Meta(description="Sources by id.")] = {}
    actors: Annotated[dict[str, Actor], Shape.REGISTER, Meta(description="Actors by id.")] = {}
    topics: Annotated[dict[str, Topic], Shape.REGISTER, Meta(description="Topics by id.")] = {}
    format: Annotated[Word, Meta(description="The version of the format.", examples=[FORMAT])] = ""
    places: Annotated[dict[str, Place], Shape.REGISTER, NEW, Meta(description="Places by id.")] = {}
    stories: Annotated[dict[str, Story], Shape.REGISTER, NEW, Meta(description="Stories by id.")] = {}
