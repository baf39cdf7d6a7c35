-- Saved queries and hand-picked sets. Made by people, so nothing here can be derived again.

CREATE TABLE IF NOT EXISTS saved_queries (
  name    TEXT PRIMARY KEY,
  query   TEXT NOT NULL,
  note    TEXT NOT NULL DEFAULT ''
) STRICT;

-- What each saved query had found when somebody last looked.
CREATE TABLE IF NOT EXISTS seen_hits (
  name    TEXT NOT NULL REFERENCES saved_queries (name) ON DELETE CASCADE,
  doc_id  TEXT NOT NULL,
  PRIMARY KEY (name, doc_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS collections (
  name    TEXT PRIMARY KEY,
  note    TEXT NOT NULL DEFAULT ''
) STRICT;

-- The stage of screening is that of PRISMA: by title and abstract, then by the full text.
CREATE TABLE IF NOT EXISTS collected (
  name     TEXT NOT NULL REFERENCES collections (name) ON DELETE CASCADE,
  doc_id   TEXT NOT NULL,
  source   TEXT NOT NULL,             -- the query that found it, or 'hand'
  screened TEXT NOT NULL DEFAULT '' CHECK (screened IN ('', 'include', 'exclude')),
  assessed TEXT NOT NULL DEFAULT '' CHECK (assessed IN ('', 'include', 'exclude')),
  reason   TEXT NOT NULL DEFAULT '',
  note     TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (name, doc_id)
) STRICT, WITHOUT ROWID;

-- Every time that a source found a document, also one that another source had found before.
CREATE TABLE IF NOT EXISTS identified (
  name     TEXT NOT NULL REFERENCES collections (name) ON DELETE CASCADE,
  source   TEXT NOT NULL,
  doc_id   TEXT NOT NULL,
  PRIMARY KEY (name, source, doc_id)
) STRICT, WITHOUT ROWID;
