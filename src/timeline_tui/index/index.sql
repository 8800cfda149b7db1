-- A timeline as a database. An event's number is its place in the file, its key its place in
-- chronological order; both count from 0.
-- Keys and numbers are stored in packed arrays of native unsigned 32-bit integers, ascending if they are sets;
-- days and lines in packed arrays of signed integers of 32 bits, or of 64 if one of them needs that, by key.
-- An event is on its first day, or on that of an event before it if that is later: the order is by instants, and
-- days are local to where they were written. Each such day is stored once (`days`) with its first key (`starts`);
-- events that are not on their own first day have their key in `behind` and that day in `behind days`.

CREATE TABLE meta (name TEXT PRIMARY KEY, value);  -- what statements rest on is there too: see `resting.py`

CREATE TABLE event (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    print BLOB NOT NULL  -- hashes of its parts
);

-- The records in MessagePack, dates as EDTF: some at a time, compressed, by the number of the first of them.
CREATE TABLE body (first INTEGER PRIMARY KEY, bodies BLOB NOT NULL);

-- Sources, actors and topics, in the order of the file.
CREATE TABLE register (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    label TEXT NOT NULL,
    body BLOB NOT NULL
);

-- The events that each value of a field of the search language finds.
CREATE TABLE facet (
    field TEXT NOT NULL,
    value TEXT NOT NULL,  -- an id as it is, a word folded
    label TEXT NOT NULL,  -- a name, or the word in its first spelling
    keys BLOB NOT NULL
);

-- What became known on a day, and the keys of its events, repeated for each thing that became known.
CREATE TABLE disclosure (
    day INTEGER NOT NULL,
    kind TEXT NOT NULL,
    keys BLOB NOT NULL,
    PRIMARY KEY (kind, day)
) WITHOUT ROWID;

-- Targets and origins are keys.
CREATE TABLE link (
    target INTEGER NOT NULL,
    origin INTEGER NOT NULL,
    relation TEXT NOT NULL,
    PRIMARY KEY (target, origin, relation)
) WITHOUT ROWID;

-- What changes is kept once for its days, never a version of an event for each of its days. A span is a first day and
-- the day after the last (2147483647 where nothing ends it), and lies within the days from which its event is known.

-- Where a value differs on some days from what `facet` says: events that it finds then, or does not find then.
CREATE TABLE spell (
    field TEXT NOT NULL,
    value TEXT NOT NULL,  -- as in `facet`
    is_there INTEGER NOT NULL,
    keys BLOB NOT NULL,
    since BLOB NOT NULL,
    until BLOB NOT NULL,
    PRIMARY KEY (field, value, is_there)
) WITHOUT ROWID;

-- The dates that events were known to have before the one that stands now.
CREATE TABLE earlier_date (
    since INTEGER NOT NULL,
    until INTEGER NOT NULL,
    key INTEGER NOT NULL,
    date TEXT NOT NULL
);

-- By number. Texts are folded before they are inserted; from ASCII this tokenizer makes the same words.
CREATE VIRTUAL TABLE words USING fts5(text, content='', columnsize=0, tokenize='ascii', prefix='1 2');
-- All texts of the events whose texts are not all known on all days, a row for the texts of the same days.
CREATE VIRTUAL TABLE passages USING fts5(text, content='', columnsize=0, tokenize='ascii', prefix='1 2');
-- Names and aliases of actors, by `register.number`.
CREATE VIRTUAL TABLE names USING fts5(text, content='', columnsize=0, tokenize='ascii');
INSERT INTO words (words, rank) VALUES ('hashsize', 16777216);

-- filled here, indexed afterwards

CREATE INDEX event_id ON event (id);
CREATE INDEX earlier_date_since ON earlier_date (since);
CREATE UNIQUE INDEX register_id ON register (kind, id);
CREATE UNIQUE INDEX facet_value ON facet (field, value);
