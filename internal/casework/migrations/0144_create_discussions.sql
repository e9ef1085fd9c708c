-- +goose Up
-- Collective discussion (行政处罚法第五十七条第二款): the minutes, who spoke in which order, who signed under which account. Rows are
-- only added; the last minutes count.
CREATE TABLE discussion (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  draft_id BIGINT NOT NULL REFERENCES decision_draft (id),
  held_on TEXT NOT NULL,
  roster BIGINT NOT NULL,
  quorum BIGINT NOT NULL,
  agreed SMALLINT NOT NULL,
  content TEXT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX discussion_case ON discussion (case_id, id);
CREATE TABLE discussion_opinion (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  discussion_id BIGINT NOT NULL REFERENCES discussion (id),
  spoke BIGINT NOT NULL,
  account BIGINT NOT NULL,
  name TEXT NOT NULL,
  post TEXT NOT NULL,
  chief SMALLINT NOT NULL,
  says TEXT NOT NULL,
  vote TEXT NOT NULL
);
CREATE INDEX discussion_opinion_case ON discussion_opinion (case_id, id);
CREATE TABLE discussion_signature (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  discussion_id BIGINT NOT NULL REFERENCES discussion (id),
  account BIGINT NOT NULL,
  signed_at BIGINT NOT NULL,
  UNIQUE (discussion_id, account)
);
CREATE INDEX discussion_signature_case ON discussion_signature (case_id, id);
