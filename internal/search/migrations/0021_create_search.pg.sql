-- +goose Up
CREATE TABLE search_text (
  id    BIGINT   NOT NULL PRIMARY KEY,
  kind  TEXT     NOT NULL,
  body  TEXT     NOT NULL,
  terms TSVECTOR NOT NULL
);
CREATE INDEX search_text_terms ON search_text USING GIN (terms);
