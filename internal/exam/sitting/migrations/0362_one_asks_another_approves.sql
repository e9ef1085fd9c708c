-- +goose Up
-- dropped are the hundredths of items that do not count.
ALTER TABLE exam_sitting ADD COLUMN dropped BIGINT NOT NULL DEFAULT 0;

-- What one person asks for and another approves: a corrected key, an item that does not count, a mark, a state of a
-- candidate. item is from 0, -1 for none; points are hundredths.
CREATE TABLE exam_motion (
  id           BIGINT NOT NULL PRIMARY KEY,
  sitting_id   BIGINT NOT NULL,
  candidate_id BIGINT NOT NULL,
  attempt_id   BIGINT NOT NULL,
  unit_id      BIGINT NOT NULL,
  u1           BIGINT NOT NULL,
  u2           BIGINT NOT NULL,
  u3           BIGINT NOT NULL,
  u4           BIGINT NOT NULL,
  u5           BIGINT NOT NULL,
  kind         TEXT   NOT NULL,
  item         BIGINT NOT NULL,
  value        TEXT   NOT NULL,
  points       BIGINT NOT NULL,
  reason       TEXT   NOT NULL,
  state        TEXT   NOT NULL,
  author       BIGINT NOT NULL,
  author_name  TEXT   NOT NULL,
  at           BIGINT NOT NULL,
  decider      BIGINT NOT NULL,
  decider_name TEXT   NOT NULL,
  remark       TEXT   NOT NULL,
  decided_at   BIGINT NOT NULL,
  changed      BIGINT NOT NULL,
  to_pass      BIGINT NOT NULL,
  to_fail      BIGINT NOT NULL,
  version      BIGINT NOT NULL,
  entry_id     BIGINT NOT NULL
);
CREATE INDEX exam_motion_sitting ON exam_motion (sitting_id, id);
CREATE INDEX exam_motion_state ON exam_motion (state, id);
CREATE INDEX exam_motion_candidate ON exam_motion (candidate_id, id);

-- What a motion changed, with what stood there before.
CREATE TABLE exam_rescored (
  id           BIGINT NOT NULL PRIMARY KEY,
  motion_id    BIGINT NOT NULL,
  candidate_id BIGINT NOT NULL,
  name         TEXT   NOT NULL,
  old_marks    TEXT   NOT NULL,
  old_score    BIGINT NOT NULL,
  new_score    BIGINT NOT NULL,
  was_passed   BIGINT NOT NULL,
  is_passed    BIGINT NOT NULL,
  entry_id     BIGINT NOT NULL,
  UNIQUE (motion_id, candidate_id)
);
CREATE INDEX exam_rescored_candidate ON exam_rescored (candidate_id, id);
