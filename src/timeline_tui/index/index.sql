-- A timeline as a database. An event's number is its place in the file, its key its place in
-- chronological order; both count from 0.
-- Keys and numbers are stored in arrays of native unsigned 32-bit integers, ascending if they are sets; days and
-- lines in arrays of signed integers of 32 bits, or of 64 if one of them needs that, by key. All of these are as
-- `columns.packed()` makes them.
-- An event is on its first day, or on that of an event before it if that is later: the order is by instants, and
-- days are local to where they were written. Each such day is stored once (`days`) with its first key (`starts`);
-- events that are not on their own first day have their key in `behind` and that day in `behind days`.

CREATE TABLE meta (name TEXT PRIMARY KEY, value);  -- what statements rest on is there too: see `support_columns.py`

-- The records in MessagePack, dates as EDTF: runs of them, by the number of the first. A run is a list of blocks of
-- a few records, each compressed by itself: a short row of its own would fill its last page by half.
CREATE TABLE body (first INTEGER PRIMARY KEY, blocks BLOB NOT NULL);

-- The ids and the fingerprints of runs of events, by the number of the first. The checks of the ids, by which an id
-- is found, are in `meta`.
CREATE TABLE event (first INTEGER PRIMARY KEY, ids BLOB NOT NULL, prints BLOB NOT NULL);

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

-- By number. Texts are folded before they are inserted; from ASCII this tokenizer makes the same words. Beginnings
-- of words are found among all words: indexes of their own for them took half as much room as the file.
CREATE VIRTUAL TABLE words USING fts5(text, content='', columnsize=0, tokenize='ascii');
-- All texts of the events whose texts are not all known on all days, a row for the texts of the same days.
CREATE VIRTUAL TABLE passages USING fts5(text, content='', columnsize=0, tokenize='ascii');
-- Names and aliases of actors, by `register.number`.
CREATE VIRTUAL TABLE names USING fts5(text, content='', columnsize=0, tokenize='ascii');
INSERT INTO words (words, rank) VALUES ('hashsize', 16777216);

-- filled here, indexed afterwards

CREATE INDEX earlier_date_since ON earlier_date (since);
CREATE UNIQUE INDEX register_id ON register (kind, id);
CREATE UNIQUE INDEX facet_value ON facet (field, value);
