-- +goose Up
-- The auditor reads the ledger by time.
CREATE INDEX ledger_entry_at ON ledger_entry (at, id);
