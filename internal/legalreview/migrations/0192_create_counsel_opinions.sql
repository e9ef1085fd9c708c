-- +goose Up
-- What the stationed lawyer advised (国办发〔2018〕118号十一). Rows are only added.
CREATE TABLE legal_review_counsel (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  account BIGINT NOT NULL,
  lawyer TEXT NOT NULL,
  paper_id BIGINT NOT NULL,
  made_on TEXT NOT NULL,
  content TEXT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX legal_review_counsel_case ON legal_review_counsel (case_id, id);
