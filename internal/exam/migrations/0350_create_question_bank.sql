-- +goose Up
-- A question of the bank. Columns from type to valid_until are those of its head: the version in use or, when there is
-- none, the newest.
CREATE TABLE exam_question (
  id          BIGINT NOT NULL PRIMARY KEY,
  code        TEXT   NOT NULL,
  state       TEXT   NOT NULL,
  current_id  BIGINT NOT NULL,
  head_id     BIGINT NOT NULL,
  number      BIGINT NOT NULL,
  waiting     BIGINT NOT NULL,
  type        TEXT   NOT NULL,
  topic       TEXT   NOT NULL,
  chapter     TEXT   NOT NULL,
  level       BIGINT NOT NULL,
  valid_from  TEXT   NOT NULL,
  valid_until TEXT   NOT NULL,
  source      TEXT   NOT NULL,
  ended_why   TEXT   NOT NULL,
  changed_at  BIGINT NOT NULL,
  version     BIGINT NOT NULL,
  entry_id    BIGINT NOT NULL
);
CREATE UNIQUE INDEX exam_question_code ON exam_question (code);
CREATE INDEX exam_question_state ON exam_question (state, topic, type, level, code);
CREATE INDEX exam_question_changed ON exam_question (changed_at, id);

-- A version of a question. Its content never changes; where it stands does.
CREATE TABLE exam_question_version (
  id          BIGINT NOT NULL PRIMARY KEY,
  question_id BIGINT NOT NULL,
  code        TEXT   NOT NULL,
  number      BIGINT NOT NULL,
  state       TEXT   NOT NULL,
  type        TEXT   NOT NULL,
  stem        TEXT   NOT NULL,
  points      BIGINT NOT NULL,
  content     TEXT   NOT NULL,
  digest      TEXT   NOT NULL,
  source      TEXT   NOT NULL,
  origin      TEXT   NOT NULL,
  author      TEXT   NOT NULL,
  author_id   BIGINT NOT NULL,
  made_at     BIGINT NOT NULL,
  approver    TEXT   NOT NULL,
  approved_at BIGINT NOT NULL,
  remark      TEXT   NOT NULL,
  version     BIGINT NOT NULL,
  entry_id    BIGINT NOT NULL
);
CREATE UNIQUE INDEX exam_question_version_number ON exam_question_version (question_id, number);
CREATE INDEX exam_question_version_digest ON exam_question_version (digest);

-- The articles that a version rests on.
CREATE TABLE exam_question_article (
  version_id BIGINT NOT NULL,
  ref        TEXT   NOT NULL,
  statute    TEXT   NOT NULL,
  article    BIGINT NOT NULL,
  entry_id   BIGINT NOT NULL,
  PRIMARY KEY (version_id, ref)
);
CREATE INDEX exam_question_article_statute ON exam_question_article (statute, article, version_id);
