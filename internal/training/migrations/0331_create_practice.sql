-- +goose Up
-- A question in somebody's practice. Stability and difficulty are in hundred-millionths.
CREATE TABLE training_card (
  account    BIGINT NOT NULL,
  question   TEXT   NOT NULL,
  stability  BIGINT NOT NULL,
  difficulty BIGINT NOT NULL,
  last_at    BIGINT NOT NULL,
  due_at     BIGINT NOT NULL,
  times      BIGINT NOT NULL,
  quick      BIGINT NOT NULL,
  mistaken   BIGINT NOT NULL,
  kept       BIGINT NOT NULL,
  entry_id   BIGINT NOT NULL,
  PRIMARY KEY (account, question)
);

-- An answer as it was given.
CREATE TABLE training_answer (
  id       BIGINT NOT NULL PRIMARY KEY,
  account  BIGINT NOT NULL,
  question TEXT   NOT NULL,
  given    TEXT   NOT NULL,
  correct  BIGINT NOT NULL,
  took     BIGINT NOT NULL,
  rating   BIGINT NOT NULL,
  answered TEXT   NOT NULL,
  at       BIGINT NOT NULL,
  entry_id BIGINT NOT NULL
);
CREATE INDEX training_answer_account ON training_answer (account, question, id);
CREATE INDEX training_answer_day ON training_answer (account, answered);
CREATE INDEX training_answer_question ON training_answer (question, id);
