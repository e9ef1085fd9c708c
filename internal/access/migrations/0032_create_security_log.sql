-- +goose Up
CREATE TABLE security_event (
  id      BIGINT NOT NULL PRIMARY KEY,
  at      BIGINT NOT NULL,
  kind    TEXT   NOT NULL,
  account BIGINT NOT NULL DEFAULT 0,
  name    TEXT   NOT NULL DEFAULT '',
  unit_id BIGINT NOT NULL DEFAULT 0,
  ip      TEXT   NOT NULL DEFAULT '',
  action  TEXT   NOT NULL DEFAULT '',
  rules   TEXT   NOT NULL DEFAULT '',
  detail  TEXT   NOT NULL DEFAULT ''
);
CREATE INDEX security_event_kind ON security_event (kind, id);
CREATE INDEX security_event_account ON security_event (account, id);
CREATE INDEX security_event_at ON security_event (at);
