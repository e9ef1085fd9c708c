-- +goose Up
-- How a case belongs to another: merged into it, split from it, begun again, sent to another body. Rows are only added.
CREATE TABLE case_link (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  other_id BIGINT NOT NULL,
  body TEXT NOT NULL,
  note TEXT NOT NULL,
  on_day TEXT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX case_link_case ON case_link (case_id, id);
CREATE INDEX case_link_other ON case_link (other_id, id);
