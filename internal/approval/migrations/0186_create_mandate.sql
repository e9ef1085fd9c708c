-- +goose Up
-- Somebody signs in another's place: by document, from a day to a day, for named posts.
CREATE TABLE mandate (
  id         BIGINT NOT NULL PRIMARY KEY,
  document   TEXT   NOT NULL,
  paired     BIGINT NOT NULL,
  giver      BIGINT NOT NULL,
  giver_name TEXT   NOT NULL,
  taker      BIGINT NOT NULL,
  taker_name TEXT   NOT NULL,
  posts      TEXT   NOT NULL,
  from_on    TEXT   NOT NULL,
  until_on   TEXT   NOT NULL,
  why_ended  TEXT   NOT NULL DEFAULT '',
  version    BIGINT NOT NULL DEFAULT 1,
  entry_id   BIGINT NOT NULL
);
CREATE INDEX mandate_taker ON mandate (taker, until_on);
