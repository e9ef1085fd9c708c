-- +goose Up
-- Who an account is at the bureau's identity provider (OpenID Connect).
CREATE TABLE account_identity (
  account  BIGINT NOT NULL PRIMARY KEY REFERENCES account (id),
  issuer   TEXT   NOT NULL,
  subject  TEXT   NOT NULL,
  bound_at BIGINT NOT NULL,
  entry_id BIGINT NOT NULL
);
CREATE UNIQUE INDEX account_identity_subject ON account_identity (issuer, subject);
