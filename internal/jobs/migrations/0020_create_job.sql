-- +goose Up
-- due_at is by the bureau's clock; lease_until by the database's, 0 on SQLite, where owner alone tells.
CREATE TABLE job (
  id          BIGINT NOT NULL PRIMARY KEY,
  kind        TEXT   NOT NULL,
  job_key     TEXT   NOT NULL,
  payload     TEXT   NOT NULL,
  state       TEXT   NOT NULL,
  due_at      BIGINT NOT NULL,
  again_at    BIGINT NOT NULL DEFAULT 0,
  tries       BIGINT NOT NULL DEFAULT 0,
  owner       TEXT   NOT NULL DEFAULT '',
  lease_until BIGINT NOT NULL DEFAULT 0,
  last_error  TEXT   NOT NULL DEFAULT '',
  created_at  BIGINT NOT NULL,
  ended_at    BIGINT NOT NULL DEFAULT 0,
  UNIQUE (kind, job_key)
);
CREATE INDEX job_state_due ON job (state, due_at, id);
