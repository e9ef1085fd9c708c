-- +goose Up
-- Which program last counted the terms of all open matters of a kind: another one may count otherwise.
CREATE TABLE deadline_fill (
  kind    TEXT NOT NULL PRIMARY KEY,
  program TEXT NOT NULL
);
