-- +goose Up
-- A line of a printed report as it was confirmed: what the report is called, or a figure. Lines are seen through their report, which is
-- there once the batch is published.
CREATE TABLE past_line (
  id          BIGINT NOT NULL PRIMARY KEY,
  batch_id    BIGINT NOT NULL,
  line        BIGINT NOT NULL,
  kind        TEXT   NOT NULL,
  number      TEXT   NOT NULL,
  name        TEXT   NOT NULL,
  value       TEXT   NOT NULL,
  unit        TEXT   NOT NULL,
  period      TEXT   NOT NULL,
  parts       TEXT   NOT NULL,
  numerator   TEXT   NOT NULL,
  denominator TEXT   NOT NULL,
  plan        BIGINT NOT NULL,
  sentence    TEXT   NOT NULL,
  entry_id    BIGINT NOT NULL
);
CREATE INDEX past_line_batch ON past_line (batch_id, line);

CREATE TABLE past_report (
  id           BIGINT NOT NULL PRIMARY KEY,
  batch_id     BIGINT NOT NULL,
  unit_id      BIGINT NOT NULL,
  u1           BIGINT NOT NULL,
  u2           BIGINT NOT NULL,
  u3           BIGINT NOT NULL,
  u4           BIGINT NOT NULL,
  u5           BIGINT NOT NULL,
  title        TEXT   NOT NULL,
  year         BIGINT NOT NULL,
  signed_on    TEXT   NOT NULL,
  figures      BIGINT NOT NULL,
  impossible   BIGINT NOT NULL,
  unexplained  BIGINT NOT NULL,
  findings     TEXT   NOT NULL,
  confirmed_by TEXT   NOT NULL,
  confirmed_at BIGINT NOT NULL,
  withdrawn    TEXT   NOT NULL,
  version      BIGINT NOT NULL,
  entry_id     BIGINT NOT NULL
);
CREATE INDEX past_report_newest ON past_report (confirmed_at, id);
