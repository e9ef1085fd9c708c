-- +goose Up
-- A session in person.
CREATE TABLE course_lesson (
  id        BIGINT NOT NULL PRIMARY KEY,
  title     TEXT   NOT NULL,
  place     TEXT   NOT NULL,
  starts_at BIGINT NOT NULL,
  ends_at   BIGINT NOT NULL,
  unit_id   BIGINT NOT NULL,
  u1        BIGINT NOT NULL,
  u2        BIGINT NOT NULL,
  u3        BIGINT NOT NULL,
  u4        BIGINT NOT NULL,
  u5        BIGINT NOT NULL,
  leaders   BIGINT NOT NULL,
  secret    TEXT   NOT NULL,
  state     TEXT   NOT NULL,
  state_why TEXT   NOT NULL,
  author    TEXT   NOT NULL,
  version   BIGINT NOT NULL,
  entry_id  BIGINT NOT NULL
);
CREATE INDEX course_lesson_start ON course_lesson (starts_at, id);

-- Who was there. A row that is taken out stays, with why.
CREATE TABLE course_attendance (
  id        BIGINT NOT NULL PRIMARY KEY,
  lesson_id BIGINT NOT NULL,
  account   BIGINT NOT NULL,
  name      TEXT   NOT NULL,
  way       TEXT   NOT NULL,
  at        BIGINT NOT NULL,
  added_by  TEXT   NOT NULL,
  reason    TEXT   NOT NULL,
  gone      BIGINT NOT NULL,
  gone_why  TEXT   NOT NULL,
  version   BIGINT NOT NULL,
  entry_id  BIGINT NOT NULL
);
CREATE UNIQUE INDEX course_attendance_once ON course_attendance (lesson_id, account) WHERE account <> 0 AND gone = 0;
CREATE INDEX course_attendance_lesson ON course_attendance (lesson_id, id);
