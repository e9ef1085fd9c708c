-- +goose Up
CREATE TABLE setting_item (
  name     TEXT   NOT NULL PRIMARY KEY,
  value    TEXT   NOT NULL,
  reason   TEXT   NOT NULL,
  version  BIGINT NOT NULL DEFAULT 1,
  entry_id BIGINT NOT NULL
);
INSERT INTO setting_item (name, value, reason, entry_id) SELECT name, value, '', entry_id FROM setting WHERE name <> 'org.practice';
INSERT INTO setting_item (name, value, reason, entry_id) SELECT 'org.annual_check', value::json->>'AnnualCheck', '', entry_id FROM setting WHERE name = 'org.practice';
INSERT INTO setting_item (name, value, reason, entry_id)
  SELECT 'org.annual_check_until', lpad(value::json->>'CheckMonth', 2, '0') || '-' || lpad(value::json->>'CheckDay', 2, '0'), '', entry_id FROM setting WHERE name = 'org.practice';
DROP TABLE setting;
