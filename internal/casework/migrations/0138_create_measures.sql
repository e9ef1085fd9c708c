-- +goose Up
-- Registered keeping of evidence (行政处罚法第五十六条), sealing and seizure (行政强制法第二十二条).
CREATE TABLE measure (
  id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  u1 BIGINT NOT NULL,
  u2 BIGINT NOT NULL,
  u3 BIGINT NOT NULL,
  u4 BIGINT NOT NULL,
  u5 BIGINT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  way TEXT NOT NULL,
  purpose TEXT NOT NULL,
  risk TEXT NOT NULL,
  why_not_photos TEXT NOT NULL,
  power_code TEXT NOT NULL,
  grant_text TEXT NOT NULL,
  target TEXT NOT NULL,
  related TEXT NOT NULL,
  kept_at TEXT NOT NULL,
  taken_on TEXT NOT NULL,
  taken_at BIGINT NOT NULL,
  until_day TEXT NOT NULL,
  extended_days BIGINT NOT NULL,
  paper_id BIGINT NOT NULL,
  ended_on TEXT NOT NULL,
  outcome TEXT NOT NULL
);
CREATE INDEX measure_case ON measure (case_id, id);
CREATE INDEX measure_kept ON measure (until_day, id) WHERE kind = 'preservation' AND state = 'in_force';
-- The things of a measure, one row a line of its list.
CREATE TABLE thing (
  id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  u1 BIGINT NOT NULL,
  u2 BIGINT NOT NULL,
  u3 BIGINT NOT NULL,
  u4 BIGINT NOT NULL,
  u5 BIGINT NOT NULL,
  measure_id BIGINT NOT NULL REFERENCES measure (id),
  number BIGINT NOT NULL,
  name TEXT NOT NULL,
  spec TEXT NOT NULL,
  amount TEXT NOT NULL,
  trait TEXT NOT NULL,
  state TEXT NOT NULL,
  code TEXT NOT NULL,
  shelf TEXT NOT NULL,
  held_on TEXT NOT NULL
);
CREATE INDEX thing_measure ON thing (measure_id, number);
CREATE INDEX thing_case ON thing (case_id, id);
CREATE UNIQUE INDEX thing_code ON thing (code);
CREATE INDEX thing_held ON thing (held_on, id) WHERE state = 'held';
-- The store-room's ledger (行政强制法第二十六条). Rows are only added.
CREATE TABLE thing_move (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  thing_id BIGINT NOT NULL REFERENCES thing (id),
  kind TEXT NOT NULL,
  moved_at BIGINT NOT NULL,
  place TEXT NOT NULL,
  handler BIGINT NOT NULL,
  keeper BIGINT NOT NULL,
  receiver TEXT NOT NULL,
  basis TEXT NOT NULL,
  condition_text TEXT NOT NULL,
  paper_id BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX thing_move_thing ON thing_move (thing_id, id);
CREATE INDEX thing_move_case ON thing_move (case_id, id);
