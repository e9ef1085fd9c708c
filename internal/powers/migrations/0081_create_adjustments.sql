-- +goose Up
-- An adjustment of the list of powers (权责调整): proposed → checked → filed → in force.
-- live = 0 hides what an import batch has staged and not yet published.
CREATE TABLE power_adjustment (
  id               BIGINT   NOT NULL PRIMARY KEY,
  kind             TEXT     NOT NULL,
  state            TEXT     NOT NULL,
  into_code        TEXT     NOT NULL DEFAULT '',
  counterpart      TEXT     NOT NULL DEFAULT '',
  reason           TEXT     NOT NULL DEFAULT '',
  basis_title      TEXT     NOT NULL,
  basis_number     TEXT     NOT NULL,
  basis_date       TEXT     NOT NULL,
  file_digest      TEXT     NOT NULL DEFAULT '',
  file_name        TEXT     NOT NULL DEFAULT '',
  file_type        TEXT     NOT NULL DEFAULT '',
  effective_on     TEXT     NOT NULL,
  violated_law     TEXT     NOT NULL DEFAULT '',
  violated_article TEXT     NOT NULL DEFAULT '',
  penalty_law      TEXT     NOT NULL DEFAULT '',
  penalty_article  TEXT     NOT NULL DEFAULT '',
  handling         TEXT     NOT NULL DEFAULT '',
  handling_document TEXT    NOT NULL DEFAULT '',
  proposer_id      BIGINT   NOT NULL,
  proposer         TEXT     NOT NULL,
  proposed_at      BIGINT   NOT NULL,
  checker_id       BIGINT   NOT NULL DEFAULT 0,
  checker          TEXT     NOT NULL DEFAULT '',
  checked_at       BIGINT   NOT NULL DEFAULT 0,
  opinion          TEXT     NOT NULL DEFAULT '',
  return_reason    TEXT     NOT NULL DEFAULT '',
  filed_with       TEXT     NOT NULL DEFAULT '',
  filed_number     TEXT     NOT NULL DEFAULT '',
  filed_on         TEXT     NOT NULL DEFAULT '',
  in_force_at      BIGINT   NOT NULL DEFAULT 0,
  batch_id         BIGINT   NOT NULL DEFAULT 0,
  live             SMALLINT NOT NULL DEFAULT 1,
  version          BIGINT   NOT NULL DEFAULT 1,
  entry_id         BIGINT   NOT NULL
);
CREATE INDEX power_adjustment_state ON power_adjustment (state, effective_on, id);
CREATE INDEX power_adjustment_batch ON power_adjustment (batch_id);

CREATE TABLE power_adjustment_item (
  adjustment_id BIGINT NOT NULL,
  code          TEXT   NOT NULL,
  PRIMARY KEY (adjustment_id, code)
);
CREATE INDEX power_adjustment_item_code ON power_adjustment_item (code, adjustment_id);

-- What an adjustment or a change of a law touches, each entry to be looked at by 法制科 (待核 → 已核).
-- gone = 1: it was listed before and was no longer touched on the day of effect.
CREATE TABLE power_affected (
  id         BIGINT   NOT NULL PRIMARY KEY,
  source     TEXT     NOT NULL,
  source_id  BIGINT   NOT NULL,
  kind       TEXT     NOT NULL,
  ref        TEXT     NOT NULL,
  label      TEXT     NOT NULL,
  href       TEXT     NOT NULL,
  note       TEXT     NOT NULL,
  state      TEXT     NOT NULL,
  outcome    TEXT     NOT NULL DEFAULT '',
  remark     TEXT     NOT NULL DEFAULT '',
  settled_by TEXT     NOT NULL DEFAULT '',
  settled_at BIGINT   NOT NULL DEFAULT 0,
  gone       SMALLINT NOT NULL DEFAULT 0,
  version    BIGINT   NOT NULL DEFAULT 1,
  entry_id   BIGINT   NOT NULL,
  UNIQUE (source, source_id, kind, ref)
);
CREATE INDEX power_affected_state ON power_affected (state, id);

-- A law that was amended or repealed, as the library learnt of it. articles is empty for the whole law.
CREATE TABLE law_change (
  id           BIGINT   NOT NULL PRIMARY KEY,
  law          TEXT     NOT NULL,
  kind         TEXT     NOT NULL,
  articles     TEXT     NOT NULL,
  effective_on TEXT     NOT NULL,
  document     TEXT     NOT NULL,
  entry_id     BIGINT   NOT NULL
);
CREATE INDEX law_change_law ON law_change (law, effective_on);
