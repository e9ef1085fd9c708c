-- +goose Up
-- Which paper a submission was drawn up as: withdrawing it voids that one and no other.
ALTER TABLE legal_review ADD COLUMN paper_id BIGINT NOT NULL DEFAULT 0;
