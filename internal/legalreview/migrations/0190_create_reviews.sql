-- +goose Up
-- Legal review (行政处罚法第五十八条；住房和城乡建设行政处罚程序规定第二十三条至第二十五条): what was submitted, the opinions, what a head said about a
-- difference. Rows are only added.
CREATE TABLE legal_review (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  round BIGINT NOT NULL,
  submitted_on TEXT NOT NULL,
  digest TEXT NOT NULL,
  content TEXT NOT NULL,
  withdrawn SMALLINT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX legal_review_case ON legal_review (case_id, id);
CREATE TABLE legal_review_opinion (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  review_id BIGINT NOT NULL REFERENCES legal_review (id),
  account BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  made_on TEXT NOT NULL,
  content TEXT NOT NULL,
  signed_at BIGINT NOT NULL
);
CREATE INDEX legal_review_opinion_case ON legal_review_opinion (case_id, id);
CREATE INDEX legal_review_opinion_account ON legal_review_opinion (account, id);
CREATE TABLE legal_review_difference (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  account BIGINT NOT NULL,
  content TEXT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX legal_review_difference_case ON legal_review_difference (case_id, id);
