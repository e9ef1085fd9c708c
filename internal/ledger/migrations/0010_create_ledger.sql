-- +goose Up
CREATE TABLE ledger_entry (
  id      BIGINT NOT NULL PRIMARY KEY,
  at      BIGINT NOT NULL,
  account BIGINT NOT NULL,
  actor   TEXT   NOT NULL,
  via     TEXT   NOT NULL,
  kind    TEXT   NOT NULL,
  subject TEXT   NOT NULL,
  unit    BIGINT NOT NULL,
  data    TEXT   NOT NULL,
  rules   TEXT   NOT NULL
);
CREATE INDEX ledger_entry_subject ON ledger_entry (subject, id);
CREATE INDEX ledger_entry_account ON ledger_entry (account, id);
CREATE INDEX ledger_entry_kind ON ledger_entry (kind, id);

CREATE TABLE ledger_leaf (
  seq      BIGINT NOT NULL PRIMARY KEY,
  entry_id BIGINT NOT NULL UNIQUE,
  hash     TEXT   NOT NULL
);
