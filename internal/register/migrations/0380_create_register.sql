-- +goose Up
-- An edition of a register's definition. Its content never changes; whether it is in use does.
CREATE TABLE register_definition (
  id         BIGINT NOT NULL PRIMARY KEY,
  code       TEXT   NOT NULL,
  edition    BIGINT NOT NULL,
  name       TEXT   NOT NULL,
  content    TEXT   NOT NULL,
  builtin    BIGINT NOT NULL,
  state      TEXT   NOT NULL,
  author     TEXT   NOT NULL,
  made_at    BIGINT NOT NULL,
  reason     TEXT   NOT NULL,
  version    BIGINT NOT NULL,
  entry_id   BIGINT NOT NULL
);
CREATE UNIQUE INDEX register_definition_code ON register_definition (code, edition);

-- A record of a register. What is counted or summed stands in typed columns that the definition assigns; data has every value
-- by its field. event_id is the record that stands for the same event in all registers, itself as a rule.
CREATE TABLE register_record (
  id            BIGINT NOT NULL PRIMARY KEY,
  code          TEXT   NOT NULL,
  edition       BIGINT NOT NULL,
  unit_id       BIGINT NOT NULL, u1 BIGINT NOT NULL, u2 BIGINT NOT NULL, u3 BIGINT NOT NULL, u4 BIGINT NOT NULL, u5 BIGINT NOT NULL,
  state         TEXT   NOT NULL,
  happened      TEXT   NOT NULL,
  title         TEXT   NOT NULL,
  place         TEXT   NOT NULL,
  lat           BIGINT NOT NULL,
  lng           BIGINT NOT NULL,
  due_on        TEXT   NOT NULL,
  ended_on      TEXT   NOT NULL,
  event_id      BIGINT NOT NULL,
  recorder      BIGINT NOT NULL,
  recorder_name TEXT   NOT NULL,
  recorded_at   BIGINT NOT NULL,
  fixer         BIGINT NOT NULL,
  checker_name  TEXT   NOT NULL,
  reason        TEXT   NOT NULL,
  n1 BIGINT NOT NULL, n2 BIGINT NOT NULL, n3 BIGINT NOT NULL, n4 BIGINT NOT NULL, n5 BIGINT NOT NULL, n6 BIGINT NOT NULL, n7 BIGINT NOT NULL, n8 BIGINT NOT NULL,
  k1 TEXT NOT NULL, k2 TEXT NOT NULL, k3 TEXT NOT NULL, k4 TEXT NOT NULL, k5 TEXT NOT NULL, k6 TEXT NOT NULL, k7 TEXT NOT NULL, k8 TEXT NOT NULL,
  d1 TEXT NOT NULL, d2 TEXT NOT NULL, d3 TEXT NOT NULL, d4 TEXT NOT NULL,
  r1 BIGINT NOT NULL, r2 BIGINT NOT NULL, r3 BIGINT NOT NULL, r4 BIGINT NOT NULL,
  tags          TEXT   NOT NULL,
  data          TEXT   NOT NULL,
  batch_id      BIGINT NOT NULL,
  version       BIGINT NOT NULL,
  entry_id      BIGINT NOT NULL
);
CREATE INDEX register_record_day ON register_record (code, happened, id);
CREATE INDEX register_record_event ON register_record (event_id, id);
CREATE INDEX register_record_batch ON register_record (batch_id, id);

-- Where a record is found: one row for each unit above it and each value by which its list is filtered, in the order in which
-- the list is read. The empty field is the whole list. Made from the record, and can be made anew from it.
CREATE TABLE register_found (
  unit_id   BIGINT NOT NULL,
  code      TEXT   NOT NULL,
  field     TEXT   NOT NULL,
  value     TEXT   NOT NULL,
  sort_on   TEXT   NOT NULL,
  record_id BIGINT NOT NULL,
  PRIMARY KEY (unit_id, code, field, value, sort_on, record_id)
);
CREATE INDEX register_found_record ON register_found (record_id);

-- A photo or file of a record. look is the perceptual hash of a picture; a row that was taken out keeps its bytes and its trace.
CREATE TABLE register_file (
  id         BIGINT NOT NULL PRIMARY KEY,
  record_id  BIGINT NOT NULL,
  code       TEXT   NOT NULL,
  field      TEXT   NOT NULL,
  digest     TEXT   NOT NULL,
  name       TEXT   NOT NULL,
  type       TEXT   NOT NULL,
  size       BIGINT NOT NULL,
  look       BIGINT NOT NULL,
  account    BIGINT NOT NULL,
  account_name TEXT NOT NULL,
  added_at   BIGINT NOT NULL,
  removed    BIGINT NOT NULL,
  entry_id   BIGINT NOT NULL
);
CREATE INDEX register_file_record ON register_file (record_id, id);

-- How much of a thing is in stock with a unit; the sum of its movements, which may not be below zero.
CREATE TABLE register_stock (
  unit_id  BIGINT NOT NULL,
  code     TEXT   NOT NULL,
  item     TEXT   NOT NULL,
  quantity BIGINT NOT NULL CHECK (quantity >= 0),
  entry_id BIGINT NOT NULL,
  PRIMARY KEY (unit_id, code, item)
);
