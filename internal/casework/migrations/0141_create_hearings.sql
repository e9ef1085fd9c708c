-- +goose Up
-- Hearings (行政处罚法第六十三条至第六十五条).
CREATE TABLE hearing (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  version BIGINT NOT NULL,
  state TEXT NOT NULL,
  back_state TEXT NOT NULL,
  asked_on TEXT NOT NULL,
  how TEXT NOT NULL,
  reason TEXT NOT NULL,
  closed_why TEXT NOT NULL,
  agents TEXT NOT NULL,
  host_id BIGINT NOT NULL,
  host TEXT NOT NULL,
  panel TEXT NOT NULL,
  clerk TEXT NOT NULL,
  planned_at BIGINT NOT NULL,
  place TEXT NOT NULL,
  notice_paper BIGINT NOT NULL,
  record_paper BIGINT NOT NULL,
  held_on TEXT NOT NULL,
  reported_on TEXT NOT NULL,
  ended_why TEXT NOT NULL
);
CREATE INDEX hearing_case ON hearing (case_id, id);
