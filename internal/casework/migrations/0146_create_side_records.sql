-- +goose Up
-- What the form of an act off the main line said: its input as JSON. Rows are only added; the last of an act counts.
CREATE TABLE side_record (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  act TEXT NOT NULL,
  on_day TEXT NOT NULL,
  person_id BIGINT NOT NULL,
  says TEXT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX side_record_case ON side_record (case_id, id);
