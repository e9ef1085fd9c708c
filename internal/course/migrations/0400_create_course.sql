-- +goose Up
-- A course. Title, leaders and what lists show are those of its head: the version in use or, when there is none, the newest.
CREATE TABLE course (
  id         BIGINT NOT NULL PRIMARY KEY,
  title      TEXT   NOT NULL,
  state      TEXT   NOT NULL,
  current_id BIGINT NOT NULL,
  head_id    BIGINT NOT NULL,
  number     BIGINT NOT NULL,
  waiting    BIGINT NOT NULL,
  leaders    BIGINT NOT NULL,
  ended_why  TEXT   NOT NULL,
  changed_at BIGINT NOT NULL,
  version    BIGINT NOT NULL,
  entry_id   BIGINT NOT NULL
);
CREATE INDEX course_state ON course (state, id);

-- A version of a course. Its content never changes; where it stands does.
CREATE TABLE course_version (
  id          BIGINT NOT NULL PRIMARY KEY,
  course_id   BIGINT NOT NULL,
  number      BIGINT NOT NULL,
  state       TEXT   NOT NULL,
  title       TEXT   NOT NULL,
  summary     TEXT   NOT NULL,
  leaders     BIGINT NOT NULL,
  holds_on    TEXT   NOT NULL,
  content     TEXT   NOT NULL,
  digest      TEXT   NOT NULL,
  author      TEXT   NOT NULL,
  author_id   BIGINT NOT NULL,
  made_at     BIGINT NOT NULL,
  approver    TEXT   NOT NULL,
  approved_at BIGINT NOT NULL,
  remark      TEXT   NOT NULL,
  version     BIGINT NOT NULL,
  entry_id    BIGINT NOT NULL
);
CREATE UNIQUE INDEX course_version_number ON course_version (course_id, number);

-- The articles that a version rests on.
CREATE TABLE course_article (
  version_id BIGINT NOT NULL,
  ref        TEXT   NOT NULL,
  statute    TEXT   NOT NULL,
  article    BIGINT NOT NULL,
  entry_id   BIGINT NOT NULL,
  PRIMARY KEY (version_id, ref)
);
CREATE INDEX course_article_statute ON course_article (statute, article, version_id);

-- A PDF or a video of a course.
CREATE TABLE course_file (
  id        BIGINT NOT NULL PRIMARY KEY,
  course_id BIGINT NOT NULL,
  name      TEXT   NOT NULL,
  type      TEXT   NOT NULL,
  size      BIGINT NOT NULL,
  digest    TEXT   NOT NULL,
  added_by  TEXT   NOT NULL,
  added_at  BIGINT NOT NULL,
  entry_id  BIGINT NOT NULL
);
CREATE UNIQUE INDEX course_file_name ON course_file (course_id, name);

-- Somebody's way through a version of a course.
CREATE TABLE course_study (
  id          BIGINT NOT NULL PRIMARY KEY,
  account     BIGINT NOT NULL,
  name        TEXT   NOT NULL,
  unit_id     BIGINT NOT NULL,
  u1          BIGINT NOT NULL,
  u2          BIGINT NOT NULL,
  u3          BIGINT NOT NULL,
  u4          BIGINT NOT NULL,
  u5          BIGINT NOT NULL,
  course_id   BIGINT NOT NULL,
  version_id  BIGINT NOT NULL,
  state       TEXT   NOT NULL,
  begun_at    BIGINT NOT NULL,
  finished_at BIGINT NOT NULL,
  version     BIGINT NOT NULL,
  entry_id    BIGINT NOT NULL
);
CREATE UNIQUE INDEX course_study_whose ON course_study (account, version_id);
CREATE INDEX course_study_course ON course_study (course_id, id);
CREATE INDEX course_study_u1 ON course_study (u1, id);
CREATE INDEX course_study_u2 ON course_study (u2, id);
CREATE INDEX course_study_u3 ON course_study (u3, id);
CREATE INDEX course_study_u4 ON course_study (u4, id);
CREATE INDEX course_study_u5 ON course_study (u5, id);

-- What the server measured on a chapter. It is counted up without an entry; the end of a chapter has one.
CREATE TABLE course_dwell (
  study_id BIGINT NOT NULL,
  chapter  BIGINT NOT NULL,
  millis   BIGINT NOT NULL,
  done_at  BIGINT NOT NULL,
  PRIMARY KEY (study_id, chapter)
);

-- Where an account was last seen to read, over all its windows and devices: time is never counted twice.
CREATE TABLE course_pulse (
  account  BIGINT NOT NULL PRIMARY KEY,
  study_id BIGINT NOT NULL,
  chapter  BIGINT NOT NULL,
  at       BIGINT NOT NULL
);

-- The account of learning points: it only grows.
CREATE TABLE course_points (
  id       BIGINT NOT NULL PRIMARY KEY,
  account  BIGINT NOT NULL,
  name     TEXT   NOT NULL,
  unit_id  BIGINT NOT NULL,
  u1       BIGINT NOT NULL,
  u2       BIGINT NOT NULL,
  u3       BIGINT NOT NULL,
  u4       BIGINT NOT NULL,
  u5       BIGINT NOT NULL,
  day      TEXT   NOT NULL,
  source   TEXT   NOT NULL,
  ref      TEXT   NOT NULL,
  about    TEXT   NOT NULL,
  points   BIGINT NOT NULL,
  reason   TEXT   NOT NULL,
  at       BIGINT NOT NULL,
  entry_id BIGINT NOT NULL
);
CREATE UNIQUE INDEX course_points_once ON course_points (account, source, ref);
CREATE INDEX course_points_day ON course_points (account, day);
CREATE INDEX course_points_year ON course_points (day, account);
