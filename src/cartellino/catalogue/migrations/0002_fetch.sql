-- What was asked of the web, version 2: one row for each address, so that a run can be continued.

CREATE TABLE fetch (
  address TEXT PRIMARY KEY,
  kind TEXT NOT NULL,                        -- record, picture, list (of what a museum has; our own notes)
  status TEXT NOT NULL,                      -- done, gone (asking again cannot help), failed (it may)
  attempts INTEGER NOT NULL,                 -- requests made so far, over all runs
  error TEXT NOT NULL DEFAULT '',            -- why the last one failed
  at TEXT NOT NULL,                          -- when it was last asked
  bytes INTEGER NOT NULL DEFAULT 0,          -- of the answer
  etag TEXT NOT NULL DEFAULT '',
  modified TEXT NOT NULL DEFAULT '',
  body BLOB                                  -- of a record, packed by zlib
) STRICT;
-- Only what failed is looked for by status; what is done, by address.
CREATE INDEX fetch_failed ON fetch (status, kind) WHERE status <> 'done';
