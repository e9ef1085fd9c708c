-- +goose Up
-- Hearings that are not over, for those who leave while they host, sit in or record one.
CREATE INDEX hearing_open ON hearing (host_id, id) WHERE state IN ('accepted', 'scheduled', 'paused', 'held');
