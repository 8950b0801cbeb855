-- What may be done with a class beyond being sensitive or not ('' in sets frozen before: as `sensitive` says); works kept
-- aside from a label set, to test that a model does not take them for one of its classes; and who changed a policy.
ALTER TABLE label_class ADD COLUMN policy TEXT NOT NULL DEFAULT '';
CREATE TABLE label_held (
  label_set INTEGER NOT NULL REFERENCES label_set,
  work INTEGER NOT NULL REFERENCES work,
  PRIMARY KEY (label_set, work)
) STRICT, WITHOUT ROWID;
CREATE TABLE policy_change (
  id INTEGER PRIMARY KEY,
  label_set INTEGER NOT NULL REFERENCES label_set,
  label TEXT NOT NULL,
  before TEXT NOT NULL,
  policy TEXT NOT NULL,
  by TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE TRIGGER policy_change_stays BEFORE UPDATE ON policy_change BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;
CREATE TRIGGER policy_change_kept BEFORE DELETE ON policy_change BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;
