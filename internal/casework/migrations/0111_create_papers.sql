-- +goose Up
CREATE TABLE number_series (
  id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL, u1 BIGINT NOT NULL, u2 BIGINT NOT NULL, u3 BIGINT NOT NULL, u4 BIGINT NOT NULL, u5 BIGINT NOT NULL,
  organ_id BIGINT NOT NULL,
  paper_kind TEXT NOT NULL,
  year BIGINT NOT NULL,
  prefix TEXT NOT NULL,
  first_no BIGINT NOT NULL,
  last_no BIGINT NOT NULL,
  next_no BIGINT NOT NULL,
  closed SMALLINT NOT NULL,
  presealed SMALLINT NOT NULL,
  note TEXT NOT NULL
);
CREATE INDEX number_series_use ON number_series (unit_id, organ_id, paper_kind, year, closed, first_no);
CREATE UNIQUE INDEX number_series_start ON number_series (prefix, year, first_no);

-- Numbers that never got a paper keep their reason.
CREATE TABLE number_void (
  prefix TEXT NOT NULL,
  year BIGINT NOT NULL,
  first_no BIGINT NOT NULL,
  last_no BIGINT NOT NULL,
  series_id BIGINT NOT NULL REFERENCES number_series (id),
  reason TEXT NOT NULL,
  entry_id BIGINT NOT NULL,
  PRIMARY KEY (prefix, year, first_no)
);
CREATE INDEX number_void_series ON number_void (series_id);

CREATE TABLE paper (
  id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL, u1 BIGINT NOT NULL, u2 BIGINT NOT NULL, u3 BIGINT NOT NULL, u4 BIGINT NOT NULL, u5 BIGINT NOT NULL,
  organ_id BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  series_id BIGINT NOT NULL,
  year BIGINT NOT NULL,
  number BIGINT NOT NULL,
  doc_no TEXT NOT NULL,
  code TEXT NOT NULL UNIQUE,
  content TEXT NOT NULL,
  digest TEXT NOT NULL,
  signed_digest TEXT NOT NULL,
  hand_fill TEXT NOT NULL,
  dated TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  issued_at BIGINT NOT NULL,
  sealed_at BIGINT NOT NULL,
  delivered_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL,
  ended_why TEXT NOT NULL,
  about_id BIGINT NOT NULL,
  prints BIGINT NOT NULL
);
CREATE INDEX paper_case ON paper (case_id, id);
CREATE UNIQUE INDEX paper_number ON paper (doc_no);
CREATE INDEX paper_state ON paper (state, id);
CREATE INDEX paper_series ON paper (series_id, number);
CREATE INDEX paper_about ON paper (about_id, id);

CREATE TABLE paper_signature (
  id BIGINT NOT NULL PRIMARY KEY,
  paper_id BIGINT NOT NULL REFERENCES paper (id),
  entry_id BIGINT NOT NULL,
  role TEXT NOT NULL,
  person_id BIGINT NOT NULL,
  account BIGINT NOT NULL,
  method TEXT NOT NULL,
  digest TEXT NOT NULL,
  signed_at BIGINT NOT NULL,
  note TEXT NOT NULL
);
CREATE UNIQUE INDEX paper_signature_role ON paper_signature (paper_id, role);
