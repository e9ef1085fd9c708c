-- +goose Up
-- What a comparison with the bureau's own similar cases counts, without the rows of the cases.
CREATE INDEX penalty_case_similar ON penalty_case (applied_code, tier, decided_on, id, amount) WHERE state = 'closed' AND decided_on > '';
