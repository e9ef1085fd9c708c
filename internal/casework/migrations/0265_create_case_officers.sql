-- +goose Up
-- Whoever has handled an ordinary case, also after it was handed over: he neither reviews it nor holds its hearing.
CREATE TABLE case_officer (
  case_id   BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  entry_id  BIGINT NOT NULL,
  PRIMARY KEY (case_id, person_id)
);
INSERT INTO case_officer (case_id, person_id, entry_id) SELECT id, lead_officer, entry_id FROM penalty_case WHERE procedure = 'ordinary' AND lead_officer > 0;
INSERT INTO case_officer (case_id, person_id, entry_id) SELECT id, assist_officer, entry_id FROM penalty_case WHERE procedure = 'ordinary' AND assist_officer > 0 AND assist_officer <> lead_officer;
