-- +goose Up
-- No ledger entry proves a row of work in progress, so it carries the digest of what it says; '' for rows of earlier versions.
ALTER TABLE draft_row ADD COLUMN digest TEXT NOT NULL DEFAULT '';
