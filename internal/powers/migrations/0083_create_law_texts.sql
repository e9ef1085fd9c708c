-- +goose Up
-- The text of a version of a law, with its lines in order. power_law has the version itself.
-- live = 0: replaced by a later import of the same version. text_id of a line is 0 until its batch is published.
CREATE TABLE law_text (
  id             BIGINT   NOT NULL PRIMARY KEY,
  law_id         BIGINT   NOT NULL,
  title          TEXT     NOT NULL,
  effective_from TEXT     NOT NULL,
  articles       BIGINT   NOT NULL,
  batch_id       BIGINT   NOT NULL,
  live           SMALLINT NOT NULL,
  entry_id       BIGINT   NOT NULL
);
CREATE UNIQUE INDEX law_text_version ON law_text (title, effective_from) WHERE live = 1;

-- kind: 编 分编 章 节 条 and, before them, what the text says of itself. no and suffix number an article.
CREATE TABLE law_line (
  id       BIGINT NOT NULL PRIMARY KEY,
  text_id  BIGINT NOT NULL DEFAULT 0,
  batch_id BIGINT NOT NULL,
  line     BIGINT NOT NULL,
  kind     TEXT   NOT NULL,
  no       BIGINT NOT NULL DEFAULT 0,
  suffix   BIGINT NOT NULL DEFAULT 0,
  number   TEXT   NOT NULL,
  text     TEXT   NOT NULL
);
CREATE INDEX law_line_text ON law_line (text_id, line);
CREATE INDEX law_line_article ON law_line (text_id, no, suffix);
CREATE INDEX law_line_batch ON law_line (batch_id);

-- What an imported list says its totals are, and why it was published though they do not add up.
CREATE TABLE power_list_total (
  batch_id BIGINT NOT NULL,
  label    TEXT   NOT NULL,
  stated   BIGINT NOT NULL,
  answer   TEXT   NOT NULL DEFAULT '',
  answered_by TEXT NOT NULL DEFAULT '',
  answered_for BIGINT NOT NULL DEFAULT -1,
  PRIMARY KEY (batch_id, label)
);
