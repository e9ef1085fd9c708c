-- +goose Up
-- What somebody had filled in when the session had ended, for a short time, sealed by the server's key
-- and only for the same account. It is no record of anything and leaves no trace in the ledger.
CREATE TABLE kept_form (
  id      BIGINT NOT NULL PRIMARY KEY,
  account BIGINT NOT NULL REFERENCES account (id),
  at      BIGINT NOT NULL,
  content TEXT   NOT NULL
);
CREATE INDEX kept_form_account ON kept_form (account, id);
CREATE INDEX kept_form_at ON kept_form (at);
