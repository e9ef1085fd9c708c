-- +goose Up
-- How many working days an opinion took from the day the file came in; -1 for one older than the column.
ALTER TABLE legal_review_opinion ADD COLUMN days_used BIGINT NOT NULL DEFAULT -1;
