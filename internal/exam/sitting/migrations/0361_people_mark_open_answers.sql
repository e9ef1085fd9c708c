-- +goose Up
-- Who marks a sitting.
CREATE TABLE exam_marker (
  id         BIGINT NOT NULL PRIMARY KEY,
  sitting_id BIGINT NOT NULL,
  account    BIGINT NOT NULL,
  name       TEXT   NOT NULL,
  unit_id    BIGINT NOT NULL,
  u1         BIGINT NOT NULL,
  u2         BIGINT NOT NULL,
  u3         BIGINT NOT NULL,
  u4         BIGINT NOT NULL,
  u5         BIGINT NOT NULL,
  active     BIGINT NOT NULL,
  entry_id   BIGINT NOT NULL,
  UNIQUE (sitting_id, account)
);
CREATE INDEX exam_marker_account ON exam_marker (account, sitting_id);

-- An answer that people mark. place is drawn: scripts come in no order that tells whose they are. The unit is the
-- candidate's.
CREATE TABLE exam_script (
  id           BIGINT NOT NULL PRIMARY KEY,
  sitting_id   BIGINT NOT NULL,
  item         BIGINT NOT NULL,
  attempt_id   BIGINT NOT NULL,
  candidate_id BIGINT NOT NULL,
  account      BIGINT NOT NULL,
  unit_id      BIGINT NOT NULL,
  u1           BIGINT NOT NULL,
  u2           BIGINT NOT NULL,
  u3           BIGINT NOT NULL,
  u4           BIGINT NOT NULL,
  u5           BIGINT NOT NULL,
  place        BIGINT NOT NULL,
  done         BIGINT NOT NULL,
  given        BIGINT NOT NULL,
  score        BIGINT NOT NULL,
  version      BIGINT NOT NULL,
  entry_id     BIGINT NOT NULL,
  UNIQUE (attempt_id, item)
);
CREATE INDEX exam_script_queue ON exam_script (sitting_id, done, item, place, id);

-- What one marker gave: hundredths for each criterion as JSON, and their sum.
CREATE TABLE exam_mark (
  id         BIGINT NOT NULL PRIMARY KEY,
  script_id  BIGINT NOT NULL,
  sitting_id BIGINT NOT NULL,
  item       BIGINT NOT NULL,
  marker     BIGINT NOT NULL,
  name       TEXT   NOT NULL,
  number     BIGINT NOT NULL,
  points     TEXT   NOT NULL,
  score      BIGINT NOT NULL,
  note       TEXT   NOT NULL,
  at         BIGINT NOT NULL,
  version    BIGINT NOT NULL,
  entry_id   BIGINT NOT NULL,
  UNIQUE (script_id, marker),
  UNIQUE (script_id, number)
);
CREATE INDEX exam_mark_marker ON exam_mark (marker, sitting_id, id);
CREATE INDEX exam_mark_sitting ON exam_mark (sitting_id, item, marker);
