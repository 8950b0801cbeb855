-- Near-duplicates: hashes of several views of each picture, measured once, and how far each proposed pair agrees once one
-- picture is laid over the other. Derived: what is missing is measured again.
CREATE TABLE picture_view (
  picture INTEGER PRIMARY KEY REFERENCES picture,
  views BLOB NOT NULL,                       -- 64-bit hashes, little-endian
  compared INTEGER NOT NULL DEFAULT 0        -- 1 once every proposed pair among the pictures measured by then is in the next table
) STRICT;
CREATE TABLE picture_pair (
  first INTEGER NOT NULL REFERENCES picture,
  second INTEGER NOT NULL REFERENCES picture,
  agreement REAL NOT NULL,                   -- 1 for the same, about 0 for others
  PRIMARY KEY (first, second),
  CHECK (first < second)
) STRICT, WITHOUT ROWID;
