-- +goose Up
-- A change of a delivered decision: what the penalty was before and is after it. The id is its paper's.
CREATE TABLE decision_change (
  paper_id BIGINT NOT NULL PRIMARY KEY REFERENCES paper (id),
  entry_id BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  faults TEXT NOT NULL,
  reason TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  undone SMALLINT NOT NULL
);
CREATE INDEX decision_change_case ON decision_change (case_id, paper_id);

-- What was published about a decision that was changed or revoked is withdrawn, or was never published.
CREATE TABLE publication_withdrawal (
  id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  cause TEXT NOT NULL,
  due TEXT NOT NULL,
  state TEXT NOT NULL,
  done_on TEXT NOT NULL,
  place TEXT NOT NULL,
  note TEXT NOT NULL
);
CREATE INDEX publication_withdrawal_case ON publication_withdrawal (case_id, state);

-- From when the term of payment runs: the delivery of the decision, or of the last paper that changed it.
ALTER TABLE penalty_case ADD COLUMN pay_from BIGINT NOT NULL DEFAULT 0;
UPDATE penalty_case SET pay_from = delivered_at;
