-- +goose Up
-- The number of the evidence by which the figure that picks the tier was measured; 0 for none (行政处罚法第四十条).
ALTER TABLE penalty_case ADD COLUMN metric_exhibit BIGINT NOT NULL DEFAULT 0;
