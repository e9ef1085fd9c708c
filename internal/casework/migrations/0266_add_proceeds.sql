-- +goose Up
-- What a seized thing fetched that was sold because it would not keep, in 分 (行政强制法第二十八条第二款).
ALTER TABLE thing ADD COLUMN proceeds BIGINT NOT NULL DEFAULT 0;
