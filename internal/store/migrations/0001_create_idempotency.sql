-- +goose Up
CREATE TABLE idempotency (
  actor     BIGINT NOT NULL,
  route     TEXT   NOT NULL,
  op_key    TEXT   NOT NULL,
  body_hash TEXT   NOT NULL,
  location  TEXT   NOT NULL,
  at        BIGINT NOT NULL,
  PRIMARY KEY (actor, route, op_key)
);
CREATE INDEX idempotency_at ON idempotency (at);

-- Facts about the database itself, such as whether it was born as a demo.
CREATE TABLE setting (
  name     TEXT   NOT NULL PRIMARY KEY,
  value    TEXT   NOT NULL,
  entry_id BIGINT NOT NULL
);
