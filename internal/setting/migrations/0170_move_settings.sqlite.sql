-- +goose Up
CREATE TABLE setting_item (
  name     TEXT   NOT NULL PRIMARY KEY,
  value    TEXT   NOT NULL,
  reason   TEXT   NOT NULL,
  version  BIGINT NOT NULL DEFAULT 1,
  entry_id BIGINT NOT NULL
);
INSERT INTO setting_item (name, value, reason, entry_id) SELECT name, value, '', entry_id FROM setting WHERE name <> 'org.practice';
INSERT INTO setting_item (name, value, reason, entry_id) SELECT 'org.annual_check', json_extract(value, '$.AnnualCheck'), '', entry_id FROM setting WHERE name = 'org.practice';
INSERT INTO setting_item (name, value, reason, entry_id)
  SELECT 'org.annual_check_until', printf('%02d-%02d', json_extract(value, '$.CheckMonth'), json_extract(value, '$.CheckDay')), '', entry_id FROM setting WHERE name = 'org.practice';
DROP TABLE setting;
