-- +goose Up
-- The times in which the bureau had a power before the present one: JSON, empty when there were none.
ALTER TABLE power_item ADD COLUMN adopted_before TEXT NOT NULL DEFAULT '';
