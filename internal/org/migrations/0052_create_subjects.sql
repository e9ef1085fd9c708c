-- +goose Up
CREATE TABLE org_subject_row (
  id             BIGINT NOT NULL PRIMARY KEY,
  name           TEXT   NOT NULL,
  uscc           TEXT   NOT NULL,
  basis          TEXT   NOT NULL,
  basis_document TEXT   NOT NULL DEFAULT '',
  from_on        TEXT   NOT NULL,
  until_on       TEXT   NOT NULL DEFAULT '',
  mandator_id    BIGINT NOT NULL DEFAULT 0,
  powers         TEXT   NOT NULL DEFAULT '',
  areas          TEXT   NOT NULL,
  address        TEXT   NOT NULL DEFAULT '',
  phone          TEXT   NOT NULL DEFAULT '',
  seal           TEXT   NOT NULL DEFAULT '',
  review_organ   TEXT   NOT NULL DEFAULT '',
  court          TEXT   NOT NULL DEFAULT '',
  collection_code TEXT  NOT NULL DEFAULT '',
  prefix         TEXT   NOT NULL DEFAULT '',
  unit_id BIGINT NOT NULL DEFAULT 0,
  u1 BIGINT NOT NULL DEFAULT 0,
  u2 BIGINT NOT NULL DEFAULT 0,
  u3 BIGINT NOT NULL DEFAULT 0,
  u4 BIGINT NOT NULL DEFAULT 0,
  u5 BIGINT NOT NULL DEFAULT 0,
  batch_id BIGINT NOT NULL DEFAULT 0,
  version  BIGINT NOT NULL DEFAULT 1,
  entry_id BIGINT NOT NULL
);
CREATE UNIQUE INDEX org_subject_name ON org_subject_row (name);
CREATE INDEX org_subject_batch ON org_subject_row (batch_id);

CREATE VIEW org_subject AS
  SELECT * FROM org_subject_row r
  WHERE r.batch_id = 0 OR EXISTS (SELECT 1 FROM draft_batch d WHERE d.id = r.batch_id AND d.state = 'published');

-- Which units act in whose name, and when.
CREATE TABLE org_subject_unit (
  id         BIGINT   NOT NULL PRIMARY KEY,
  subject_id BIGINT   NOT NULL REFERENCES org_subject_row (id),
  unit_id    BIGINT   NOT NULL,
  from_on    TEXT     NOT NULL,
  until_on   TEXT     NOT NULL DEFAULT '',
  annulled   SMALLINT NOT NULL DEFAULT 0,
  batch_id   BIGINT   NOT NULL DEFAULT 0,
  version    BIGINT   NOT NULL DEFAULT 1,
  entry_id   BIGINT   NOT NULL
);
CREATE INDEX org_subject_unit_unit ON org_subject_unit (unit_id, from_on);
CREATE INDEX org_subject_unit_subject ON org_subject_unit (subject_id, from_on);
CREATE INDEX org_subject_unit_batch ON org_subject_unit (batch_id);
