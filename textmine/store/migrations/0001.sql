-- The catalogue, version 1. Times are left out on purpose: the same documents give the same rows.

CREATE TABLE files (
  path     TEXT PRIMARY KEY,
  size     INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,          -- 0: too fresh to be trusted, compare the hash next time
  sha256   TEXT NOT NULL,
  parser   TEXT NOT NULL              -- fingerprint of the code that read and parsed it
) STRICT;

-- What each file holds. Several items may be the same work; `documents` shows the best of them.
CREATE TABLE items (
  path   TEXT NOT NULL REFERENCES files (path) ON DELETE CASCADE,
  item   INTEGER NOT NULL,
  doc_id TEXT NOT NULL,
  text   TEXT NOT NULL,
  record TEXT NOT NULL,               -- the other fields of the Document, as JSON
  PRIMARY KEY (path, item)
) STRICT;
CREATE INDEX items_by_document ON items (doc_id);

CREATE TABLE documents (
  doc_id TEXT PRIMARY KEY,
  path   TEXT NOT NULL,
  item   INTEGER NOT NULL,
  kind   TEXT NOT NULL,
  title  TEXT NOT NULL,
  year   INTEGER,
  date   TEXT NOT NULL,
  level  TEXT NOT NULL,
  region TEXT NOT NULL,
  FOREIGN KEY (path, item) REFERENCES items (path, item) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE failures (
  path   TEXT NOT NULL REFERENCES files (path) ON DELETE CASCADE,
  n      INTEGER NOT NULL,
  source TEXT NOT NULL,
  stage  TEXT NOT NULL,
  reason TEXT NOT NULL,
  place  TEXT NOT NULL,
  remedy TEXT NOT NULL,
  PRIMARY KEY (path, n)
) STRICT;

-- When each document last changed or went: what derived stores replay.
CREATE TABLE changes (
  doc_id     TEXT PRIMARY KEY,
  generation INTEGER NOT NULL
) STRICT;
CREATE INDEX changes_by_generation ON changes (generation);

CREATE TABLE updates (
  generation INTEGER PRIMARY KEY,
  finished   INTEGER NOT NULL DEFAULT 0,
  added      INTEGER NOT NULL DEFAULT 0,
  changed    INTEGER NOT NULL DEFAULT 0,
  removed    INTEGER NOT NULL DEFAULT 0,
  refused    INTEGER NOT NULL DEFAULT 0
) STRICT;
