-- +goose Up
-- What a change leaves to be sealed and served: few papers at any time, among all notices of ten years.
CREATE INDEX paper_unserved ON paper (case_id, sealed_at) WHERE kind IN ('change_decision', 'penalty_notice') AND state = 'issued';
