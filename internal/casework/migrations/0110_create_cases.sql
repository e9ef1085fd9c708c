-- +goose Up
CREATE TABLE penalty_case (
  id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL, u1 BIGINT NOT NULL, u2 BIGINT NOT NULL, u3 BIGINT NOT NULL, u4 BIGINT NOT NULL, u5 BIGINT NOT NULL,
  organ_id BIGINT NOT NULL,
  state TEXT NOT NULL,
  source TEXT NOT NULL,
  found_at BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  place TEXT NOT NULL,
  area TEXT NOT NULL,
  latitude DOUBLE PRECISION NOT NULL,
  longitude DOUBLE PRECISION NOT NULL,
  summary TEXT NOT NULL,
  lead_officer BIGINT NOT NULL,
  assist_officer BIGINT NOT NULL,
  party_kind TEXT NOT NULL,
  party_name TEXT NOT NULL,
  party_id_kind TEXT NOT NULL,
  party_id_number TEXT NOT NULL,
  party_key TEXT NOT NULL,
  party_address TEXT NOT NULL,
  party_phone TEXT NOT NULL,
  party_born TEXT NOT NULL,
  party_legal_rep TEXT NOT NULL,
  party_guardian TEXT NOT NULL,
  party_identity_basis TEXT NOT NULL,
  act_from TEXT NOT NULL,
  act_until TEXT NOT NULL,
  fact_text TEXT NOT NULL,
  facts_clear SMALLINT NOT NULL,
  power_code TEXT NOT NULL,
  applied_code TEXT NOT NULL,
  power_name TEXT NOT NULL,
  penalty_kinds TEXT NOT NULL,
  amount BIGINT NOT NULL,
  metric TEXT NOT NULL,
  metric_unit TEXT NOT NULL,
  prior_count BIGINT NOT NULL,
  corrected SMALLINT NOT NULL,
  harm TEXT NOT NULL,
  tier TEXT NOT NULL,
  tier_min BIGINT NOT NULL,
  tier_max BIGINT NOT NULL,
  tier_why TEXT NOT NULL,
  exemption TEXT NOT NULL,
  exemption_why TEXT NOT NULL,
  chosen_law TEXT NOT NULL,
  pay_by TEXT NOT NULL,
  decided_on TEXT NOT NULL,
  file_due TEXT NOT NULL,
  delivered_at BIGINT NOT NULL,
  filed_at BIGINT NOT NULL,
  closed_at BIGINT NOT NULL,
  ending TEXT NOT NULL,
  ending_note TEXT NOT NULL
);
CREATE INDEX penalty_case_u1 ON penalty_case (u1, found_at, id);
CREATE INDEX penalty_case_u2 ON penalty_case (u2, found_at, id);
CREATE INDEX penalty_case_u3 ON penalty_case (u3, found_at, id);
CREATE INDEX penalty_case_u4 ON penalty_case (u4, found_at, id);
CREATE INDEX penalty_case_u5 ON penalty_case (u5, found_at, id);
CREATE INDEX penalty_case_found ON penalty_case (found_at, id);
CREATE INDEX penalty_case_state ON penalty_case (state, found_at, id);
CREATE INDEX penalty_case_party ON penalty_case (party_key, found_at);
CREATE INDEX penalty_case_lead ON penalty_case (lead_officer, state, found_at, id);
CREATE INDEX penalty_case_assist ON penalty_case (assist_officer, state, found_at, id);
CREATE INDEX penalty_case_decided ON penalty_case (decided_on, id);

CREATE TABLE case_step (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  done_at BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  body TEXT NOT NULL,
  detail TEXT NOT NULL,
  due TEXT NOT NULL,
  withdrawn SMALLINT NOT NULL
);
CREATE INDEX case_step_case ON case_step (case_id, id);

CREATE TABLE case_photo (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  entry_id BIGINT NOT NULL,
  digest TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size BIGINT NOT NULL,
  caption TEXT NOT NULL,
  place TEXT NOT NULL,
  taken_at BIGINT NOT NULL,
  latitude DOUBLE PRECISION NOT NULL,
  longitude DOUBLE PRECISION NOT NULL,
  person_id BIGINT NOT NULL
);
CREATE INDEX case_photo_case ON case_photo (case_id, id);

CREATE TABLE case_fact (
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  source TEXT NOT NULL,
  entry_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (case_id, key)
);
