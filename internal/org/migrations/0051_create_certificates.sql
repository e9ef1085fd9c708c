-- +goose Up
CREATE TABLE org_certificate_row (
  id           BIGINT NOT NULL PRIMARY KEY,
  person_id    BIGINT NOT NULL REFERENCES org_person_row (id),
  number       TEXT   NOT NULL,
  kind         TEXT   NOT NULL,
  issuer       TEXT   NOT NULL,
  areas        TEXT   NOT NULL,
  categories   TEXT   NOT NULL,
  printed_unit TEXT   NOT NULL DEFAULT '',
  exam_passed_on TEXT NOT NULL DEFAULT '',
  valid_to     TEXT   NOT NULL,
  revoked_on   TEXT   NOT NULL DEFAULT '',
  revoked_how  TEXT   NOT NULL DEFAULT '',
  revoked_reason TEXT NOT NULL DEFAULT '',
  batch_id BIGINT NOT NULL DEFAULT 0,
  version  BIGINT NOT NULL DEFAULT 1,
  entry_id BIGINT NOT NULL
);
CREATE UNIQUE INDEX org_certificate_number ON org_certificate_row (number);
CREATE INDEX org_certificate_person ON org_certificate_row (person_id);
CREATE INDEX org_certificate_valid_to ON org_certificate_row (valid_to);
CREATE INDEX org_certificate_batch ON org_certificate_row (batch_id);

CREATE VIEW org_certificate AS
  SELECT * FROM org_certificate_row r
  WHERE r.batch_id = 0 OR EXISTS (SELECT 1 FROM draft_batch d WHERE d.id = r.batch_id AND d.state = 'published');

-- A renewed certificate keeps its number and gets another validity; between two it is not valid.
CREATE TABLE org_validity (
  id             BIGINT NOT NULL PRIMARY KEY,
  certificate_id BIGINT NOT NULL REFERENCES org_certificate_row (id),
  valid_from     TEXT   NOT NULL,
  valid_to       TEXT   NOT NULL,
  batch_id       BIGINT NOT NULL DEFAULT 0,
  entry_id       BIGINT NOT NULL
);
CREATE INDEX org_validity_certificate ON org_validity (certificate_id, valid_from);
CREATE INDEX org_validity_batch ON org_validity (batch_id);

CREATE TABLE org_suspension (
  id             BIGINT   NOT NULL PRIMARY KEY,
  certificate_id BIGINT   NOT NULL REFERENCES org_certificate_row (id),
  from_on        TEXT     NOT NULL,
  until_on       TEXT     NOT NULL DEFAULT '',
  reason         TEXT     NOT NULL,
  document       TEXT     NOT NULL DEFAULT '',
  annulled       SMALLINT NOT NULL DEFAULT 0,
  version        BIGINT   NOT NULL DEFAULT 1,
  entry_id       BIGINT   NOT NULL
);
CREATE INDEX org_suspension_certificate ON org_suspension (certificate_id, from_on);

CREATE TABLE org_annual_check (
  id             BIGINT   NOT NULL PRIMARY KEY,
  certificate_id BIGINT   NOT NULL REFERENCES org_certificate_row (id),
  year           BIGINT   NOT NULL,
  result         TEXT     NOT NULL,
  checked_on     TEXT     NOT NULL,
  note           TEXT     NOT NULL DEFAULT '',
  version        BIGINT   NOT NULL DEFAULT 1,
  entry_id       BIGINT   NOT NULL,
  UNIQUE (certificate_id, year)
);
