-- A catena project: one SQLite file. Other tools may read it; only catena writes it.
-- A change here needs a migration (migrations/__init__.py) and a new pinned hash (schema.py). Times are UTC, ISO 8601.
-- JSON columns are TEXT in UTF-8. Offsets are code points of the text, half-open.

-- Texts by content: the same text under two paths is stored once and never changed.
-- A table with row numbers on purpose: without them SQLite moves all but the first kilobyte of each text to pages of
-- its own, and half of the file is empty space.
CREATE TABLE texts (
  hash        TEXT NOT NULL UNIQUE,         -- SHA-256 of the text in UTF-8, in hex: the document id
  characters  INTEGER NOT NULL,             -- code points
  text        ANY NOT NULL                  -- TEXT, or its UTF-8 in zlib's format where that is shorter (packing.py)
) STRICT;

-- Files as they were last listed: what lets an unchanged file be skipped without reading it.
CREATE TABLE files (
  path              TEXT PRIMARY KEY,       -- relative to the folder, with /
  size              INTEGER NOT NULL,       -- bytes; -1: could not be looked at
  mtime_ns          INTEGER NOT NULL,
  sha256            TEXT NOT NULL,          -- of the bytes; '' when never read
  status            TEXT NOT NULL,          -- ok, rejected, error, crash, timeout, missing
  pipeline_version  TEXT NOT NULL           -- the recipe that made the findings
) STRICT, WITHOUT ROWID;

-- What became of each file at each stage, latest attempt; earlier ones stand in the events.
CREATE TABLE ledger (
  path     TEXT NOT NULL REFERENCES files(path),
  stage    TEXT NOT NULL,
  status   TEXT NOT NULL,
  reason   TEXT NOT NULL,
  seconds  REAL NOT NULL,
  made     TEXT NOT NULL,
  version  TEXT NOT NULL,
  PRIMARY KEY (path, stage)
) STRICT, WITHOUT ROWID;

