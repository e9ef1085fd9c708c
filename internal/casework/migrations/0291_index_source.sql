-- +goose Up
-- The list by where the lead comes from: 双随机抽查 is a few among many.
CREATE INDEX penalty_case_source ON penalty_case (source, found_at, id);
