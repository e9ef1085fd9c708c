-- +goose Up
CREATE TABLE unit (
  id       BIGINT   NOT NULL PRIMARY KEY,
  parent   BIGINT   NOT NULL DEFAULT 0,
  level    SMALLINT NOT NULL,
  code     TEXT     NOT NULL,
  name     TEXT     NOT NULL,
  u1       BIGINT   NOT NULL DEFAULT 0,
  u2       BIGINT   NOT NULL DEFAULT 0,
  u3       BIGINT   NOT NULL DEFAULT 0,
  u4       BIGINT   NOT NULL DEFAULT 0,
  u5       BIGINT   NOT NULL DEFAULT 0,
  from_on  TEXT     NOT NULL DEFAULT '',
  until_on TEXT     NOT NULL DEFAULT '',
  version  BIGINT   NOT NULL DEFAULT 1,
  entry_id BIGINT   NOT NULL
);
CREATE UNIQUE INDEX unit_code ON unit (code);
CREATE INDEX unit_parent ON unit (parent, code);

-- A unit is never moved: it ends, and others take over its work.
CREATE TABLE unit_succession (
  predecessor BIGINT NOT NULL REFERENCES unit (id),
  successor   BIGINT NOT NULL REFERENCES unit (id),
  ended_on    TEXT   NOT NULL,
  entry_id    BIGINT NOT NULL,
  PRIMARY KEY (predecessor, successor)
);
CREATE INDEX unit_succession_successor ON unit_succession (successor);
