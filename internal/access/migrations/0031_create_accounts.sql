-- +goose Up
CREATE TABLE account (
  id           BIGINT   NOT NULL PRIMARY KEY,
  login        TEXT     NOT NULL,
  name         TEXT     NOT NULL,
  person       BIGINT   NOT NULL DEFAULT 0,
  unit_id      BIGINT   NOT NULL,
  u1           BIGINT   NOT NULL DEFAULT 0,
  u2           BIGINT   NOT NULL DEFAULT 0,
  u3           BIGINT   NOT NULL DEFAULT 0,
  u4           BIGINT   NOT NULL DEFAULT 0,
  u5           BIGINT   NOT NULL DEFAULT 0,
  password     TEXT     NOT NULL DEFAULT '',
  password_at  BIGINT   NOT NULL DEFAULT 0,
  must_change  SMALLINT NOT NULL DEFAULT 0,
  disabled     SMALLINT NOT NULL DEFAULT 0,
  epoch        BIGINT   NOT NULL DEFAULT 1,
  created_at   BIGINT   NOT NULL,
  signed_in_at BIGINT   NOT NULL DEFAULT 0,
  version      BIGINT   NOT NULL DEFAULT 1,
  entry_id     BIGINT   NOT NULL
);
CREATE UNIQUE INDEX account_login ON account (login);
CREATE UNIQUE INDEX account_person ON account (person) WHERE person > 0;
CREATE INDEX account_u1 ON account (u1, login, id);
CREATE INDEX account_u2 ON account (u2, login, id);
CREATE INDEX account_u3 ON account (u3, login, id);
CREATE INDEX account_u4 ON account (u4, login, id);
CREATE INDEX account_u5 ON account (u5, login, id);

CREATE TABLE account_role (
  account  BIGINT NOT NULL REFERENCES account (id),
  role     TEXT   NOT NULL,
  entry_id BIGINT NOT NULL,
  PRIMARY KEY (account, role)
);
CREATE INDEX account_role_role ON account_role (role, account);

-- Earlier passwords, so that they are not used again; only hashes.
CREATE TABLE account_password (
  id       BIGINT NOT NULL PRIMARY KEY,
  account  BIGINT NOT NULL REFERENCES account (id),
  password TEXT   NOT NULL
);
CREATE INDEX account_password_account ON account_password (account, id);

-- token is the SHA-256 of what the browser holds.
CREATE TABLE session (
  id         BIGINT NOT NULL PRIMARY KEY,
  token      TEXT   NOT NULL,
  account    BIGINT NOT NULL REFERENCES account (id),
  epoch      BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at    BIGINT NOT NULL,
  ip         TEXT   NOT NULL,
  agent      TEXT   NOT NULL
);
CREATE UNIQUE INDEX session_token ON session (token);
CREATE INDEX session_account ON session (account, id);
CREATE INDEX session_seen ON session (seen_at);

-- Attempts to sign in, per account (or unknown login, hashed) and place; place '' counts all places.
CREATE TABLE sign_in_guard (
  who          TEXT   NOT NULL,
  place        TEXT   NOT NULL,
  tries        BIGINT NOT NULL DEFAULT 0,
  tried_at     BIGINT NOT NULL DEFAULT 0,
  locked_until BIGINT NOT NULL DEFAULT 0,
  good_at      BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (who, place)
);
CREATE INDEX sign_in_guard_tried ON sign_in_guard (tried_at);
