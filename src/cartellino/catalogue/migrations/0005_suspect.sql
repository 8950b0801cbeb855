-- What looks wrong, and what people say to it, version 5.

-- The works of a label set that look wrong, most doubtful first; derived, made anew when what it was made from changes.
CREATE TABLE suspect_list (
  label_set INTEGER PRIMARY KEY REFERENCES label_set,
  key TEXT NOT NULL,                         -- SHA-256 over what it was made from
  wrong INTEGER NOT NULL,                    -- labels that are wrong, as the model estimates
  verdict INTEGER NOT NULL,                  -- the last verdict on a picture that it knew
  made_at TEXT NOT NULL
) STRICT;
CREATE TABLE suspect (
  label_set INTEGER NOT NULL REFERENCES suspect_list ON DELETE CASCADE,
  place INTEGER NOT NULL,                    -- from 0
  work INTEGER NOT NULL REFERENCES work,
  doubt REAL NOT NULL,                       -- what the list is ranked by, 0 to 1
  told TEXT NOT NULL,                        -- JSON: labels given, what the model thinks, reasons, look-alikes
  PRIMARY KEY (label_set, place),
  UNIQUE (label_set, work)
) STRICT, WITHOUT ROWID;

-- What was measured of each kept picture, once; thresholds are applied when it is read.
CREATE TABLE picture_look (
  picture INTEGER PRIMARY KEY REFERENCES picture,
  version INTEGER NOT NULL,                  -- of the measures: those of another are measured anew
  measures TEXT NOT NULL                     -- JSON: name and number
) STRICT;

-- Whether a picture is of the work that names it, as people say. Nothing in it is ever changed: another verdict follows.
CREATE TABLE picture_verdict (
  id INTEGER PRIMARY KEY,
  work INTEGER NOT NULL REFERENCES work,
  picture INTEGER NOT NULL REFERENCES picture,
  verdict TEXT NOT NULL CHECK (verdict IN ('of the work', 'not of the work')),
  decided_by TEXT NOT NULL,
  at TEXT NOT NULL,
  reason TEXT NOT NULL,
  seen TEXT NOT NULL DEFAULT '{}'            -- JSON: what the person saw
) STRICT;
CREATE INDEX picture_verdict_work ON picture_verdict (work, picture, id);
CREATE TRIGGER picture_verdict_stays BEFORE UPDATE ON picture_verdict
  BEGIN SELECT RAISE (ABORT, 'verdicts are append-only'); END;
CREATE TRIGGER picture_verdict_kept BEFORE DELETE ON picture_verdict
  BEGIN SELECT RAISE (ABORT, 'verdicts are append-only'); END;

-- The pictures that stand as not of their work, which nothing learns from. Kept by a trigger, for speed.
CREATE TABLE picture_refused (
  work INTEGER NOT NULL REFERENCES work,
  picture INTEGER NOT NULL REFERENCES picture,
  verdict INTEGER NOT NULL REFERENCES picture_verdict,
  PRIMARY KEY (work, picture)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER picture_verdict_stands AFTER INSERT ON picture_verdict BEGIN
  DELETE FROM picture_refused WHERE work = new.work AND picture = new.picture;
  INSERT INTO picture_refused (work, picture, verdict)
    SELECT new.work, new.picture, new.id WHERE new.verdict = 'not of the work';
END;
