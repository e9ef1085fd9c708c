-- +goose Up
CREATE INDEX penalty_case_closed ON penalty_case (closed_at, id);
CREATE INDEX penalty_case_power ON penalty_case (power_code, found_at, id);
CREATE INDEX payment_undeposited ON payment (case_id) WHERE channel = 'cash' AND deposited_on = '';
