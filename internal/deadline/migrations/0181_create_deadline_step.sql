-- +goose Up
-- What was done about a term, each once: warned, missed, reported upwards. Two nodes cannot do a step twice.
CREATE TABLE deadline_step (
  deadline_id BIGINT NOT NULL,
  step        TEXT   NOT NULL,
  done_at     BIGINT NOT NULL,
  PRIMARY KEY (deadline_id, step)
);

-- A term of the bureau that ran out, with who held it and, once they say so, why.
CREATE TABLE deadline_miss (
  id         BIGINT NOT NULL PRIMARY KEY,
  kind       TEXT   NOT NULL,
  ref        BIGINT NOT NULL,
  title      TEXT   NOT NULL,
  href       TEXT   NOT NULL,
  unit_id    BIGINT NOT NULL, u1 BIGINT NOT NULL, u2 BIGINT NOT NULL, u3 BIGINT NOT NULL, u4 BIGINT NOT NULL, u5 BIGINT NOT NULL,
  holder     BIGINT NOT NULL,
  holder2    BIGINT NOT NULL,
  term       TEXT   NOT NULL,
  of_id      TEXT   NOT NULL,
  start_on   TEXT   NOT NULL,
  due        TEXT   NOT NULL,
  cite       TEXT   NOT NULL,
  cause      TEXT   NOT NULL DEFAULT '',
  said_by    TEXT   NOT NULL DEFAULT '',
  said_on    TEXT   NOT NULL DEFAULT '',
  version    BIGINT NOT NULL DEFAULT 1,
  entry_id   BIGINT NOT NULL,
  UNIQUE (kind, ref, term, of_id, start_on)
);
CREATE INDEX deadline_miss_u1 ON deadline_miss (u1, id);
CREATE INDEX deadline_miss_u2 ON deadline_miss (u2, id);
CREATE INDEX deadline_miss_u3 ON deadline_miss (u3, id);
CREATE INDEX deadline_miss_u4 ON deadline_miss (u4, id);
CREATE INDEX deadline_miss_u5 ON deadline_miss (u5, id);
CREATE INDEX deadline_miss_holder ON deadline_miss (holder, id) WHERE cause = '';
