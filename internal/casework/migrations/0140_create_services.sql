-- +goose Up
-- Service of papers (行政处罚法第六十一条；民事诉讼法第八十七条至第九十五条). A service has its paper's id; tries are only added.
CREATE TABLE service (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  version BIGINT NOT NULL,
  state TEXT NOT NULL,
  way TEXT NOT NULL,
  begun_on TEXT NOT NULL,
  served_on TEXT NOT NULL
);
CREATE INDEX service_case ON service (case_id, id);
CREATE INDEX service_announced ON service (begun_on, id) WHERE state = 'announced';
CREATE TABLE service_try (
  id BIGINT NOT NULL PRIMARY KEY,
  service_id BIGINT NOT NULL REFERENCES service (id),
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  act TEXT NOT NULL,
  way TEXT NOT NULL,
  on_day TEXT NOT NULL,
  place TEXT NOT NULL,
  receiver TEXT NOT NULL,
  relation TEXT NOT NULL,
  reason TEXT NOT NULL,
  proof TEXT NOT NULL,
  person_id BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX service_try_case ON service_try (case_id, id);
-- What the party confirmed of its address and of electronic service. Rows are only added; the last one counts.
CREATE TABLE service_address (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  address TEXT NOT NULL,
  receiver TEXT NOT NULL,
  phone TEXT NOT NULL,
  electronic SMALLINT NOT NULL,
  papers TEXT NOT NULL,
  account TEXT NOT NULL,
  spare TEXT NOT NULL,
  signed_on TEXT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX service_address_case ON service_address (case_id, id);
