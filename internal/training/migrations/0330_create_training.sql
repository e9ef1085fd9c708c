-- +goose Up
-- A version of a scene. Its content never changes; whether it is offered does.
CREATE TABLE training_scene (
  id         BIGINT NOT NULL PRIMARY KEY,
  code       TEXT   NOT NULL,
  number     BIGINT NOT NULL,
  title      TEXT   NOT NULL,
  edition    TEXT   NOT NULL,
  set_on     TEXT   NOT NULL,
  content    TEXT   NOT NULL,
  digest     TEXT   NOT NULL,
  builtin    BIGINT NOT NULL,
  state      TEXT   NOT NULL,
  author     TEXT   NOT NULL,
  made_at    BIGINT NOT NULL,
  ended_why  TEXT   NOT NULL,
  version    BIGINT NOT NULL,
  entry_id   BIGINT NOT NULL
);
CREATE UNIQUE INDEX training_scene_code ON training_scene (code, number);

-- Somebody's way through a scene. It is in the state that its acts lead to.
CREATE TABLE training_run (
  id         BIGINT NOT NULL PRIMARY KEY,
  scene_id   BIGINT NOT NULL,
  account    BIGINT NOT NULL,
  name       TEXT   NOT NULL,
  unit_id    BIGINT NOT NULL, u1 BIGINT NOT NULL, u2 BIGINT NOT NULL, u3 BIGINT NOT NULL, u4 BIGINT NOT NULL, u5 BIGINT NOT NULL,
  mode       TEXT   NOT NULL,
  seed       BIGINT NOT NULL,
  state      TEXT   NOT NULL,
  begun_at   BIGINT NOT NULL,
  last_at    BIGINT NOT NULL,
  ended_at   BIGINT NOT NULL,
  seq        BIGINT NOT NULL,
  outcome    TEXT   NOT NULL,
  score      BIGINT NOT NULL,
  passed     BIGINT NOT NULL,
  fatal      TEXT   NOT NULL,
  again_of   BIGINT NOT NULL,
  again_from BIGINT NOT NULL,
  entry_id   BIGINT NOT NULL
);
CREATE INDEX training_run_account ON training_run (account, id);
CREATE INDEX training_run_scene ON training_run (scene_id, account, id);
CREATE INDEX training_run_u1 ON training_run (u1, id);
CREATE INDEX training_run_u2 ON training_run (u2, id);
CREATE INDEX training_run_u3 ON training_run (u3, id);
CREATE INDEX training_run_u4 ON training_run (u4, id);
CREATE INDEX training_run_u5 ON training_run (u5, id);

-- An act as it was sent; dt are the milliseconds that passed before it, as the server measured them.
CREATE TABLE training_act (
  run_id   BIGINT NOT NULL,
  seq      BIGINT NOT NULL,
  action   TEXT   NOT NULL,
  input    TEXT   NOT NULL,
  missing  TEXT   NOT NULL,
  dt       BIGINT NOT NULL,
  at       BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  PRIMARY KEY (run_id, seq)
);
