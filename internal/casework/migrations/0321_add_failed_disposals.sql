-- +goose Up
-- The day on which an allowed disposal of confiscated things came to nothing, and why: an auction without a bidder. Empty while it did not.
ALTER TABLE disposal ADD COLUMN failed_on TEXT NOT NULL DEFAULT '';
ALTER TABLE disposal ADD COLUMN failed_why TEXT NOT NULL DEFAULT '';
