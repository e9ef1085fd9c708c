-- +goose Up
-- How the bureau writes numbers and titles, each version from a day on; versions are never changed.
CREATE TABLE paper_wording (
  id BIGINT NOT NULL PRIMARY KEY,
  entry_id BIGINT NOT NULL,
  since TEXT NOT NULL,
  ordinal SMALLINT NOT NULL,
  titles TEXT NOT NULL,
  document TEXT NOT NULL,
  made_at BIGINT NOT NULL
);
CREATE INDEX paper_wording_since ON paper_wording (since, id);
