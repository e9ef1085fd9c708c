-- +goose Up
-- What is to be decided in an ordinary case, before and with the decision (行政处罚法第五十七条第一款、第五十九条第一款). Rows are only
-- added; the last one counts.
CREATE TABLE decision_draft (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  made_on TEXT NOT NULL,
  person_id BIGINT NOT NULL,
  content TEXT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX decision_draft_case ON decision_draft (case_id, id);
