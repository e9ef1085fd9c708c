-- +goose Up
-- Ordinary cases are few among those of the street.
CREATE INDEX penalty_case_ordinary ON penalty_case (found_at, id) WHERE procedure = 'ordinary';
