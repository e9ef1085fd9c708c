-- +goose Up
-- A running term of a matter. Rows are made anew from the matter's events and carry no entry of their own.
CREATE TABLE deadline (
  id         BIGINT NOT NULL PRIMARY KEY,
  kind       TEXT   NOT NULL,
  ref        BIGINT NOT NULL,
  title      TEXT   NOT NULL,
  href       TEXT   NOT NULL,
  unit_id    BIGINT NOT NULL, u1 BIGINT NOT NULL, u2 BIGINT NOT NULL, u3 BIGINT NOT NULL, u4 BIGINT NOT NULL, u5 BIGINT NOT NULL,
  holder     BIGINT NOT NULL,
  holder2    BIGINT NOT NULL,
  term       TEXT   NOT NULL,
  code       TEXT   NOT NULL,
  of_id      TEXT   NOT NULL,
  whose      TEXT   NOT NULL,
  state      TEXT   NOT NULL,
  start_on   TEXT   NOT NULL,
  due        TEXT   NOT NULL,
  due_at     BIGINT NOT NULL,
  workdays   BIGINT NOT NULL,
  length     BIGINT NOT NULL,
  own_due    TEXT   NOT NULL,
  since      TEXT   NOT NULL,
  why        TEXT   NOT NULL,
  red_line   TEXT   NOT NULL,
  not_loaded BIGINT NOT NULL,
  excluded   TEXT   NOT NULL,
  granted    BIGINT NOT NULL,
  notes      TEXT   NOT NULL,
  cite       TEXT   NOT NULL,
  nearest    BIGINT NOT NULL,
  warned     BIGINT NOT NULL,
  missed     BIGINT NOT NULL,
  escalated  BIGINT NOT NULL,
  next_at    BIGINT NOT NULL,
  version    BIGINT NOT NULL,
  UNIQUE (kind, ref, term, of_id, start_on)
);
CREATE INDEX deadline_u1 ON deadline (u1, due, id) WHERE state = 'running';
CREATE INDEX deadline_u2 ON deadline (u2, due, id) WHERE state = 'running';
CREATE INDEX deadline_u3 ON deadline (u3, due, id) WHERE state = 'running';
CREATE INDEX deadline_u4 ON deadline (u4, due, id) WHERE state = 'running';
CREATE INDEX deadline_u5 ON deadline (u5, due, id) WHERE state = 'running';
CREATE INDEX deadline_due ON deadline (due, id) WHERE state = 'running';
CREATE INDEX deadline_state ON deadline (state, due, id) WHERE state <> 'running';
CREATE INDEX deadline_holder ON deadline (holder, due, id);
CREATE INDEX deadline_holder2 ON deadline (holder2, due, id) WHERE holder2 <> 0;
CREATE INDEX deadline_next ON deadline (next_at, id) WHERE next_at > 0;
