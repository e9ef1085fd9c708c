-- +goose Up
-- Where an entry of the account came from, and which entry it takes back.
ALTER TABLE course_points ADD COLUMN opens TEXT NOT NULL DEFAULT '';
ALTER TABLE course_points ADD COLUMN reverses BIGINT NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX course_points_reverses ON course_points (reverses) WHERE reverses <> 0;

-- An edition of the rules of points: it holds from its day until the next one does.
CREATE TABLE course_points_edition (
  id        BIGINT NOT NULL PRIMARY KEY,
  from_day  TEXT   NOT NULL,
  why       TEXT   NOT NULL,
  author    TEXT   NOT NULL,
  made_at   BIGINT NOT NULL,
  gone      BIGINT NOT NULL,
  gone_why  TEXT   NOT NULL,
  version   BIGINT NOT NULL,
  entry_id  BIGINT NOT NULL
);
CREATE UNIQUE INDEX course_points_edition_day ON course_points_edition (from_day) WHERE gone = 0;

-- What a source gives under an edition, in hundredths.
CREATE TABLE course_points_rule (
  edition_id BIGINT NOT NULL,
  source     TEXT   NOT NULL,
  each       BIGINT NOT NULL,
  per        BIGINT NOT NULL,
  daily_cap  BIGINT NOT NULL,
  entry_id   BIGINT NOT NULL,
  PRIMARY KEY (edition_id, source)
);
