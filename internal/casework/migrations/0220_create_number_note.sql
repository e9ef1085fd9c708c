-- +goose Up
-- Why a case number was never used, where no act says it. Rows are only added.
CREATE TABLE number_note (
  id BIGINT NOT NULL PRIMARY KEY,
  entry_id BIGINT NOT NULL,
  series_id BIGINT NOT NULL REFERENCES number_series (id),
  prefix TEXT NOT NULL,
  year BIGINT NOT NULL,
  number BIGINT NOT NULL,
  why TEXT NOT NULL,
  person_id BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX number_note_number ON number_note (prefix, year, number, id);
