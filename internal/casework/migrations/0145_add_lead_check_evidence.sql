-- +goose Up
-- What shows the violation at first sight, and the provision that seems to be violated (立案审批表).
ALTER TABLE lead_check ADD COLUMN evidence TEXT NOT NULL DEFAULT '';
ALTER TABLE lead_check ADD COLUMN violated TEXT NOT NULL DEFAULT '';
