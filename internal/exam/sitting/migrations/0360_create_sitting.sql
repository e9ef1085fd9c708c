-- +goose Up
-- An exam at a time. Points are in hundredths, times in µs UTC. form is the frozen paper with its answers as JSON, secret the
-- key of the sitting: both stay empty until the paper is frozen.
CREATE TABLE exam_sitting (
  id           BIGINT NOT NULL PRIMARY KEY,
  title        TEXT   NOT NULL,
  unit_id      BIGINT NOT NULL,
  u1           BIGINT NOT NULL,
  u2           BIGINT NOT NULL,
  u3           BIGINT NOT NULL,
  u4           BIGINT NOT NULL,
  u5           BIGINT NOT NULL,
  state        TEXT   NOT NULL,
  opens_at     BIGINT NOT NULL,
  waiting_min  BIGINT NOT NULL,
  late_min     BIGINT NOT NULL,
  full_late    BIGINT NOT NULL,
  minutes      BIGINT NOT NULL,
  attempts     BIGINT NOT NULL,
  pass         BIGINT NOT NULL,
  policy       TEXT   NOT NULL,
  blueprint    TEXT   NOT NULL,
  form         TEXT   NOT NULL,
  digest       TEXT   NOT NULL,
  secret       TEXT   NOT NULL,
  items        BIGINT NOT NULL,
  author       TEXT   NOT NULL,
  state_why    TEXT   NOT NULL,
  version      BIGINT NOT NULL,
  entry_id     BIGINT NOT NULL
);
CREATE INDEX exam_sitting_opens ON exam_sitting (opens_at, id);

-- Somebody on the roster of a sitting.
CREATE TABLE exam_candidate (
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
  extra_min  BIGINT NOT NULL,
  extra_why  TEXT   NOT NULL,
  state      TEXT   NOT NULL,
  state_why  TEXT   NOT NULL,
  taken      BIGINT NOT NULL,
  score      BIGINT NOT NULL,
  passed     BIGINT NOT NULL,
  version    BIGINT NOT NULL,
  entry_id   BIGINT NOT NULL,
  UNIQUE (sitting_id, account)
);
CREATE INDEX exam_candidate_account ON exam_candidate (account, sitting_id);
CREATE INDEX exam_candidate_sitting ON exam_candidate (sitting_id, id);

-- A try of a candidate. device is which browser may save; marks are what each item gave, as JSON.
CREATE TABLE exam_attempt (
  id           BIGINT NOT NULL PRIMARY KEY,
  sitting_id   BIGINT NOT NULL,
  candidate_id BIGINT NOT NULL,
  account      BIGINT NOT NULL,
  number       BIGINT NOT NULL,
  state        TEXT   NOT NULL,
  started_at   BIGINT NOT NULL,
  deadline     BIGINT NOT NULL,
  ended_at     BIGINT NOT NULL,
  ended_by     TEXT   NOT NULL,
  device       TEXT   NOT NULL,
  receipt      TEXT   NOT NULL,
  digest       TEXT   NOT NULL,
  marks        TEXT   NOT NULL,
  score        BIGINT NOT NULL,
  entry_id     BIGINT NOT NULL,
  UNIQUE (candidate_id, number)
);
CREATE INDEX exam_attempt_sitting ON exam_attempt (sitting_id, id);
CREATE INDEX exam_attempt_running ON exam_attempt (sitting_id, deadline) WHERE state = 'running';

-- The newest answer to an item. It keeps no entry: the receipt of the attempt holds the digest of all.
CREATE TABLE exam_answer (
  attempt_id BIGINT NOT NULL,
  item       BIGINT NOT NULL,
  seq        BIGINT NOT NULL,
  value      TEXT   NOT NULL,
  at         BIGINT NOT NULL,
  PRIMARY KEY (attempt_id, item)
);

-- What a person should know who looks at an attempt; it decides nothing.
CREATE TABLE exam_signal (
  id         BIGINT NOT NULL PRIMARY KEY,
  sitting_id BIGINT NOT NULL,
  attempt_id BIGINT NOT NULL,
  kind       TEXT   NOT NULL,
  detail     TEXT   NOT NULL,
  at         BIGINT NOT NULL
);
CREATE INDEX exam_signal_attempt ON exam_signal (attempt_id, id);
CREATE INDEX exam_signal_sitting ON exam_signal (sitting_id, id);
