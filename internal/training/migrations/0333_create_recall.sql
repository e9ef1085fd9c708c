-- +goose Up
-- The questions that a run put into its officer's practice.
CREATE TABLE training_recall (
  run_id   BIGINT NOT NULL,
  place    BIGINT NOT NULL,
  question TEXT   NOT NULL,
  entry_id BIGINT NOT NULL,
  PRIMARY KEY (run_id, place)
);
