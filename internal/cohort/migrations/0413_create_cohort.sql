-- +goose Up
-- Some people who are trained together.
CREATE TABLE cohort (
  id         BIGINT NOT NULL PRIMARY KEY,
  title      TEXT   NOT NULL,
  aim        TEXT   NOT NULL,
  from_day   TEXT   NOT NULL,
  until_day  TEXT   NOT NULL,
  unit_id    BIGINT NOT NULL,
  u1         BIGINT NOT NULL,
  u2         BIGINT NOT NULL,
  u3         BIGINT NOT NULL,
  u4         BIGINT NOT NULL,
  u5         BIGINT NOT NULL,
  state      TEXT   NOT NULL,
  state_why  TEXT   NOT NULL,
  enrolled   BIGINT NOT NULL, -- the counts of a closed one
  took       BIGINT NOT NULL,
  passed     BIGINT NOT NULL,
  author     TEXT   NOT NULL,
  version    BIGINT NOT NULL,
  entry_id   BIGINT NOT NULL
);
CREATE INDEX cohort_state ON cohort (state, id);

-- Somebody on the roster. Took, passed and lacks are frozen when the cohort is closed. Who left stays, with why.
CREATE TABLE cohort_member (
  id         BIGINT NOT NULL PRIMARY KEY,
  cohort_id  BIGINT NOT NULL,
  account    BIGINT NOT NULL,
  name       TEXT   NOT NULL,
  unit_id    BIGINT NOT NULL,
  took       BIGINT NOT NULL,
  passed     BIGINT NOT NULL,
  lacks      TEXT   NOT NULL,
  gone       BIGINT NOT NULL,
  gone_why   TEXT   NOT NULL,
  entry_id   BIGINT NOT NULL
);
CREATE UNIQUE INDEX cohort_member_once ON cohort_member (cohort_id, account) WHERE gone = 0;
CREATE INDEX cohort_member_cohort ON cohort_member (cohort_id, id);
CREATE INDEX cohort_member_account ON cohort_member (account, cohort_id);

-- What belongs to a cohort: a session, a course, an exam, a scene.
CREATE TABLE cohort_part (
  id         BIGINT NOT NULL PRIMARY KEY,
  cohort_id  BIGINT NOT NULL,
  kind       TEXT   NOT NULL,
  ref        TEXT   NOT NULL,
  title      TEXT   NOT NULL,
  must       BIGINT NOT NULL,
  gone       BIGINT NOT NULL,
  gone_why   TEXT   NOT NULL,
  entry_id   BIGINT NOT NULL
);
CREATE UNIQUE INDEX cohort_part_once ON cohort_part (cohort_id, kind, ref) WHERE gone = 0;
