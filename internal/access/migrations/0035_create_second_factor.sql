-- +goose Up
ALTER TABLE account ADD COLUMN second_factor SMALLINT NOT NULL DEFAULT 0;

-- Secrets of one-time codes, sealed by the server's key. fresh is one that its holder has not confirmed;
-- used_step is the last time step whose code was accepted: it is not accepted again.
CREATE TABLE account_totp (
  account   BIGINT NOT NULL PRIMARY KEY REFERENCES account (id),
  secret    TEXT   NOT NULL DEFAULT '',
  fresh     TEXT   NOT NULL DEFAULT '',
  since     BIGINT NOT NULL DEFAULT 0,
  used_step BIGINT NOT NULL DEFAULT 0,
  entry_id  BIGINT NOT NULL
);

-- Recovery codes that are still good, as keyed hashes; one that is used is removed.
CREATE TABLE account_recovery (
  account  BIGINT NOT NULL REFERENCES account (id),
  code     TEXT   NOT NULL,
  entry_id BIGINT NOT NULL,
  PRIMARY KEY (account, code)
);
