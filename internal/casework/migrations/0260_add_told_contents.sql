-- +goose Up
-- What a penalty consists of beyond its amount, as the party was told (行政处罚法第四十四条): 种类：内容, a line each.
ALTER TABLE prior_notice ADD COLUMN contents TEXT NOT NULL DEFAULT '';
-- Which notice a hearing is about: the rights of a new notice are new (行政处罚法第六十三条、第六十四条).
ALTER TABLE hearing ADD COLUMN told_paper BIGINT NOT NULL DEFAULT 0;
