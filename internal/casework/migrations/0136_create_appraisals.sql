-- +goose Up
-- What was given out to be tested or appraised (住房和城乡建设行政处罚程序规定第十八条).
CREATE TABLE appraisal (
  id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  qualification TEXT NOT NULL,
  subject TEXT NOT NULL,
  seizure TEXT NOT NULL,
  commissioned_on TEXT NOT NULL,
  paper_id BIGINT NOT NULL,
  result_on TEXT NOT NULL,
  report_no TEXT NOT NULL,
  result TEXT NOT NULL,
  told_on TEXT NOT NULL
);
CREATE INDEX appraisal_case ON appraisal (case_id, id);
