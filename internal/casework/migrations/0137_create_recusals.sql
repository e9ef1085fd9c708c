-- +goose Up
-- Who was asked to withdraw from a case, and what the head decided (行政处罚法第四十三条).
CREATE TABLE recusal (
  id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  applicant TEXT NOT NULL,
  officer BIGINT NOT NULL,
  asked_on TEXT NOT NULL,
  reason TEXT NOT NULL,
  state TEXT NOT NULL,
  decided_on TEXT NOT NULL,
  finding TEXT NOT NULL,
  successor BIGINT NOT NULL
);
CREATE INDEX recusal_case ON recusal (case_id, id);
