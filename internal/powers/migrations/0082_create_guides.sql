-- +goose Up
-- The service guide (办事指南) of a power: each saving is a new version, the latest is shown.
-- lines is a JSON array of the steps of the public flow chart; empty: the procedure's own.
CREATE TABLE power_guide (
  id         BIGINT NOT NULL PRIMARY KEY,
  code       TEXT   NOT NULL,
  number     BIGINT NOT NULL,
  content    TEXT   NOT NULL,
  published_on TEXT NOT NULL,
  author     TEXT   NOT NULL,
  entry_id   BIGINT NOT NULL,
  UNIQUE (code, number)
);
