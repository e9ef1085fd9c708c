-- +goose Up
-- The day on which a commission was taken back before its result came; empty while it was not.
ALTER TABLE appraisal ADD COLUMN cancelled_on TEXT NOT NULL DEFAULT '';
