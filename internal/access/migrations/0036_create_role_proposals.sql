-- +goose Up
-- A change of roles is proposed by one administrator and confirmed by another. held and roles are role
-- codes divided by spaces: what the account had when it was proposed, and what it shall have.
CREATE TABLE role_proposal (
  id          BIGINT NOT NULL PRIMARY KEY,
  account     BIGINT NOT NULL REFERENCES account (id),
  held        TEXT   NOT NULL,
  roles       TEXT   NOT NULL,
  reason      TEXT   NOT NULL,
  proposed_by BIGINT NOT NULL,
  proposer    TEXT   NOT NULL,
  proposed_at BIGINT NOT NULL,
  state       TEXT   NOT NULL,
  decided_by  BIGINT NOT NULL DEFAULT 0,
  decided_at  BIGINT NOT NULL DEFAULT 0,
  version     BIGINT NOT NULL DEFAULT 1,
  entry_id    BIGINT NOT NULL
);
CREATE UNIQUE INDEX role_proposal_open ON role_proposal (account) WHERE state = 'open';
CREATE INDEX role_proposal_state ON role_proposal (state, id);
