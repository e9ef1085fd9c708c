-- +goose Up
-- Who of the legal staff agreed that a vehicle, a stall or what spoils is kept (行政处罚法第五十六条).
ALTER TABLE measure ADD COLUMN consent TEXT NOT NULL DEFAULT '';
