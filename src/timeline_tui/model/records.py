"""The file format as typed records; each field is declared once, with its name, shape and meaning.

The reader, the JSON Schema and the tests of the documentation use these declarations.
The shape of a field says how it is written in the file; its Python type, what it is after reading.
Text is raw, as in the file, and must be made safe before it is shown.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Final, Literal, NamedTuple

import msgspec
from msgspec import Meta

from timeline_tui.dates.date import Date

FORMAT: Final = "1.1"
"""The version of the format with everything declared here; a file without a version is in version 1."""


class Shape(Enum):
    """How a field is written in the file."""

    TEXT = "text"
    MARKDOWN = "Markdown"
    WORD = "a word"
    ID = "an id"
    DATE = "a date in EDTF"
    URL = "an http or https URL"
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
    """Marks a field that had only one shape, this one, before version 1.1."""

    shape: Shape


class LongFormOf(NamedTuple):
    """Marks an attribute for the long form of another field: records instead of a word or a text.

    It has no key of its own. The other field then has the value that results from these records.
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
    """A source, and the place in it."""

    id: Annotated[Id, Meta(description="The source's id.")]
    at: Annotated[Text, Meta(description="The place in the source.", examples=["para. 4"])] = ""
    extra: dict[str, object] = {}
    """As in a `Record`."""


Citations = Annotated[tuple[Citation, ...], Shape.CITATIONS]


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The attributes of every record besides its fields."""

    line: int = 0
    """The line of the record's first key, from 1; 0 for a record that is not from a file."""
    column: int = 0
    extra: dict[str, object] = {}
    """Keys that the format does not know, with their values as plain data (text, list, dict)."""


