-- +goose Up
-- Who sits at a hearing as persons of the register, third parties with the notices that called them, and under what mandate each agent comes
-- (行政处罚法第六十四条).
ALTER TABLE hearing ADD COLUMN clerk_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE hearing ADD COLUMN panel_ids TEXT NOT NULL DEFAULT '';
ALTER TABLE hearing ADD COLUMN mandates TEXT NOT NULL DEFAULT '';
ALTER TABLE hearing ADD COLUMN thirds TEXT NOT NULL DEFAULT '';
ALTER TABLE hearing ADD COLUMN third_papers TEXT NOT NULL DEFAULT '';
