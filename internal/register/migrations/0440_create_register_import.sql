-- +goose Up
-- A batch of records that came in a file. They are seen and counted while it is published; one that is undone takes all of them
-- out at once. settled says that each of its records is void by itself too.
CREATE TABLE register_import (
  batch_id     BIGINT NOT NULL PRIMARY KEY,
  code         TEXT   NOT NULL,
  state        TEXT   NOT NULL,
  records      BIGINT NOT NULL,
  published_by TEXT   NOT NULL,
  published_at BIGINT NOT NULL,
  undone_by    TEXT   NOT NULL,
  undone_at    BIGINT NOT NULL,
  reason       TEXT   NOT NULL,
  settled      BIGINT NOT NULL,
  version      BIGINT NOT NULL,
  entry_id     BIGINT NOT NULL
);
