-- What a later reading of a source brought that was otherwise before: one row for each cell. Works that are new or gone
-- tell that themselves (work.id, work.gone_at).
CREATE TABLE change (
  id INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source,
  work INTEGER NOT NULL REFERENCES work,
  field TEXT NOT NULL,
  before TEXT,
  after TEXT,
  at TEXT NOT NULL                           -- when the reading that brought it began: source.updated_at then
) STRICT;
CREATE INDEX change_source ON change (source, at);
