-- +goose Up
-- What was done on a duty of the decision (行政处罚法第六十六条): a surcharge paid, things handed over, a correction made. Rows are only
-- added; the last one of a duty says how it stands, sums of the surcharge add up.
CREATE TABLE performance (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  duty TEXT NOT NULL,
  due_on TEXT NOT NULL,
  done_on TEXT NOT NULL,
  done SMALLINT NOT NULL,
  amount BIGINT NOT NULL,
  reference TEXT NOT NULL,
  says TEXT NOT NULL,
  proof TEXT NOT NULL,
  person_id BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX performance_case ON performance (case_id, id);
CREATE UNIQUE INDEX performance_reference ON performance (reference) WHERE reference <> '';
-- The demand, its service and what the party said to it; reconsideration and suit with their results (行政强制法第三十五、三十六、五十四条).
CREATE TABLE contest (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  act TEXT NOT NULL,
  on_day TEXT NOT NULL,
  result TEXT NOT NULL,
  says TEXT NOT NULL,
  person_id BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX contest_case ON contest (case_id, id);
