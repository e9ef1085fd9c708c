-- +goose Up
-- Deferral and instalments (行政处罚法第六十六条第二款): the application with its plan, and what became of it.
CREATE TABLE payment_plan (
  id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL, u1 BIGINT NOT NULL, u2 BIGINT NOT NULL, u3 BIGINT NOT NULL, u4 BIGINT NOT NULL, u5 BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  state TEXT NOT NULL,
  applied_on TEXT NOT NULL,
  reason TEXT NOT NULL,
  hardship SMALLINT NOT NULL,
  proof_digest TEXT NOT NULL,
  proof_type TEXT NOT NULL,
  amount BIGINT NOT NULL,
  registered_by BIGINT NOT NULL,
  registered_at BIGINT NOT NULL,
  decided_on TEXT NOT NULL,
  decided_by BIGINT NOT NULL,
  decision_note TEXT NOT NULL,
  paper_id BIGINT NOT NULL,
  ended_on TEXT NOT NULL,
  ended_why TEXT NOT NULL
);
CREATE INDEX payment_plan_case ON payment_plan (case_id, id);
CREATE INDEX payment_plan_state ON payment_plan (state, id);
CREATE INDEX payment_plan_decided ON payment_plan (decided_on, id);

CREATE TABLE payment_part (
  plan_id BIGINT NOT NULL REFERENCES payment_plan (id),
  number BIGINT NOT NULL,
  due TEXT NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (plan_id, number)
);
CREATE INDEX payment_part_due ON payment_part (due, plan_id);
