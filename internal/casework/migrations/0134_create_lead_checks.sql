-- +goose Up
-- What a check of a lead found (住房和城乡建设行政处罚程序规定第十五条). Rows are only added; the last one counts.
CREATE TABLE lead_check (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  checked_on TEXT NOT NULL,
  person_id BIGINT NOT NULL,
  found TEXT NOT NULL,
  cause TEXT NOT NULL,
  prima_facie SMALLINT NOT NULL,
  in_jurisdiction SMALLINT NOT NULL,
  elsewhere TEXT NOT NULL,
  endangered SMALLINT NOT NULL,
  informant TEXT NOT NULL,
  letter_no TEXT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX lead_check_case ON lead_check (case_id, id);
