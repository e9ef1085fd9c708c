-- +goose Up
-- The digests of the rows that the act wrote; entries before this version have none.
ALTER TABLE ledger_entry ADD COLUMN rows TEXT NOT NULL DEFAULT '';

-- Roots of complete subtrees: of 16 leaves (level 4), of 16 of those (level 8), and so on.
CREATE TABLE ledger_node (
  level BIGINT NOT NULL,
  idx   BIGINT NOT NULL,
  hash  TEXT   NOT NULL,
  PRIMARY KEY (level, idx)
);

-- The public keys that sign checkpoints, in the order of their entries.
CREATE TABLE ledger_key (
  id        TEXT   NOT NULL PRIMARY KEY,
  algorithm TEXT   NOT NULL,
  public    TEXT   NOT NULL,
  at        BIGINT NOT NULL,
  entry_id  BIGINT NOT NULL
);

CREATE TABLE ledger_checkpoint (
  size   BIGINT NOT NULL,
  key_id TEXT   NOT NULL,
  at     BIGINT NOT NULL,
  root   TEXT   NOT NULL,
  note   TEXT   NOT NULL,
  PRIMARY KEY (size, key_id)
);