-- One row a path that was ever read. The facts are those of the current version, copied here for lists and facets.
CREATE TABLE documents (
  number     INTEGER PRIMARY KEY,           -- stable within the project
  path       TEXT NOT NULL UNIQUE REFERENCES files(path),
  version    INTEGER REFERENCES versions(number) DEFERRABLE INITIALLY DEFERRED,  -- the current one
  title      TEXT NOT NULL DEFAULT '',
  date       TEXT NOT NULL DEFAULT '',
  genre      TEXT NOT NULL DEFAULT '',
  publisher  TEXT NOT NULL DEFAULT '',
  language   TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX documents_by_version ON documents (version);

-- What a path has held. A changed file is a new row; the old one stays with its findings.
CREATE TABLE versions (
  number            INTEGER PRIMARY KEY,
  document          INTEGER NOT NULL REFERENCES documents(number),
  text              TEXT NOT NULL REFERENCES texts(hash),
  origin            TEXT NOT NULL,          -- JSON object: name, sha256, media_type, reader, ...
  blocks            TEXT NOT NULL,          -- JSON array: [start, end, kind, locator, direction, language]
  stated            TEXT NOT NULL,          -- JSON array of [name, value]
  warnings          TEXT NOT NULL,          -- JSON array of strings
  made              TEXT NOT NULL,
  pipeline_version  TEXT NOT NULL,
  counts            TEXT NOT NULL DEFAULT '{}',  -- JSON object: findings by kind
  verdicts          TEXT NOT NULL DEFAULT '{}'   -- JSON object: findings by verdict
) STRICT;
CREATE INDEX versions_by_document ON versions (document);
CREATE INDEX versions_by_text ON versions (text);

-- What the detectors found in a version. `record` is the exported record without its document, id and empty fields.
CREATE TABLE findings (
  number   INTEGER PRIMARY KEY,
  version  INTEGER NOT NULL REFERENCES versions(number),
  id       TEXT NOT NULL,                   -- stable between runs
  kind     TEXT NOT NULL,
  verdict  TEXT,
  start    INTEGER NOT NULL,
  "end"    INTEGER NOT NULL,
  maker    TEXT NOT NULL,
  record   TEXT NOT NULL                    -- JSON, docs/reference/records.md
) STRICT;
CREATE INDEX findings_by_place ON findings (version, start, "end");
CREATE INDEX findings_by_kind ON findings (kind, version);
CREATE INDEX findings_by_verdict ON findings (verdict, version) WHERE verdict IS NOT NULL;
CREATE INDEX findings_by_id ON findings (id);
CREATE INDEX findings_by_maker ON findings (maker, version);
CREATE INDEX findings_by_speaker ON findings (json_extract(record, '$.values.speaker'), version)
  WHERE kind = 'attribution';

-- What people say: one layer a person, bound to a text and not to a path. What was taken back stays, not active.
CREATE TABLE layers (
  number  INTEGER PRIMARY KEY,
  person  TEXT NOT NULL UNIQUE,
  made    TEXT NOT NULL
) STRICT;
CREATE TABLE annotations (
  number   INTEGER PRIMARY KEY,
  layer    INTEGER NOT NULL REFERENCES layers(number),
  text     TEXT NOT NULL REFERENCES texts(hash),
  id       TEXT NOT NULL,
  start    INTEGER NOT NULL,
  "end"    INTEGER NOT NULL,
  active   INTEGER NOT NULL DEFAULT 1,      -- 0 when it was undone, removed or replaced
  changed  TEXT NOT NULL,                   -- when it last became active or not: decides when two files are merged
  record   TEXT NOT NULL
) STRICT;
CREATE INDEX annotations_by_text ON annotations (text, start);
CREATE INDEX annotations_by_layer ON annotations (layer, active, number);
CREATE INDEX annotations_by_code ON annotations (json_extract(record, '$.values.code')) WHERE active;

-- The codebook: a tree of codes, shared by everybody who codes in this file. A deleted code stays, not active.
CREATE TABLE codes (
  id          TEXT PRIMARY KEY,             -- a UUID, the same in every file that the codebook was carried to
  parent      TEXT REFERENCES codes(id),    -- NULL for a code at the top
  name        TEXT NOT NULL,
  definition  TEXT NOT NULL DEFAULT '',
  examples    TEXT NOT NULL DEFAULT '',
  color       TEXT NOT NULL DEFAULT '',     -- #rrggbb or ''
  key         TEXT NOT NULL DEFAULT '',     -- the key that chooses it, or ''
  position    INTEGER NOT NULL DEFAULT 0,   -- order among its sisters
  active      INTEGER NOT NULL DEFAULT 1,
  changed     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What each person did, one row a step, so that it can be taken back: state is done, undone, or gone (it was undone,
-- and the person has done something else since).
CREATE TABLE steps (
  number   INTEGER PRIMARY KEY,
  person   TEXT NOT NULL,
  state    TEXT NOT NULL,
  what     TEXT NOT NULL,                   -- annotation.add, annotation.remove, code.edit, ...
  made     TEXT NOT NULL,
  changes  TEXT NOT NULL                    -- JSON array of [table, key, before, after]
) STRICT;
CREATE INDEX steps_by_person ON steps (person, state, number);

-- Searches that a person wants to keep.
CREATE TABLE searches (
  name      TEXT PRIMARY KEY,
  query     TEXT NOT NULL,
  settings  TEXT NOT NULL,                  -- level and ticked forms, as parameters of an address; '' for the usual ones
  who       TEXT NOT NULL,
  made      TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Everything that was done, in order; never changed. Undo and redo are events too.
CREATE TABLE events (
  number   INTEGER PRIMARY KEY,
  made     TEXT NOT NULL,
  who      TEXT NOT NULL,                   -- a person, or '' for the program
  what     TEXT NOT NULL,                   -- file.add, file.missing, findings.replace, annotation.add, step.undo, ...
  subject  TEXT NOT NULL,                   -- a path, a maker, a finding or a code
  detail   TEXT NOT NULL                    -- JSON object
) STRICT;
CREATE INDEX events_by_person ON events (who, number);

CREATE TABLE meta (
  name   TEXT PRIMARY KEY,
  value  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The search index: folded words of each current version (rowid = versions.number). The words are made by us, so the
-- plain `ascii` tokenizer has only spaces to split at; it treats every other character past U+007F as part of a word.
CREATE VIRTUAL TABLE search USING fts5 (
  folded, content='', contentless_delete=1, tokenize="ascii tokenchars './'"
);
-- Every folded word that was ever indexed; only added to. Counting works on the numbers.
CREATE TABLE words (
  number  INTEGER PRIMARY KEY,
  word    TEXT NOT NULL UNIQUE
) STRICT;
-- For each indexed version: where each word stands in the text, and the number of each (layouts in tokens.py).
CREATE TABLE offsets (
  version  INTEGER PRIMARY KEY REFERENCES versions(number),
  places   BLOB NOT NULL,
  words    BLOB NOT NULL
) STRICT;
