-- +goose Up
CREATE TABLE search_text (
  id   INTEGER NOT NULL PRIMARY KEY,
  kind TEXT    NOT NULL,
  body TEXT    NOT NULL
);
CREATE VIRTUAL TABLE search_index USING fts5(terms, content='', contentless_delete=1, detail=none, tokenize="ascii tokenchars '_'");
