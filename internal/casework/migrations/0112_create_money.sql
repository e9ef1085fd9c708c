-- +goose Up
CREATE TABLE receipt_book (
  id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL, u1 BIGINT NOT NULL, u2 BIGINT NOT NULL, u3 BIGINT NOT NULL, u4 BIGINT NOT NULL, u5 BIGINT NOT NULL,
  holder BIGINT NOT NULL,
  kind TEXT NOT NULL,
  prefix TEXT NOT NULL,
  width BIGINT NOT NULL,
  first_no BIGINT NOT NULL,
  last_no BIGINT NOT NULL,
  next_no BIGINT NOT NULL,
  closed SMALLINT NOT NULL
);
CREATE INDEX receipt_book_holder ON receipt_book (holder, closed, id);

CREATE TABLE receipt (
  number TEXT NOT NULL PRIMARY KEY,
  book_id BIGINT NOT NULL REFERENCES receipt_book (id),
  entry_id BIGINT NOT NULL,
  state TEXT NOT NULL,
  case_id BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  at BIGINT NOT NULL,
  reason TEXT NOT NULL
);
CREATE INDEX receipt_book_state ON receipt (book_id, state);

CREATE TABLE payment (
  id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL, u1 BIGINT NOT NULL, u2 BIGINT NOT NULL, u3 BIGINT NOT NULL, u4 BIGINT NOT NULL, u5 BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  kind TEXT NOT NULL,
  channel TEXT NOT NULL,
  amount BIGINT NOT NULL,
  paid_on TEXT NOT NULL,
  reference TEXT NOT NULL,
  receipt_no TEXT NOT NULL,
  officer BIGINT NOT NULL,
  ground TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  hand_in_due TEXT NOT NULL,
  handed_in_on TEXT NOT NULL,
  deposit_due TEXT NOT NULL,
  deposited_on TEXT NOT NULL,
  state TEXT NOT NULL,
  note TEXT NOT NULL
);
CREATE INDEX payment_case ON payment (case_id, id);
CREATE INDEX payment_paid ON payment (paid_on, id);
CREATE UNIQUE INDEX payment_reference ON payment (channel, reference);

CREATE TABLE statement (
  id BIGINT NOT NULL PRIMARY KEY,
  entry_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  digest TEXT NOT NULL UNIQUE,
  at BIGINT NOT NULL,
  line_count BIGINT NOT NULL
);
CREATE TABLE statement_line (
  id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  statement_id BIGINT NOT NULL REFERENCES statement (id),
  line BIGINT NOT NULL,
  paid_on TEXT NOT NULL,
  reference TEXT NOT NULL,
  doc_no TEXT NOT NULL,
  amount BIGINT NOT NULL,
  payer TEXT NOT NULL,
  state TEXT NOT NULL,
  payment_id BIGINT NOT NULL,
  note TEXT NOT NULL
);
CREATE INDEX statement_line_state ON statement_line (state, id);
CREATE UNIQUE INDEX statement_line_statement ON statement_line (statement_id, line);
