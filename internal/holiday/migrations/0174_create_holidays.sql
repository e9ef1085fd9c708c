-- +goose Up
-- A day of a notice. Rows are only added: of two about one day the later holds.
CREATE TABLE holiday_day (
  id         BIGINT NOT NULL PRIMARY KEY,
  batch_id   BIGINT NOT NULL,
  day        TEXT   NOT NULL,
  kind       TEXT   NOT NULL,
  name       TEXT   NOT NULL,
  source     TEXT   NOT NULL,
  confidence TEXT   NOT NULL,
  correction TEXT   NOT NULL,
  entry_id   BIGINT NOT NULL
);
CREATE INDEX holiday_day_day ON holiday_day (day, id);

-- A running term that a notice moved.
CREATE TABLE holiday_move (
  id       BIGINT NOT NULL PRIMARY KEY,
  batch_id BIGINT NOT NULL,
  unit_id  BIGINT NOT NULL, u1 BIGINT NOT NULL, u2 BIGINT NOT NULL, u3 BIGINT NOT NULL, u4 BIGINT NOT NULL, u5 BIGINT NOT NULL,
  record   TEXT   NOT NULL,
  href     TEXT   NOT NULL,
  term     TEXT   NOT NULL,
  was      TEXT   NOT NULL,
  due      TEXT   NOT NULL,
  entry_id BIGINT NOT NULL
);
CREATE INDEX holiday_move_batch ON holiday_move (batch_id, id);
