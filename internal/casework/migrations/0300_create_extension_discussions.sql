-- +goose Up
-- The collective discussion of a second extension (住建部令第55号第二十九条): the minutes with what each said in order, and who
-- signed under which account. Rows are only added; the last minutes count.
CREATE TABLE extension_discussion (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  days BIGINT NOT NULL,
  held_on TEXT NOT NULL,
  roster BIGINT NOT NULL,
  quorum BIGINT NOT NULL,
  agreed SMALLINT NOT NULL,
  content TEXT NOT NULL,
  opinions TEXT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX extension_discussion_case ON extension_discussion (case_id, id);
CREATE TABLE extension_signature (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  discussion_id BIGINT NOT NULL REFERENCES extension_discussion (id),
  account BIGINT NOT NULL,
  signed_at BIGINT NOT NULL,
  UNIQUE (discussion_id, account)
);
CREATE INDEX extension_signature_case ON extension_signature (case_id, id);
