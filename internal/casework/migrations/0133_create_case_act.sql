-- +goose Up
-- What was done in a case of the ordinary procedure, one row for each act. Rows are only ever added.
CREATE TABLE case_act (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  act TEXT NOT NULL,
  of_id TEXT NOT NULL,
  for_id TEXT NOT NULL,
  on_day TEXT NOT NULL,
  done_at BIGINT NOT NULL,
  named_day TEXT NOT NULL,
  days BIGINT NOT NULL,
  paper_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  note TEXT NOT NULL,
  withdraws BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX case_act_case ON case_act (case_id, id);
