-- +goose Up
-- What a prior notice told (行政处罚法第四十四条), frozen: the decision is compared with it.
CREATE TABLE prior_notice (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  version BIGINT NOT NULL,
  paper_id BIGINT NOT NULL,
  state TEXT NOT NULL,
  kinds TEXT NOT NULL,
  amount BIGINT NOT NULL,
  gains BIGINT NOT NULL,
  goods BIGINT NOT NULL,
  tier TEXT NOT NULL,
  facts TEXT NOT NULL,
  violated TEXT NOT NULL,
  basis TEXT NOT NULL,
  tells_hearing SMALLINT NOT NULL,
  hearing_ground TEXT NOT NULL,
  ended_why TEXT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX prior_notice_case ON prior_notice (case_id, id);
-- What the party said to it, point by point, and the answers (行政处罚法第四十五条).
CREATE TABLE defence_point (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  notice_id BIGINT NOT NULL REFERENCES prior_notice (id),
  entry_id BIGINT NOT NULL,
  version BIGINT NOT NULL,
  stated_on TEXT NOT NULL,
  person TEXT NOT NULL,
  role TEXT NOT NULL,
  said TEXT NOT NULL,
  answer TEXT NOT NULL,
  adopted SMALLINT NOT NULL,
  why TEXT NOT NULL,
  withdrawn TEXT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX defence_point_case ON defence_point (case_id, id);
-- What the party gave up expressly.
CREATE TABLE defence_waiver (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  notice_id BIGINT NOT NULL REFERENCES prior_notice (id),
  entry_id BIGINT NOT NULL,
  on_day TEXT NOT NULL,
  defence SMALLINT NOT NULL,
  hearing SMALLINT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX defence_waiver_case ON defence_waiver (case_id, id);
