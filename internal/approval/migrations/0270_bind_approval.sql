-- +goose Up
-- of_id is the part of the matter that a form is about (one seizure of several), basis what was to be approved.
ALTER TABLE approval ADD COLUMN of_id TEXT NOT NULL DEFAULT '';
ALTER TABLE approval ADD COLUMN basis TEXT NOT NULL DEFAULT '';
