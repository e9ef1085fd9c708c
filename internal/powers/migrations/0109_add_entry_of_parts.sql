-- +goose Up
-- The parts of an item and of a benchmark are proven by the ledger like the rows that they belong to.
ALTER TABLE power_basis ADD COLUMN entry_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE power_tier ADD COLUMN entry_id BIGINT NOT NULL DEFAULT 0;
