-- +goose Up
-- An application to the court for execution (行政强制法第五十三条至第五十八条), beside the main line; state follows its own table.
CREATE TABLE court_application (
  id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  state TEXT NOT NULL,
  court TEXT NOT NULL,
  claim TEXT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX court_application_case ON court_application (case_id, id);
-- What was announced, decided, carried out or agreed, and what the court did: the input as JSON. Rows are only added.
CREATE TABLE execution (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  act TEXT NOT NULL,
  of_id TEXT NOT NULL,
  on_day TEXT NOT NULL,
  says TEXT NOT NULL,
  person_id BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX execution_case ON execution (case_id, id);
