-- +goose Up
CREATE TABLE approval (
  id       BIGINT NOT NULL PRIMARY KEY,
  kind     TEXT   NOT NULL,
  ref      BIGINT NOT NULL,
  title    TEXT   NOT NULL,
  href     TEXT   NOT NULL,
  unit_id  BIGINT NOT NULL, u1 BIGINT NOT NULL, u2 BIGINT NOT NULL, u3 BIGINT NOT NULL, u4 BIGINT NOT NULL, u5 BIGINT NOT NULL,
  holder   BIGINT NOT NULL,
  holder2  BIGINT NOT NULL,
  chain    TEXT   NOT NULL,
  act      TEXT   NOT NULL,
  act_name TEXT   NOT NULL,
  purpose  TEXT   NOT NULL,
  asker    BIGINT NOT NULL,
  asker_name TEXT NOT NULL,
  asked_on TEXT   NOT NULL,
  state    TEXT   NOT NULL,
  post     TEXT   NOT NULL,
  ended_on TEXT   NOT NULL DEFAULT '',
  version  BIGINT NOT NULL DEFAULT 1,
  entry_id BIGINT NOT NULL
);
CREATE INDEX approval_subject ON approval (kind, ref, id);
CREATE INDEX approval_post ON approval (post, id) WHERE state = 'asked';
CREATE INDEX approval_state ON approval (state, id);
CREATE INDEX approval_asker ON approval (asker, id);

CREATE TABLE approval_step (
  approval_id BIGINT NOT NULL,
  n           BIGINT NOT NULL,
  post        TEXT   NOT NULL,
  label       TEXT   NOT NULL,
  reserved    BIGINT NOT NULL,
  account     BIGINT NOT NULL DEFAULT 0,
  name        TEXT   NOT NULL DEFAULT '',
  agreed      BIGINT NOT NULL DEFAULT 0,
  opinion     TEXT   NOT NULL DEFAULT '',
  signed_on   TEXT   NOT NULL DEFAULT '',
  entered_at  BIGINT NOT NULL DEFAULT 0,
  scan        TEXT   NOT NULL DEFAULT '',
  scan_type   TEXT   NOT NULL DEFAULT '',
  entered_by  TEXT   NOT NULL DEFAULT '',
  mandate     TEXT   NOT NULL DEFAULT '',
  entry_id    BIGINT NOT NULL,
  PRIMARY KEY (approval_id, n)
);
