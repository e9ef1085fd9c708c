-- +goose Up
-- What the head allowed to be done with confiscated things, and what was done (行政处罚法第七十四条).
CREATE TABLE disposal (
  id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  u1 BIGINT NOT NULL,
  u2 BIGINT NOT NULL,
  u3 BIGINT NOT NULL,
  u4 BIGINT NOT NULL,
  u5 BIGINT NOT NULL,
  way TEXT NOT NULL,
  basis TEXT NOT NULL,
  approved_on TEXT NOT NULL,
  approved_by BIGINT NOT NULL,
  approval_paper BIGINT NOT NULL,
  done_on TEXT NOT NULL,
  receiver TEXT NOT NULL,
  proceeds BIGINT NOT NULL,
  treasury BIGINT NOT NULL,
  voucher TEXT NOT NULL,
  paper_id BIGINT NOT NULL
);
CREATE INDEX disposal_case ON disposal (case_id, id);
ALTER TABLE thing ADD COLUMN disposal_id BIGINT NOT NULL DEFAULT 0;
-- The store-room lists what is held and what is confiscated and not yet disposed of.
DROP INDEX thing_held;
CREATE INDEX thing_stock ON thing (held_on, id) WHERE state IN ('held', 'confiscated');
