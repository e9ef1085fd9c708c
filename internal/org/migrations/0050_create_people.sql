-- +goose Up
-- Rows with a batch_id were imported; the views hide them until their batch is published. Postings and
-- absences are reached through their person, validities, suspensions and checks through their certificate.
CREATE TABLE org_person_row (
  id           BIGINT NOT NULL PRIMARY KEY,
  name         TEXT   NOT NULL,
  staff_number TEXT   NOT NULL,
  kind         TEXT   NOT NULL,
  phone        TEXT   NOT NULL DEFAULT '',
  identity_number TEXT NOT NULL DEFAULT '',
  note         TEXT   NOT NULL DEFAULT '',
  left_on      TEXT   NOT NULL DEFAULT '',
  left_reason  TEXT   NOT NULL DEFAULT '',
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
CREATE UNIQUE INDEX org_person_staff_number ON org_person_row (staff_number);
CREATE UNIQUE INDEX org_person_identity ON org_person_row (identity_number) WHERE identity_number <> '';
CREATE INDEX org_person_u1 ON org_person_row (u1, staff_number, id);
CREATE INDEX org_person_u2 ON org_person_row (u2, staff_number, id);
CREATE INDEX org_person_u3 ON org_person_row (u3, staff_number, id);
CREATE INDEX org_person_u4 ON org_person_row (u4, staff_number, id);
CREATE INDEX org_person_u5 ON org_person_row (u5, staff_number, id);
CREATE INDEX org_person_batch ON org_person_row (batch_id);

CREATE VIEW org_person AS
  SELECT * FROM org_person_row r
  WHERE r.batch_id = 0 OR EXISTS (SELECT 1 FROM draft_batch d WHERE d.id = r.batch_id AND d.state = 'published');

CREATE TABLE org_posting (
  id        BIGINT   NOT NULL PRIMARY KEY,
  person_id BIGINT   NOT NULL REFERENCES org_person_row (id),
  kind      TEXT     NOT NULL,
  post      TEXT     NOT NULL,
  from_on   TEXT     NOT NULL,
  until_on  TEXT     NOT NULL DEFAULT '',
  reason    TEXT     NOT NULL DEFAULT '',
  annulled  SMALLINT NOT NULL DEFAULT 0,
  recorded_on TEXT   NOT NULL,
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
CREATE INDEX org_posting_person ON org_posting (person_id, from_on);
CREATE INDEX org_posting_u1 ON org_posting (u1, from_on);
CREATE INDEX org_posting_u2 ON org_posting (u2, from_on);
CREATE INDEX org_posting_u3 ON org_posting (u3, from_on);
CREATE INDEX org_posting_u4 ON org_posting (u4, from_on);
CREATE INDEX org_posting_u5 ON org_posting (u5, from_on);
CREATE INDEX org_posting_batch ON org_posting (batch_id);

CREATE TABLE org_absence (
  id        BIGINT   NOT NULL PRIMARY KEY,
  person_id BIGINT   NOT NULL REFERENCES org_person_row (id),
  from_on   TEXT     NOT NULL,
  until_on  TEXT     NOT NULL DEFAULT '',
  reason    TEXT     NOT NULL,
  annulled  SMALLINT NOT NULL DEFAULT 0,
  version   BIGINT   NOT NULL DEFAULT 1,
  entry_id  BIGINT   NOT NULL
);
CREATE INDEX org_absence_person ON org_absence (person_id, from_on);