class Note(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A note written with later knowledge than its record."""

    text: Annotated[Markdown, Meta(description="The note.")]
    known: Annotated[When | None, Meta(description="The day from which it is shown.")] = None


class StatusEntry(Record, frozen=True, kw_only=True, omit_defaults=True, rename={"is_": "is"}):
    """The status of an event from a day on."""

    is_: Annotated[Status, Shape.CHOICE, Meta(description="The status.")]
    by: Annotated[Ids, Meta(description="Who says so.")] = ()
    known: Annotated[
        When | None, Meta(description="The day from which it holds; only the first can be without it.")
    ] = None
    sources: Annotated[Citations, Meta(description="The sources that report it.")] = ()
    note: Annotated[Markdown, Meta(description="Other remarks.")] = ""
    dated_note: Annotated[Note | None, LongFormOf("note")] = None


class StatementStatusEntry(Record, frozen=True, kw_only=True, omit_defaults=True, rename={"is_": "is"}):
    """The status of a quote or a claim from a day on."""

    is_: Annotated[StatementStatus, Shape.CHOICE, Meta(description="The status.")]
    by: Annotated[Ids, Meta(description="Who says so.")] = ()
    known: Annotated[
        When | None, Meta(description="The day from which it holds; only the first can be without it.")
    ] = None
    sources: Annotated[Citations, Meta(description="The sources that report it.")] = ()
    note: Annotated[Markdown, Meta(description="Other remarks.")] = ""
    dated_note: Annotated[Note | None, LongFormOf("note")] = None


class Media(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A picture, a recording or a document, in a file or on the web."""

    path: Annotated[Text, Meta(description="The file, relative to the folder of the timeline.")] = ""
    url: Annotated[Url, Meta(description="Where it can be seen.")] = ""
    caption: Annotated[Text, Meta(description="What it shows.")] = ""
    credit: Annotated[Text, Meta(description="Its author and its licence.")] = ""
    date: Annotated[When | None, Meta(description="When it was made.")] = None
    sha256: Annotated[Text, Meta(description="The SHA-256 of the file, in hexadecimal digits.")] = ""


class Retraction(Record, frozen=True, kw_only=True, omit_defaults=True):
    """The retraction of a source."""

    known: Annotated[When, Meta(description="The day from which it supports nothing.")]
    by: Annotated[Text, Meta(description="Who retracted it.")] = ""
    note: Annotated[Markdown, Meta(description="Other remarks.")] = ""
    url: Annotated[Url, Meta(description="The URL of the announcement.")] = ""
    dated_note: Annotated[Note | None, LongFormOf("note")] = None


class Correction(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A correction of a source."""

    known: Annotated[When, Meta(description="When it was corrected.")]
    text: Annotated[Markdown, Meta(description="What was corrected.")]
    url: Annotated[Url, Meta(description="The URL of the announcement.")] = ""


class TextUpdate(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What was learned later about an actor or a place."""

    known: Annotated[When, Meta(description="The day from which it was known.")]
    text: Annotated[Markdown, Meta(description="What was learned.")] = ""


class TopicUpdate(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What was learned later about a topic, or its new question."""

    known: Annotated[When, Meta(description="The day from which it was known.")]
    text: Annotated[Markdown, Meta(description="What was learned.")] = ""
    question: Annotated[Text, Meta(description="The question from then on.")] = ""


class Role(Record, frozen=True, kw_only=True, omit_defaults=True, rename={"from_": "from"}):
    """An office or function that an actor has for a time."""

    role: Annotated[
        Text, Meta(description="Office or function.", examples=["Minister of Foreign Affairs"])
    ] = ""
    of: Annotated[Id, Meta(description="The state or body that the role is held for.")] = ""
    from_: Annotated[When | None, Meta(description="When it began.")] = None
    until: Annotated[When | None, Meta(description="When it ended.")] = None
    known: Annotated[When | None, Meta(description="When it became known, if not when it began.")] = None
    sources: Annotated[Citations, Meta(description="The sources that report it.")] = ()


class Settled(Record, frozen=True, kw_only=True, omit_defaults=True):
    """The answer to a question once it is settled."""

    value: Annotated[Text, Meta(description="A number or a text.", examples=["8000..10000", "no"])] = ""
    by: Annotated[Ids, Meta(description="Who says so.")] = ()
    as_of: Annotated[When | None, Meta(description="The day that the answer is about.")] = None
    known: Annotated[When, Meta(description="The day from which it was settled.")]
    sources: Annotated[Citations, Meta(description="The sources that report it.")] = ()
    note: Annotated[Markdown, Meta(description="Other remarks.")] = ""
    open: Annotated[Flag, Meta(description="`true` if the question is open again.")] = False
    dated_note: Annotated[Note | None, LongFormOf("note")] = None


class Source(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A publication or document that reports something."""

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
        Meta(
            description="The source that this one repeats, as a re-post, a syndicated copy or a translation."
        ),
    ] = ()
    note: Annotated[Markdown, Meta(description="Other remarks.")] = ""
    title_basis: Annotated[
        TitleBasis | None,
        Shape.CHOICE,
        NEW,
        Meta(description="`editor` if the title is not the source's own."),
    ] = None
    retracted: Annotated[
        Retraction | None, Shape.RECORD, NEW, Meta(description="Its retraction, with the day.")
    ] = None
    corrections: Annotated[
        tuple[Correction, ...], Shape.RECORDS, NEW, Meta(description="Corrections, oldest first.")
    ] = ()
    media: Annotated[
        tuple[Media, ...], Shape.RECORDS, NEW, Meta(description="Pictures, recordings and documents.")
    ] = ()
    dated_note: Annotated[Note | None, LongFormOf("note")] = None


class Actor(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A person, state or body that acts or speaks."""

    name: Annotated[Text, Meta(description="The name shown.")]
    kind: Annotated[Word, Meta(description="What sort of actor.", examples=list(ACTOR_KINDS))] = ""
    role: Annotated[
        Text, Meta(description="Office or function.", examples=["Minister of Foreign Affairs"])
    ] = ""
    of: Annotated[Id, Meta(description="The state or body that this actor acts for.")] = ""
    aliases: Annotated[Words, Meta(description="Other spellings; all are searched.")] = ()
    description: Annotated[Markdown, Meta(description="Who or what it is.")] = ""
    short: Annotated[
        Text, NEW, Meta(description="A name of at most 12 cells, for where there is little room.")
    ] = ""
    roles: Annotated[
        tuple[Role, ...], Shape.RECORDS, NEW, Meta(description="Offices with their dates, instead of `role`.")
    ] = ()
    updates: Annotated[
        tuple[TextUpdate, ...], Shape.RECORDS, NEW, Meta(description="What was learned later.")
    ] = ()


class Topic(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A question to which there are competing answers."""

    question: Annotated[Text, Meta(description="The question that the claims answer.")]
    unit: Annotated[
        Text, Meta(description="What the numbers count; with a unit, claims must be numbers.")
    ] = ""
    description: Annotated[Markdown, Meta(description="What the question is about.")] = ""
    updates: Annotated[
        tuple[TopicUpdate, ...], Shape.RECORDS, NEW, Meta(description="What was learned later.")
    ] = ()
    settled: Annotated[
        tuple[Settled, ...], Shape.ONE_OR_MORE, NEW, Meta(description="Its settled answers, oldest first.")
    ] = ()
    first_question: str = ""
    """The first question in the file, if an update has changed it."""


StatementId = Annotated[Id, NEW, Meta(description="Its name, unique in the event.")]
StatementStatusField = Annotated[
    StatementStatus | None,
    Shape.CHOICE,
    NEW,
    Meta(description="Its status, or a list of statuses with their days."),
]


class Wording(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Another version of a quote: a translation, the original, another outlet."""

    text: Annotated[Text, Meta(description="The words, without quotation marks.")]
    language: Annotated[Language, Meta(description="The language of these words.")] = ""
    sources: Annotated[Citations, Meta(description="The sources that print this version.")] = ()
    note: Annotated[Markdown, Meta(description="Remarks about this version.")] = ""
    kind: Annotated[
        WordingKind | None, Shape.CHOICE, NEW, Meta(description="Whether these are the speaker's words.")
    ] = None
    translated_from: Annotated[Language, NEW, Meta(description="The language it was translated from.")] = ""
    original: Annotated[Flag, NEW, Meta(description="`true` if these are the original words.")] = False
    dated_note: Annotated[Note | None, LongFormOf("note")] = None


class Quote(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What somebody said, and in whose words."""

    speaker: Annotated[Id, Meta(description="The actor who said it.")]
    text: Annotated[Text, Meta(description="The words, without quotation marks.")]
    date: Annotated[When | None, Meta(description="When it was said; the event's date if missing.")] = None
    to: Annotated[Ids, Meta(description="To whom it was said.")] = ()
    language: Annotated[Language, Meta(description="The language of `text`.")] = ""
    translated_from: Annotated[Language, Meta(description="The language it was translated from.")] = ""
    kind: Annotated[QuoteKind, Shape.CHOICE, Meta(description="Whether these are the speaker's words.")] = (
        "direct"
    )
    sources: Annotated[Citations, Meta(description="The sources that print it.")] = ()
    wordings: Annotated[
        tuple[Wording, ...], Shape.RECORDS, Meta(description="Other versions of the same utterance.")
    ] = ()
    note: Annotated[Markdown, Meta(description="Other remarks.")] = ""
    id: StatementId = ""
    status: StatementStatusField = None
    statuses: Annotated[tuple[StatementStatusEntry, ...], LongFormOf("status")] = ()
    dated_note: Annotated[Note | None, LongFormOf("note")] = None


class Claim(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody's answer to a topic's question."""

    about: Annotated[Id, Meta(description="The topic.")]
    by: Annotated[Id, Meta(description="The actor who says so.")]
    value: Annotated[Text, Meta(description="A number or a text.", examples=["8000..10000", "~8000", "no"])]
    date: Annotated[When | None, Meta(description="When it was said; the event's date if missing.")] = None
    sources: Annotated[Citations, Meta(description="The sources that report it.")] = ()
    note: Annotated[Markdown, Meta(description="Other remarks.")] = ""
    id: StatementId = ""
    status: StatementStatusField = None
    statuses: Annotated[tuple[StatementStatusEntry, ...], LongFormOf("status")] = ()
    dated_note: Annotated[Note | None, LongFormOf("note")] = None


class Postponement(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A planned date that was given up."""

    date: Annotated[When, Meta(description="The date planned.")]
    known: Annotated[When | None, Meta(description="When that plan became known.")] = None


class Update(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What was learned later about an event; its values replace those of the event."""

    known: Annotated[When, Meta(description="The day from which it was known.")]
    text: Annotated[Markdown, Meta(description="What was learned.")] = ""
    title: Annotated[Text, Meta(description="The event's title from then on.")] = ""
    date: Annotated[When | None, Meta(description="The event's date as known from then on.")] = None
    place: Annotated[Text, Meta(description="The event's place as known from then on.")] = ""
    actors: Annotated[
        dict[str, str], Shape.ROLES, Meta(description="Who took part, as known from then on.")
    ] = {}
    outcome: Annotated[Text, Meta(description="Its outcome as known from then on.")] = ""
    sources: Annotated[Citations, Meta(description="The sources that report it.")] = ()


class Outcome(Record, frozen=True, kw_only=True, omit_defaults=True):
    """The outcome of an event as known from a day on."""

    text: Annotated[Text, Meta(description="The outcome.")]
    known: Annotated[
        When | None, Meta(description="The day from which it was known; only the first can be without it.")
    ] = None
    sources: Annotated[Citations, Meta(description="The sources that report it.")] = ()


class BeforeUpdates(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The values of an event's own keys that updates have replaced; None for the others."""

    date: Date | None = None
    title: str | None = None
    outcome: str | None = None
    place: str | None = None
    places: tuple[str, ...] | None = None
    actors: dict[str, str] | None = None


class Event(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Something that happened, was said to happen, or is planned."""

    id: Annotated[Id, Meta(description="Needed for links to it; made from the title if missing.")] = ""
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
    outcome: Annotated[Text, Meta(description="The outcome; not shown before the event's date.")] = ""
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
        Meta(description="Its relations to other events.", examples=list(RELATIONS)),
    ] = {}
    places: Annotated[Ids, NEW, Meta(description="The places, if there is more than one.")] = ()
    updates: Annotated[
        tuple[Update, ...], Shape.RECORDS, NEW, Meta(description="What was learned later, oldest first.")
    ] = ()
    media: Annotated[
        tuple[Media, ...], Shape.RECORDS, NEW, Meta(description="Pictures, recordings and documents.")
    ] = ()
    statuses: Annotated[tuple[StatusEntry, ...], LongFormOf("status")] = ()
    outcomes: Annotated[tuple[Outcome, ...], LongFormOf("outcome")] = ()
    before_updates: BeforeUpdates | None = None


class Place(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A place where events happen."""

    name: Annotated[Text, Meta(description="The name shown.")]
    lat: Annotated[Number | None, Meta(description="Degrees north of the equator, in WGS 84.")] = None
    lon: Annotated[Number | None, Meta(description="Degrees east of Greenwich, in WGS 84.")] = None
    within: Annotated[Id, Meta(description="The place that contains it; geography, not sovereignty.")] = ""
    aliases: Annotated[Words, Meta(description="Other spellings; all are searched.")] = ()
    precision: Annotated[
        Number | None, Meta(description="The radius in kilometres, if only the area is known.")
    ] = None
    description: Annotated[Markdown, Meta(description="What sort of place it is.")] = ""
    updates: Annotated[
        tuple[TextUpdate, ...], Shape.RECORDS, Meta(description="What was learned later.")
    ] = ()


class Step(Record, frozen=True, kw_only=True, omit_defaults=True, rename={"from_": "from"}):
    """One step of a story: what is shown, with a text."""

    event: Annotated[Id, Meta(description="The event shown.")] = ""
    quote: Annotated[Id, Meta(description="One of the event's quotes.")] = ""
    topic: Annotated[Id, Meta(description="The topic shown.")] = ""
    picture: Annotated[Picture | None, Shape.CHOICE, Meta(description="The picture shown.")] = None
    text: Annotated[Markdown, Meta(description="The text of the step, in a sentence or two.")] = ""
    known_on: Annotated[When | None, Meta(description="The day on which the timeline is shown as known.")] = (
        None
    )
    without: Annotated[Ids, Meta(description="The sources that are taken away.")] = ()
    filter: Annotated[Text, Meta(description="A query that selects the events shown.")] = ""
    from_: Annotated[When | None, Meta(description="The first day shown.")] = None
    until: Annotated[When | None, Meta(description="The last day shown.")] = None
    notes: Annotated[Markdown, Meta(description="Notes for the presenter.")] = ""


class Story(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A way through the timeline, step by step."""

    title: Annotated[Text, Meta(description="The story's title.")]
    description: Annotated[Markdown, Meta(description="What it tells.")] = ""
    steps: Annotated[tuple[Step, ...], Shape.RECORDS, Meta(description="Its steps, in their order.")] = ()


class Header(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A timeline without its events."""

    title: Annotated[Text, Meta(description="The timeline's title.")]
    description: Annotated[Markdown, Meta(description="What it tells and how.")] = ""
    language: Annotated[Language, Meta(description="Language of the file's own text.")] = "en"
    updated: Annotated[When | None, Meta(description="The date of the last update of the content.")] = None
    sources: Annotated[dict[str, Source], Shape.REGISTER, Meta(description="Sources by id.")] = {}
    actors: Annotated[dict[str, Actor], Shape.REGISTER, Meta(description="Actors by id.")] = {}
    topics: Annotated[dict[str, Topic], Shape.REGISTER, Meta(description="Topics by id.")] = {}
    format: Annotated[Word, Meta(description="The version of the format.", examples=[FORMAT])] = ""
    places: Annotated[dict[str, Place], Shape.REGISTER, NEW, Meta(description="Places by id.")] = {}
    stories: Annotated[dict[str, Story], Shape.REGISTER, NEW, Meta(description="Stories by id.")] = {}
