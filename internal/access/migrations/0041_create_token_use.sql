-- +goose Up
-- When a token was last used: no act, so it stands apart from the token's row, which its entry proves.
CREATE TABLE api_token_use (
  token_id BIGINT NOT NULL PRIMARY KEY REFERENCES api_token (id),
  used_at  BIGINT NOT NULL,
  used_ip  TEXT   NOT NULL
);
INSERT INTO api_token_use (token_id, used_at, used_ip) SELECT id, used_at, used_ip FROM api_token WHERE used_at > 0;
-- A row is again as its entry says; one that was revoked was entered with its use.
UPDATE api_token SET used_at = 0, used_ip = '' WHERE revoked_at = 0;
