-- +goose Up
-- A list of cases with conditions and columns that somebody keeps under a name; query is its address without the place in the
-- pages. A shared one is seen in its unit and below. Removed rows stay.
CREATE TABLE saved_view (
  id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  owner_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  u1 BIGINT NOT NULL,
  u2 BIGINT NOT NULL,
  u3 BIGINT NOT NULL,
  u4 BIGINT NOT NULL,
  u5 BIGINT NOT NULL,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  shared SMALLINT NOT NULL,
  removed SMALLINT NOT NULL,
  made_at BIGINT NOT NULL
);
CREATE INDEX saved_view_owner ON saved_view (owner_id, id) WHERE removed = 0;
CREATE INDEX saved_view_shared ON saved_view (unit_id, id) WHERE shared = 1 AND removed = 0;
-- The view with which the list opens for an account.
CREATE TABLE saved_view_default (
  owner_id BIGINT NOT NULL PRIMARY KEY,
  entry_id BIGINT NOT NULL,
  view_id BIGINT NOT NULL
);
