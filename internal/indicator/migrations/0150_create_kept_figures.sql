-- +goose Up
CREATE TABLE figure_delta (
  id BIGINT NOT NULL PRIMARY KEY,
  indicator TEXT NOT NULL,
  unit_id BIGINT NOT NULL, u1 BIGINT NOT NULL, u2 BIGINT NOT NULL, u3 BIGINT NOT NULL, u4 BIGINT NOT NULL, u5 BIGINT NOT NULL,
  month TEXT NOT NULL,
  k1 TEXT NOT NULL,
  k2 TEXT NOT NULL,
  n BIGINT NOT NULL,
  records BIGINT NOT NULL
);
CREATE INDEX figure_delta_indicator ON figure_delta (indicator, month);
CREATE TABLE figure_cell (
  indicator TEXT NOT NULL,
  month TEXT NOT NULL,
  unit_id BIGINT NOT NULL,
  k1 TEXT NOT NULL,
  k2 TEXT NOT NULL,
  u1 BIGINT NOT NULL, u2 BIGINT NOT NULL, u3 BIGINT NOT NULL, u4 BIGINT NOT NULL, u5 BIGINT NOT NULL,
  n BIGINT NOT NULL,
  records BIGINT NOT NULL,
  PRIMARY KEY (indicator, month, unit_id, k1, k2)
);
CREATE TABLE figure_kept (
  indicator TEXT NOT NULL PRIMARY KEY,
  definition TEXT NOT NULL
);
