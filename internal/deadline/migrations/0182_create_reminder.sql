-- +goose Up
-- An order of supervision (督办单).
CREATE TABLE reminder (
  id          BIGINT NOT NULL PRIMARY KEY,
  year        BIGINT NOT NULL,
  number      BIGINT NOT NULL,
  kind        TEXT   NOT NULL,
  ref         BIGINT NOT NULL,
  title       TEXT   NOT NULL,
  href        TEXT   NOT NULL,
  unit_id     BIGINT NOT NULL, u1 BIGINT NOT NULL, u2 BIGINT NOT NULL, u3 BIGINT NOT NULL, u4 BIGINT NOT NULL, u5 BIGINT NOT NULL,
  term        TEXT   NOT NULL,
  due         TEXT   NOT NULL,
  issued_on   TEXT   NOT NULL,
  issuer      BIGINT NOT NULL,
  issuer_name TEXT   NOT NULL,
  holder      BIGINT NOT NULL,
  holder2     BIGINT NOT NULL,
  holder_name TEXT   NOT NULL,
  demand      TEXT   NOT NULL,
  answer_by   TEXT   NOT NULL,
  state       TEXT   NOT NULL,
  answer      TEXT   NOT NULL DEFAULT '',
  answered_on TEXT   NOT NULL DEFAULT '',
  closing     TEXT   NOT NULL DEFAULT '',
  closed_on   TEXT   NOT NULL DEFAULT '',
  version     BIGINT NOT NULL DEFAULT 1,
  entry_id    BIGINT NOT NULL,
  UNIQUE (year, number)
);
CREATE INDEX reminder_u1 ON reminder (u1, id);
CREATE INDEX reminder_u2 ON reminder (u2, id);
CREATE INDEX reminder_u3 ON reminder (u3, id);
CREATE INDEX reminder_u4 ON reminder (u4, id);
CREATE INDEX reminder_u5 ON reminder (u5, id);
CREATE INDEX reminder_holder ON reminder (holder, id) WHERE state = 'open';
