-- +goose Up
-- A question whose article was amended or repealed: it is looked at again, by somebody who may approve.
CREATE TABLE exam_question_flag (
  id           BIGINT NOT NULL PRIMARY KEY,
  question_id  BIGINT NOT NULL,
  version_id   BIGINT NOT NULL,
  law          TEXT   NOT NULL,
  kind         TEXT   NOT NULL,
  articles     TEXT   NOT NULL,
  effective_on TEXT   NOT NULL,
  document     TEXT   NOT NULL,
  state        TEXT   NOT NULL,
  remark       TEXT   NOT NULL,
  settled_by   TEXT   NOT NULL,
  made_at      BIGINT NOT NULL,
  settled_at   BIGINT NOT NULL,
  version      BIGINT NOT NULL,
  entry_id     BIGINT NOT NULL
);
CREATE INDEX exam_question_flag_question ON exam_question_flag (question_id, state);
CREATE INDEX exam_question_flag_state ON exam_question_flag (state, question_id);
