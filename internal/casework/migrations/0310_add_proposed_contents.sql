-- +goose Up
-- What a proposed penalty takes beside the fine, as the closing report asks for it and the notice tells it (行政处罚法第四十四条；55号令第二十条):
-- gains and the worth of goods in 分, and a line 种类：内容 for each kind that needs one.
ALTER TABLE penalty_case ADD COLUMN gains BIGINT NOT NULL DEFAULT 0;
ALTER TABLE penalty_case ADD COLUMN goods BIGINT NOT NULL DEFAULT 0;
ALTER TABLE penalty_case ADD COLUMN contents TEXT NOT NULL DEFAULT '';
