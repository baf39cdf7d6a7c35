-- Version 2: who the catalogue is, and what each update did to each document.

-- `identity` is drawn anew for every catalogue that is made or restored, so that what was derived
-- from another one is recognised whatever its generation says.
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
INSERT INTO meta VALUES ('identity', lower(hex(randomblob(8))));

-- One row per document and generation that changed what is shown of it. `before` and `after` are
-- hashes of what is shown, '' for nothing. Derived stores replay it; people read it.
CREATE TABLE history (
  generation INTEGER NOT NULL,
  doc_id     TEXT NOT NULL,
  before     TEXT NOT NULL,
  after      TEXT NOT NULL,
  kind       TEXT NOT NULL,
  title      TEXT NOT NULL,
  year       INTEGER,
  path       TEXT NOT NULL,
  PRIMARY KEY (generation, doc_id)
) STRICT, WITHOUT ROWID;
INSERT INTO history
  SELECT changes.generation, changes.doc_id,
         CASE WHEN documents.doc_id IS NULL THEN 'unknown' ELSE '' END,
         CASE WHEN documents.doc_id IS NULL THEN '' ELSE 'unknown' END,
         coalesce(kind, 'other'), coalesce(title, ''), year, coalesce(path, '')
    FROM changes LEFT JOIN documents USING (doc_id);
DROP TABLE changes;

-- When the update ended, in UTC; the one place of the catalogue that knows the clock.
ALTER TABLE updates ADD COLUMN finished_at TEXT NOT NULL DEFAULT '';

-- Replacing a file looks up what is shown of it; without this, every file scans all documents.
CREATE INDEX documents_by_place ON documents (path, item)
