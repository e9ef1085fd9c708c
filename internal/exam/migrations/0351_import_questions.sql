-- +goose Up
-- A question of an import that is not published yet is staged: nobody sees it before its batch is.
ALTER TABLE exam_question ADD COLUMN batch_id BIGINT NOT NULL DEFAULT 0;
CREATE INDEX exam_question_batch ON exam_question (batch_id, state);
-- Imports look for the same question by the beginning of its stem.
CREATE INDEX exam_question_version_stem ON exam_question_version (type, substr(stem, 1, 60));
