-- +goose Up
-- A running term that a newly loaded calendar moved.
CREATE TABLE deadline_move (
  id        BIGINT NOT NULL PRIMARY KEY,
  kind      TEXT   NOT NULL,
  ref       BIGINT NOT NULL,
  title     TEXT   NOT NULL,
  href      TEXT   NOT NULL,
  unit_id   BIGINT NOT NULL, u1 BIGINT NOT NULL, u2 BIGINT NOT NULL, u3 BIGINT NOT NULL, u4 BIGINT NOT NULL, u5 BIGINT NOT NULL,
  term      TEXT   NOT NULL,
  was       TEXT   NOT NULL,
  due       TEXT   NOT NULL,
  moved_on  TEXT   NOT NULL,
  entry_id  BIGINT NOT NULL
);
