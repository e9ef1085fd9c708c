-- +goose Up
-- What the court is asked to execute: the decision ('', 行政强制法第五十三条) or the judgment on it ('judgment', 行政诉讼法第九十五条).
ALTER TABLE court_application ADD COLUMN kind TEXT NOT NULL DEFAULT '';
