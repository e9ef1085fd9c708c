-- +goose Up
-- Who was questioned, when: persons are questioned apart (住房和城乡建设行政处罚程序规定第十七条). Rows are only added.
CREATE TABLE interview (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  person TEXT NOT NULL,
  role TEXT NOT NULL,
  began_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL,
  paper_id BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX interview_case ON interview (case_id, id);
-- The evidence of a case (行政处罚法第四十六条), numbered in the order in which it came in. Rows are only added; what was
-- found of a piece stands in evidence_review.
CREATE TABLE evidence (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  purpose TEXT NOT NULL,
  source TEXT NOT NULL,
  obtained_on TEXT NOT NULL,
  pages TEXT NOT NULL,
  original_at TEXT NOT NULL,
  device TEXT NOT NULL,
  digest TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size BIGINT NOT NULL,
  paper_id BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX evidence_case ON evidence (case_id, number);
-- Whether a piece is admitted, and why; the last row of a piece counts.
CREATE TABLE evidence_review (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  evidence_id BIGINT NOT NULL REFERENCES evidence (id),
  outcome TEXT NOT NULL,
  reason TEXT NOT NULL,
  purpose TEXT NOT NULL,
  device_reviewed SMALLINT NOT NULL,
  person_id BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX evidence_review_case ON evidence_review (case_id, id);
