-- +goose Up
CREATE INDEX penalty_case_closed ON penalty_case (closed_at, id);
CREATE INDEX penalty_case_power ON penalty_case (power_code, found_at, id);
CREATE INDEX payment_undeposited ON payment (case_id) WHERE channel = 'cash' AND deposited_on = '';
-- By reference first: a channel alone has half of all payments.
DROP INDEX payment_reference;
CREATE UNIQUE INDEX payment_reference ON payment (reference, channel);
CREATE INDEX paper_dated ON paper (kind, dated, id);
