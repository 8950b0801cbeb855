-- The catalogue of one collection, version 1. Times are UTC, ISO 8601. Keys named after a table point to its id.

-- Where works came from. The rows of a source stay as they came in the table named `original`.
CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,                        -- its name in the registry: table, folder, met, …
  address TEXT NOT NULL,                     -- file, folder or address on the web it was read from
  original TEXT NOT NULL UNIQUE,             -- original_<name>: line, work, digests, then the museum's own columns
  format TEXT NOT NULL DEFAULT '{}',         -- JSON: encoding, delimiter, separator, … to write it home the same way
  added_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;

-- The columns of a source, in their order, under the header as written and the name it has as a field.
CREATE TABLE source_column (
  id INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source,
  place INTEGER NOT NULL,                    -- from 0
  header TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL DEFAULT '',             -- id, accession, title, picture, rights, public domain
  several INTEGER NOT NULL DEFAULT 0,        -- 1 once a cell of it held several values
  UNIQUE (source, place),
  UNIQUE (source, name)
) STRICT;

-- A work is one catalogued object under the museum's own id.
CREATE TABLE work (
  id INTEGER PRIMARY KEY,
  work_id TEXT NOT NULL UNIQUE,              -- the museum's own id, as written
  accession TEXT NOT NULL DEFAULT '',
  title TEXT NOT NULL DEFAULT '',
  source INTEGER NOT NULL REFERENCES source, -- the one that brought it last
  gone_at TEXT                               -- since when its source no longer holds it
) STRICT;
CREATE INDEX work_accession ON work (accession) WHERE accession <> '';

CREATE VIRTUAL TABLE work_search USING fts5 (
  work_id, accession, title, content = 'work', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2"
);
-- Segments of the index are merged by sixteen, not by four: reading a large table takes a tenth less processor time.
INSERT INTO work_search (work_search, rank) VALUES ('automerge', 16);
CREATE TRIGGER work_search_insert AFTER INSERT ON work BEGIN
  INSERT INTO work_search (rowid, work_id, accession, title) VALUES (new.id, new.work_id, new.accession, new.title);
END;
CREATE TRIGGER work_search_update AFTER UPDATE OF work_id, accession, title ON work BEGIN
  INSERT INTO work_search (work_search, rowid, work_id, accession, title)
    VALUES ('delete', old.id, old.work_id, old.accession, old.title);
  INSERT INTO work_search (rowid, work_id, accession, title) VALUES (new.id, new.work_id, new.accession, new.title);
END;

-- Values of cells that hold several, where cutting the cell at its source's separator would not give them back. All
-- values, cut or kept here, are told by the view values_<name> of each source: field, line, place, work, value.
CREATE TABLE value (
  source_column INTEGER NOT NULL REFERENCES source_column,
  line INTEGER NOT NULL,
  place INTEGER NOT NULL,                    -- from 0; blanks keep their place
  work INTEGER NOT NULL REFERENCES work,
  value TEXT NOT NULL,
  PRIMARY KEY (source_column, line, place)
) STRICT, WITHOUT ROWID;

