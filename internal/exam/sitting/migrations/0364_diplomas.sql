-- +goose Up
-- The number series of the certificates of an exam ('' for none) and for how many months they hold (0 without end).
ALTER TABLE exam_sitting ADD COLUMN diploma_prefix TEXT NOT NULL DEFAULT '';
ALTER TABLE exam_sitting ADD COLUMN diploma_months BIGINT NOT NULL DEFAULT 0;

-- A certificate of somebody who passed an exam. code is what anybody may check it by; valid_to '' is without end. What was
-- revoked stays: who passes after all gets another.
CREATE TABLE exam_diploma (
  id           BIGINT NOT NULL PRIMARY KEY,
  sitting_id   BIGINT NOT NULL,
  candidate_id BIGINT NOT NULL,
  account      BIGINT NOT NULL,
  name         TEXT   NOT NULL,
  unit_id      BIGINT NOT NULL,
  u1           BIGINT NOT NULL,
  u2           BIGINT NOT NULL,
  u3           BIGINT NOT NULL,
  u4           BIGINT NOT NULL,
  u5           BIGINT NOT NULL,
  exam         TEXT   NOT NULL,
  sat_on       TEXT   NOT NULL,
  series       TEXT   NOT NULL,
  serial       BIGINT NOT NULL,
  number       TEXT   NOT NULL,
  code         TEXT   NOT NULL,
  issued_on    TEXT   NOT NULL,
  valid_to     TEXT   NOT NULL,
  revoked_on   TEXT   NOT NULL,
  reason       TEXT   NOT NULL,
  entry_id     BIGINT NOT NULL,
  UNIQUE (series, serial),
  UNIQUE (number),
  UNIQUE (code)
);
CREATE INDEX exam_diploma_candidate ON exam_diploma (candidate_id, id);
CREATE INDEX exam_diploma_account ON exam_diploma (account, id);
CREATE INDEX exam_diploma_sitting ON exam_diploma (sitting_id, id);
