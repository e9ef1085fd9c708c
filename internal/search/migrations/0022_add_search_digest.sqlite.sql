-- +goose Up
-- What the text said when it was written; 0 for texts of earlier versions.
ALTER TABLE search_text ADD COLUMN digest INTEGER NOT NULL DEFAULT 0;
-- Every term of the index with the record that has it, for comparing the index with the texts.
CREATE VIRTUAL TABLE search_held USING fts5vocab(search_index, instance);