-- Rows and files that could not be used, as they came, and remarks on ids that a spreadsheet may have changed.
CREATE TABLE rejected (
  source INTEGER NOT NULL REFERENCES source,
  line INTEGER NOT NULL,
  reason TEXT NOT NULL,
  raw TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (source, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE remark (
  id INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source,
  work INTEGER REFERENCES work,
  line INTEGER,
  remark TEXT NOT NULL
) STRICT;
CREATE INDEX remark_source ON remark (source, line, work);

-- Pictures: what was kept, and for each work which ones it has, which are still wanted and which are in quarantine.
CREATE TABLE picture (
  id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,               -- SHA-256 of the file as it came
  file TEXT NOT NULL,                        -- below pictures/
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  trim_left INTEGER NOT NULL,                -- what lies inside its border
  trim_top INTEGER NOT NULL,
  trim_right INTEGER NOT NULL,
  trim_bottom INTEGER NOT NULL,
  fingerprint INTEGER NOT NULL,              -- 64-bit perceptual hash
  format TEXT NOT NULL,
  changes TEXT NOT NULL DEFAULT '[]',        -- JSON: what was done to it on arrival
  added_at TEXT NOT NULL
) STRICT;
CREATE TABLE work_picture (
  id INTEGER PRIMARY KEY,
  work INTEGER NOT NULL REFERENCES work,
  place INTEGER NOT NULL,                    -- 0 is the best view
  address TEXT NOT NULL,                     -- the file it comes from
  status TEXT NOT NULL DEFAULT 'wanted' CHECK (status IN ('wanted', 'kept', 'quarantined')),
  picture INTEGER REFERENCES picture,
  reason TEXT NOT NULL DEFAULT '',           -- of the quarantine
  stamp TEXT NOT NULL DEFAULT '',            -- size and time of the file when it was read
  at TEXT NOT NULL,
  by_row INTEGER NOT NULL DEFAULT 0,         -- 1 if rows name it: it goes when none does any more
  UNIQUE (work, address)
) STRICT;
CREATE INDEX work_picture_status ON work_picture (status) WHERE status <> 'kept';
CREATE INDEX work_picture_picture ON work_picture (picture);
CREATE TABLE row_picture (                   -- the pictures that each row of a source names
  source INTEGER NOT NULL REFERENCES source,
  line INTEGER NOT NULL,
  place INTEGER NOT NULL,
  work_picture INTEGER NOT NULL REFERENCES work_picture ON DELETE CASCADE,
  PRIMARY KEY (source, line, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX row_picture_work_picture ON row_picture (work_picture);

-- Label sets: fields made learnable, frozen.
CREATE TABLE label_set (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('single', 'multi')),
  definition TEXT NOT NULL,                  -- TOML
  hash TEXT NOT NULL,                        -- SHA-256 of the frozen result
  frozen_at TEXT NOT NULL,
  UNIQUE (name, version)
) STRICT;
CREATE TABLE label_class (
  label_set INTEGER NOT NULL REFERENCES label_set,
  place INTEGER NOT NULL,
  label TEXT NOT NULL,
  sensitive INTEGER NOT NULL DEFAULT 0,      -- learnt, never filed
  PRIMARY KEY (label_set, place),
  UNIQUE (label_set, label)
) STRICT, WITHOUT ROWID;
CREATE TABLE label_work (
  label_set INTEGER NOT NULL REFERENCES label_set,
  work INTEGER NOT NULL REFERENCES work,
  part TEXT NOT NULL CHECK (part IN ('train', 'validation', 'calibration', 'test')),
  kin INTEGER NOT NULL,                      -- works of one kin (duplicates, one artist) share a part
  PRIMARY KEY (label_set, work)
) STRICT, WITHOUT ROWID;
CREATE TABLE label_given (
  label_set INTEGER NOT NULL REFERENCES label_set,
  work INTEGER NOT NULL REFERENCES work,
  place INTEGER NOT NULL,                    -- of the class
  PRIMARY KEY (label_set, work, place)
) STRICT, WITHOUT ROWID;

-- Models, and what they said. A run is one model over the works it was asked about.
CREATE TABLE model (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,                 -- the folder below models/
  label_set INTEGER NOT NULL REFERENCES label_set,
  recipe TEXT NOT NULL,
  backbone TEXT NOT NULL,
  card TEXT NOT NULL,                        -- JSON: provenance and headline figures
  trained_at TEXT NOT NULL
) STRICT;
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  model INTEGER NOT NULL REFERENCES model,
  at TEXT NOT NULL,
  promise TEXT NOT NULL DEFAULT '{}'         -- JSON: what triage promised
) STRICT;
CREATE TABLE prediction (
  run INTEGER NOT NULL REFERENCES run,
  work INTEGER NOT NULL REFERENCES work,
  rank INTEGER NOT NULL,                     -- 1 is the likeliest
  label TEXT NOT NULL,
  probability REAL NOT NULL,
  PRIMARY KEY (run, work, rank)
) STRICT, WITHOUT ROWID;

-- The journal: every decision, by rule or by a person. Nothing in it is ever changed.
CREATE TABLE decision (
  id INTEGER PRIMARY KEY,
  work INTEGER NOT NULL REFERENCES work,
  label_set INTEGER NOT NULL REFERENCES label_set,
  kind TEXT NOT NULL CHECK (kind IN ('filed', 'review', 'signed', 'skipped', 'withdrawn')),
  labels TEXT NOT NULL,                      -- JSON list
  reason TEXT NOT NULL,
  probability REAL,
  model INTEGER REFERENCES model,
  decided_by TEXT NOT NULL,                  -- a person, or 'rule'
  at TEXT NOT NULL,
  seen TEXT NOT NULL DEFAULT '{}',           -- JSON: what the person saw
  withdraws INTEGER UNIQUE REFERENCES decision
) STRICT;
CREATE INDEX decision_work ON decision (label_set, work, id);
CREATE TRIGGER decision_stays BEFORE UPDATE ON decision BEGIN SELECT RAISE (ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decision_kept BEFORE DELETE ON decision BEGIN SELECT RAISE (ABORT, 'decisions are append-only'); END;
CREATE TRIGGER prediction_stays BEFORE UPDATE ON prediction BEGIN SELECT RAISE (ABORT, 'predictions are append-only'); END;
CREATE TRIGGER prediction_kept BEFORE DELETE ON prediction BEGIN SELECT RAISE (ABORT, 'predictions are append-only'); END;

-- What stands for a work under a label set: its last decision that was not withdrawn, but a person's signature is only
-- ever followed by another signature. Kept by triggers, for speed.
CREATE TABLE standing (
  label_set INTEGER NOT NULL REFERENCES label_set,
  work INTEGER NOT NULL REFERENCES work,
  decision INTEGER NOT NULL REFERENCES decision,
  kind TEXT NOT NULL,
  PRIMARY KEY (label_set, work)
) STRICT, WITHOUT ROWID;
CREATE INDEX standing_kind ON standing (label_set, kind);
CREATE TRIGGER decision_stands AFTER INSERT ON decision WHEN new.kind <> 'withdrawn' BEGIN
  INSERT INTO standing (label_set, work, decision, kind) VALUES (new.label_set, new.work, new.id, new.kind)
    ON CONFLICT (label_set, work) DO UPDATE SET decision = excluded.decision, kind = excluded.kind
    WHERE standing.kind <> 'signed' OR excluded.kind = 'signed';
END;
CREATE TRIGGER decision_withdrawn AFTER INSERT ON decision WHEN new.kind = 'withdrawn' BEGIN
  DELETE FROM standing WHERE label_set = new.label_set AND work = new.work;
  INSERT INTO standing (label_set, work, decision, kind)
    SELECT label_set, work, id, kind FROM decision d
    WHERE d.label_set = new.label_set AND d.work = new.work AND d.kind <> 'withdrawn'
      AND NOT EXISTS (SELECT 1 FROM decision w WHERE w.withdraws = d.id)
    ORDER BY d.kind = 'signed' DESC, id DESC LIMIT 1;
END;

-- The queue of a label set, most useful first; derived, made anew by each triage. Blind works are shown without suggestions.
CREATE TABLE queue (
  label_set INTEGER NOT NULL REFERENCES label_set,
  place INTEGER NOT NULL,
  work INTEGER NOT NULL REFERENCES work,
  run INTEGER REFERENCES run,
  blind INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (label_set, place),
  UNIQUE (label_set, work)
) STRICT, WITHOUT ROWID;
