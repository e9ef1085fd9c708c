-- +goose Up
-- Keys of programs to the API. token is the SHA-256 of what the program holds; the unit and its levels say
-- whose records the token reaches at most.
CREATE TABLE api_token (
  id          BIGINT NOT NULL PRIMARY KEY,
  account     BIGINT NOT NULL REFERENCES account (id),
  name        TEXT   NOT NULL,
  token       TEXT   NOT NULL,
  permissions TEXT   NOT NULL,
  unit_id     BIGINT NOT NULL,
  u1          BIGINT NOT NULL DEFAULT 0,
  u2          BIGINT NOT NULL DEFAULT 0,
  u3          BIGINT NOT NULL DEFAULT 0,
  u4          BIGINT NOT NULL DEFAULT 0,
  u5          BIGINT NOT NULL DEFAULT 0,
  created_at  BIGINT NOT NULL,
  expires_at  BIGINT NOT NULL,
  used_at     BIGINT NOT NULL DEFAULT 0,
  used_ip     TEXT   NOT NULL DEFAULT '',
  revoked_at  BIGINT NOT NULL DEFAULT 0,
  revoked_why TEXT   NOT NULL DEFAULT '',
  version     BIGINT NOT NULL DEFAULT 1,
  entry_id    BIGINT NOT NULL
);
CREATE UNIQUE INDEX api_token_token ON api_token (token);
CREATE INDEX api_token_account ON api_token (account, id);
