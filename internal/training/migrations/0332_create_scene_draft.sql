-- +goose Up
-- A scene that is being written. Every save is a revision; content is what the last one says.
CREATE TABLE training_draft (
  id         BIGINT NOT NULL PRIMARY KEY,
  code       TEXT   NOT NULL,
  title      TEXT   NOT NULL,
  set_on     TEXT   NOT NULL,
  content    TEXT   NOT NULL,
  origin     TEXT   NOT NULL,
  state      TEXT   NOT NULL,
  scene_id   BIGINT NOT NULL,
  author     TEXT   NOT NULL,
  author_id  BIGINT NOT NULL,
  returned   TEXT   NOT NULL,
  revision   BIGINT NOT NULL,
  made_at    BIGINT NOT NULL,
  saved_at   BIGINT NOT NULL,
  saved_by   TEXT   NOT NULL,
  version    BIGINT NOT NULL,
  entry_id   BIGINT NOT NULL
);
CREATE INDEX training_draft_state ON training_draft (state, id);
CREATE INDEX training_draft_scene ON training_draft (scene_id);

CREATE TABLE training_draft_revision (
  draft_id   BIGINT NOT NULL,
  number     BIGINT NOT NULL,
  content    TEXT   NOT NULL,
  what       TEXT   NOT NULL,
  auto       BIGINT NOT NULL,
  restored   BIGINT NOT NULL,
  account    BIGINT NOT NULL,
  name       TEXT   NOT NULL,
  at         BIGINT NOT NULL,
  entry_id   BIGINT NOT NULL,
  PRIMARY KEY (draft_id, number)
);

-- Who asked for a version and who approved it.
ALTER TABLE training_scene ADD COLUMN author_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE training_scene ADD COLUMN draft_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE training_scene ADD COLUMN approver TEXT NOT NULL DEFAULT '';
ALTER TABLE training_scene ADD COLUMN approved_at BIGINT NOT NULL DEFAULT 0;
