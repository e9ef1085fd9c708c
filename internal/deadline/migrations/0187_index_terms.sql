-- +goose Up
-- What a desk has to do by term, and where a missed one stands.
CREATE INDEX deadline_term ON deadline (term, due, id) WHERE state = 'running';
CREATE INDEX deadline_escalated ON deadline (escalated, id) WHERE escalated > 0;
ALTER TABLE deadline_move ADD COLUMN of_id TEXT NOT NULL DEFAULT '';
CREATE INDEX deadline_move_u1 ON deadline_move (u1, id);
CREATE INDEX deadline_move_u2 ON deadline_move (u2, id);
CREATE INDEX deadline_move_u3 ON deadline_move (u3, id);
CREATE INDEX deadline_move_u4 ON deadline_move (u4, id);
CREATE INDEX deadline_move_u5 ON deadline_move (u5, id);

-- A term of the bureau that was ended by what it asked for, in time or late: what figures count. It follows from the
-- matter's events and carries no entry of its own.
CREATE TABLE deadline_done (
  id         BIGINT NOT NULL PRIMARY KEY,
  kind       TEXT   NOT NULL,
  ref        BIGINT NOT NULL,
  title      TEXT   NOT NULL,
  unit_id    BIGINT NOT NULL, u1 BIGINT NOT NULL, u2 BIGINT NOT NULL, u3 BIGINT NOT NULL, u4 BIGINT NOT NULL, u5 BIGINT NOT NULL,
  holder     BIGINT NOT NULL,
  term       TEXT   NOT NULL,
  of_id      TEXT   NOT NULL,
  start_on   TEXT   NOT NULL,
  due        TEXT   NOT NULL,
  ended_on   TEXT   NOT NULL,
  late       BIGINT NOT NULL,
  UNIQUE (kind, ref, term, of_id, start_on)
);
CREATE INDEX deadline_done_due ON deadline_done (due, id);
CREATE INDEX deadline_miss_due ON deadline_miss (due, id);
