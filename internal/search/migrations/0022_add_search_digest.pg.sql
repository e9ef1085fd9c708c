-- +goose Up
-- What the text said when it was written; 0 for texts of earlier versions.
ALTER TABLE search_text ADD COLUMN digest BIGINT NOT NULL DEFAULT 0;
