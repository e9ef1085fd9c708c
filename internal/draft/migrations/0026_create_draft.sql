-- +goose Up
-- A batch is one uploaded file: loading → open ⇄ publishing → published, or discarded.
CREATE TABLE draft_batch (
  id           BIGINT NOT NULL PRIMARY KEY,
  kind         TEXT   NOT NULL,
  state        TEXT   NOT NULL,
  file_name    TEXT   NOT NULL,
  digest       TEXT   NOT NULL,
  sheet        TEXT   NOT NULL,
  notes        TEXT   NOT NULL,
  row_count    BIGINT NOT NULL,
  bad          BIGINT NOT NULL DEFAULT 0,
  warned       BIGINT NOT NULL DEFAULT 0,
  removed      BIGINT NOT NULL DEFAULT 0,
  uploaded_by  BIGINT NOT NULL,
  uploader     TEXT   NOT NULL,
  uploaded_at  BIGINT NOT NULL,
  publisher    TEXT   NOT NULL DEFAULT '',
  published_at BIGINT NOT NULL DEFAULT 0,
  reason       TEXT   NOT NULL DEFAULT '',
  unit_id BIGINT NOT NULL DEFAULT 0,
  u1 BIGINT NOT NULL DEFAULT 0,
  u2 BIGINT NOT NULL DEFAULT 0,
  u3 BIGINT NOT NULL DEFAULT 0,
  u4 BIGINT NOT NULL DEFAULT 0,
  u5 BIGINT NOT NULL DEFAULT 0,
  version  BIGINT NOT NULL DEFAULT 1,
  entry_id BIGINT NOT NULL
);
CREATE INDEX draft_batch_u1 ON draft_batch (u1, id);
CREATE INDEX draft_batch_u2 ON draft_batch (u2, id);
CREATE INDEX draft_batch_u3 ON draft_batch (u3, id);
CREATE INDEX draft_batch_u4 ON draft_batch (u4, id);
CREATE INDEX draft_batch_u5 ON draft_batch (u5, id);
CREATE INDEX draft_batch_digest ON draft_batch (digest);

CREATE TABLE draft_row (
  id       BIGINT   NOT NULL PRIMARY KEY,
  batch_id BIGINT   NOT NULL,
  line     BIGINT   NOT NULL,
  cells    TEXT     NOT NULL,
  unread   TEXT     NOT NULL,
  problems TEXT     NOT NULL,
  bad      SMALLINT NOT NULL,
  warned   SMALLINT NOT NULL,
  mended   SMALLINT NOT NULL DEFAULT 0,
  removed  SMALLINT NOT NULL DEFAULT 0,
  staged   SMALLINT NOT NULL DEFAULT 0,
  version  BIGINT   NOT NULL DEFAULT 1,
  entry_id BIGINT   NOT NULL,
  UNIQUE (batch_id, line)
);
