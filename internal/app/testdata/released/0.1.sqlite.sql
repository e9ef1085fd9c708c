-- The schema of release 0.1 with a little data: a bureau, two administrators, two officers, one setting.
CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
CREATE TABLE idempotency (
  actor     BIGINT NOT NULL,
  route     TEXT   NOT NULL,
  op_key    TEXT   NOT NULL,
  body_hash TEXT   NOT NULL,
  location  TEXT   NOT NULL,
  at        BIGINT NOT NULL,
  PRIMARY KEY (actor, route, op_key)
);
CREATE TABLE setting (
  name     TEXT   NOT NULL PRIMARY KEY,
  value    TEXT   NOT NULL,
  entry_id BIGINT NOT NULL
);
CREATE TABLE ledger_entry (
  id      BIGINT NOT NULL PRIMARY KEY,
  at      BIGINT NOT NULL,
  account BIGINT NOT NULL,
  actor   TEXT   NOT NULL,
  via     TEXT   NOT NULL,
  kind    TEXT   NOT NULL,
  subject TEXT   NOT NULL,
  unit    BIGINT NOT NULL,
  data    TEXT   NOT NULL,
  rules   TEXT   NOT NULL
);
CREATE TABLE ledger_leaf (
  seq      BIGINT NOT NULL PRIMARY KEY,
  entry_id BIGINT NOT NULL UNIQUE,
  hash     TEXT   NOT NULL
);
CREATE TABLE job (
  id          BIGINT NOT NULL PRIMARY KEY,
  kind        TEXT   NOT NULL,
  job_key     TEXT   NOT NULL,
  payload     TEXT   NOT NULL,
  state       TEXT   NOT NULL,
  due_at      BIGINT NOT NULL,
  again_at    BIGINT NOT NULL DEFAULT 0,
  tries       BIGINT NOT NULL DEFAULT 0,
  owner       TEXT   NOT NULL DEFAULT '',
  lease_until BIGINT NOT NULL DEFAULT 0,
  last_error  TEXT   NOT NULL DEFAULT '',
  created_at  BIGINT NOT NULL,
  ended_at    BIGINT NOT NULL DEFAULT 0,
  UNIQUE (kind, job_key)
);
CREATE TABLE search_text (
  id   INTEGER NOT NULL PRIMARY KEY,
  kind TEXT    NOT NULL,
  body TEXT    NOT NULL
);
CREATE VIRTUAL TABLE search_index USING fts5(terms, content='', contentless_delete=1, detail=none, tokenize="ascii tokenchars '_'");
CREATE TABLE draft_batch (
  id           BIGINT NOT NULL PRIMARY KEY,
  kind         TEXT   NOT NULL,
  state        TEXT   NOT NULL,
  file_name    TEXT   NOT NULL,
  digest       TEXT   NOT NULL,
  sheet        TEXT   NOT NULL,
  notes        TEXT   NOT NULL,
  row_count    BIGINT NOT NULL,
  bad          BIGINT NOT NULL DEFAULT 0,
  warned       BIGINT NOT NULL DEFAULT 0,
  removed      BIGINT NOT NULL DEFAULT 0,
  uploaded_by  BIGINT NOT NULL,
  uploader     TEXT   NOT NULL,
  uploaded_at  BIGINT NOT NULL,
  publisher    TEXT   NOT NULL DEFAULT '',
  published_at BIGINT NOT NULL DEFAULT 0,
  reason       TEXT   NOT NULL DEFAULT '',
  unit_id BIGINT NOT NULL DEFAULT 0,
  u1 BIGINT NOT NULL DEFAULT 0,
  u2 BIGINT NOT NULL DEFAULT 0,
  u3 BIGINT NOT NULL DEFAULT 0,
  u4 BIGINT NOT NULL DEFAULT 0,
  u5 BIGINT NOT NULL DEFAULT 0,
  version  BIGINT NOT NULL DEFAULT 1,
  entry_id BIGINT NOT NULL
);
CREATE TABLE draft_row (
  id       BIGINT   NOT NULL PRIMARY KEY,
  batch_id BIGINT   NOT NULL,
  line     BIGINT   NOT NULL,
  cells    TEXT     NOT NULL,
  unread   TEXT     NOT NULL,
  problems TEXT     NOT NULL,
  bad      SMALLINT NOT NULL,
  warned   SMALLINT NOT NULL,
  mended   SMALLINT NOT NULL DEFAULT 0,
  removed  SMALLINT NOT NULL DEFAULT 0,
  staged   SMALLINT NOT NULL DEFAULT 0,
  version  BIGINT   NOT NULL DEFAULT 1,
  entry_id BIGINT   NOT NULL,
  UNIQUE (batch_id, line)
);
CREATE TABLE unit (
  id       BIGINT   NOT NULL PRIMARY KEY,
  parent   BIGINT   NOT NULL DEFAULT 0,
  level    SMALLINT NOT NULL,
  code     TEXT     NOT NULL,
  name     TEXT     NOT NULL,
  u1       BIGINT   NOT NULL DEFAULT 0,
  u2       BIGINT   NOT NULL DEFAULT 0,
  u3       BIGINT   NOT NULL DEFAULT 0,
  u4       BIGINT   NOT NULL DEFAULT 0,
  u5       BIGINT   NOT NULL DEFAULT 0,
  from_on  TEXT     NOT NULL DEFAULT '',
  until_on TEXT     NOT NULL DEFAULT '',
  version  BIGINT   NOT NULL DEFAULT 1,
  entry_id BIGINT   NOT NULL
);
CREATE TABLE unit_succession (
  predecessor BIGINT NOT NULL REFERENCES unit (id),
  successor   BIGINT NOT NULL REFERENCES unit (id),
  ended_on    TEXT   NOT NULL,
  entry_id    BIGINT NOT NULL,
  PRIMARY KEY (predecessor, successor)
);
CREATE TABLE account (
  id           BIGINT   NOT NULL PRIMARY KEY,
  login        TEXT     NOT NULL,
  name         TEXT     NOT NULL,
  person       BIGINT   NOT NULL DEFAULT 0,
  unit_id      BIGINT   NOT NULL,
  u1           BIGINT   NOT NULL DEFAULT 0,
  u2           BIGINT   NOT NULL DEFAULT 0,
  u3           BIGINT   NOT NULL DEFAULT 0,
  u4           BIGINT   NOT NULL DEFAULT 0,
  u5           BIGINT   NOT NULL DEFAULT 0,
  password     TEXT     NOT NULL DEFAULT '',
  password_at  BIGINT   NOT NULL DEFAULT 0,
  must_change  SMALLINT NOT NULL DEFAULT 0,
  disabled     SMALLINT NOT NULL DEFAULT 0,
  epoch        BIGINT   NOT NULL DEFAULT 1,
  created_at   BIGINT   NOT NULL,
  signed_in_at BIGINT   NOT NULL DEFAULT 0,
  version      BIGINT   NOT NULL DEFAULT 1,
  entry_id     BIGINT   NOT NULL
);
CREATE TABLE account_role (
  account  BIGINT NOT NULL REFERENCES account (id),
  role     TEXT   NOT NULL,
  entry_id BIGINT NOT NULL,
  PRIMARY KEY (account, role)
);
CREATE TABLE account_password (
  id       BIGINT NOT NULL PRIMARY KEY,
  account  BIGINT NOT NULL REFERENCES account (id),
  password TEXT   NOT NULL
);
CREATE TABLE session (
  id         BIGINT NOT NULL PRIMARY KEY,
  token      TEXT   NOT NULL,
  account    BIGINT NOT NULL REFERENCES account (id),
  epoch      BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at    BIGINT NOT NULL,
  ip         TEXT   NOT NULL,
  agent      TEXT   NOT NULL
);
CREATE TABLE sign_in_guard (
  who          TEXT   NOT NULL,
  place        TEXT   NOT NULL,
  tries        BIGINT NOT NULL DEFAULT 0,
  tried_at     BIGINT NOT NULL DEFAULT 0,
  locked_until BIGINT NOT NULL DEFAULT 0,
  good_at      BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (who, place)
);
CREATE TABLE security_event (
  id      BIGINT NOT NULL PRIMARY KEY,
  at      BIGINT NOT NULL,
  kind    TEXT   NOT NULL,
  account BIGINT NOT NULL DEFAULT 0,
  name    TEXT   NOT NULL DEFAULT '',
  unit_id BIGINT NOT NULL DEFAULT 0,
  ip      TEXT   NOT NULL DEFAULT '',
  action  TEXT   NOT NULL DEFAULT '',
  rules   TEXT   NOT NULL DEFAULT '',
  detail  TEXT   NOT NULL DEFAULT ''
);
CREATE TABLE org_person_row (
  id           BIGINT NOT NULL PRIMARY KEY,
  name         TEXT   NOT NULL,
  staff_number TEXT   NOT NULL,
  kind         TEXT   NOT NULL,
  phone        TEXT   NOT NULL DEFAULT '',
  identity_number TEXT NOT NULL DEFAULT '',
  note         TEXT   NOT NULL DEFAULT '',
  left_on      TEXT   NOT NULL DEFAULT '',
  left_reason  TEXT   NOT NULL DEFAULT '',
  unit_id BIGINT NOT NULL DEFAULT 0,
  u1 BIGINT NOT NULL DEFAULT 0,
  u2 BIGINT NOT NULL DEFAULT 0,
  u3 BIGINT NOT NULL DEFAULT 0,
  u4 BIGINT NOT NULL DEFAULT 0,
  u5 BIGINT NOT NULL DEFAULT 0,
  batch_id BIGINT NOT NULL DEFAULT 0,
  version  BIGINT NOT NULL DEFAULT 1,
  entry_id BIGINT NOT NULL
);
CREATE TABLE org_posting (
  id        BIGINT   NOT NULL PRIMARY KEY,
  person_id BIGINT   NOT NULL REFERENCES org_person_row (id),
  kind      TEXT     NOT NULL,
  post      TEXT     NOT NULL,
  from_on   TEXT     NOT NULL,
  until_on  TEXT     NOT NULL DEFAULT '',
  reason    TEXT     NOT NULL DEFAULT '',
  annulled  SMALLINT NOT NULL DEFAULT 0,
  recorded_on TEXT   NOT NULL,
  unit_id BIGINT NOT NULL DEFAULT 0,
  u1 BIGINT NOT NULL DEFAULT 0,
  u2 BIGINT NOT NULL DEFAULT 0,
  u3 BIGINT NOT NULL DEFAULT 0,
  u4 BIGINT NOT NULL DEFAULT 0,
  u5 BIGINT NOT NULL DEFAULT 0,
  batch_id BIGINT NOT NULL DEFAULT 0,
  version  BIGINT NOT NULL DEFAULT 1,
  entry_id BIGINT NOT NULL
);
CREATE TABLE org_absence (
  id        BIGINT   NOT NULL PRIMARY KEY,
  person_id BIGINT   NOT NULL REFERENCES org_person_row (id),
  from_on   TEXT     NOT NULL,
  until_on  TEXT     NOT NULL DEFAULT '',
  reason    TEXT     NOT NULL,
  annulled  SMALLINT NOT NULL DEFAULT 0,
  version   BIGINT   NOT NULL DEFAULT 1,
  entry_id  BIGINT   NOT NULL
);
CREATE TABLE org_certificate_row (
  id           BIGINT NOT NULL PRIMARY KEY,
  person_id    BIGINT NOT NULL REFERENCES org_person_row (id),
  number       TEXT   NOT NULL,
  kind         TEXT   NOT NULL,
  issuer       TEXT   NOT NULL,
  areas        TEXT   NOT NULL,
  categories   TEXT   NOT NULL,
  printed_unit TEXT   NOT NULL DEFAULT '',
  exam_passed_on TEXT NOT NULL DEFAULT '',
  valid_to     TEXT   NOT NULL,
  revoked_on   TEXT   NOT NULL DEFAULT '',
  revoked_how  TEXT   NOT NULL DEFAULT '',
  revoked_reason TEXT NOT NULL DEFAULT '',
  batch_id BIGINT NOT NULL DEFAULT 0,
  version  BIGINT NOT NULL DEFAULT 1,
  entry_id BIGINT NOT NULL
);
CREATE TABLE org_validity (
  id             BIGINT NOT NULL PRIMARY KEY,
  certificate_id BIGINT NOT NULL REFERENCES org_certificate_row (id),
  valid_from     TEXT   NOT NULL,
  valid_to       TEXT   NOT NULL,
  batch_id       BIGINT NOT NULL DEFAULT 0,
  entry_id       BIGINT NOT NULL
);
CREATE TABLE org_suspension (
  id             BIGINT   NOT NULL PRIMARY KEY,
  certificate_id BIGINT   NOT NULL REFERENCES org_certificate_row (id),
  from_on        TEXT     NOT NULL,
  until_on       TEXT     NOT NULL DEFAULT '',
  reason         TEXT     NOT NULL,
  document       TEXT     NOT NULL DEFAULT '',
  annulled       SMALLINT NOT NULL DEFAULT 0,
  version        BIGINT   NOT NULL DEFAULT 1,
  entry_id       BIGINT   NOT NULL
);
CREATE TABLE org_annual_check (
  id             BIGINT   NOT NULL PRIMARY KEY,
  certificate_id BIGINT   NOT NULL REFERENCES org_certificate_row (id),
  year           BIGINT   NOT NULL,
  result         TEXT     NOT NULL,
  checked_on     TEXT     NOT NULL,
  note           TEXT     NOT NULL DEFAULT '',
  version        BIGINT   NOT NULL DEFAULT 1,
  entry_id       BIGINT   NOT NULL,
  UNIQUE (certificate_id, year)
);
CREATE TABLE org_subject_row (
  id             BIGINT NOT NULL PRIMARY KEY,
  name           TEXT   NOT NULL,
  uscc           TEXT   NOT NULL,
  basis          TEXT   NOT NULL,
  basis_document TEXT   NOT NULL DEFAULT '',
  from_on        TEXT   NOT NULL,
  until_on       TEXT   NOT NULL DEFAULT '',
  mandator_id    BIGINT NOT NULL DEFAULT 0,
  powers         TEXT   NOT NULL DEFAULT '',
  areas          TEXT   NOT NULL,
  address        TEXT   NOT NULL DEFAULT '',
  phone          TEXT   NOT NULL DEFAULT '',
  seal           TEXT   NOT NULL DEFAULT '',
  review_organ   TEXT   NOT NULL DEFAULT '',
  court          TEXT   NOT NULL DEFAULT '',
  collection_code TEXT  NOT NULL DEFAULT '',
  prefix         TEXT   NOT NULL DEFAULT '',
  unit_id BIGINT NOT NULL DEFAULT 0,
  u1 BIGINT NOT NULL DEFAULT 0,
  u2 BIGINT NOT NULL DEFAULT 0,
  u3 BIGINT NOT NULL DEFAULT 0,
  u4 BIGINT NOT NULL DEFAULT 0,
  u5 BIGINT NOT NULL DEFAULT 0,
  batch_id BIGINT NOT NULL DEFAULT 0,
  version  BIGINT NOT NULL DEFAULT 1,
  entry_id BIGINT NOT NULL
);
CREATE TABLE org_subject_unit (
  id         BIGINT   NOT NULL PRIMARY KEY,
  subject_id BIGINT   NOT NULL REFERENCES org_subject_row (id),
  unit_id    BIGINT   NOT NULL,
  from_on    TEXT     NOT NULL,
  until_on   TEXT     NOT NULL DEFAULT '',
  annulled   SMALLINT NOT NULL DEFAULT 0,
  batch_id   BIGINT   NOT NULL DEFAULT 0,
  version    BIGINT   NOT NULL DEFAULT 1,
  entry_id   BIGINT   NOT NULL
);
CREATE TABLE power_law (
  id              BIGINT   NOT NULL PRIMARY KEY,
  title           TEXT     NOT NULL,
  short_title     TEXT     NOT NULL,
  issuing_body    TEXT     NOT NULL,
  document_number TEXT     NOT NULL,
  effective_from  TEXT     NOT NULL DEFAULT '',
  status          TEXT     NOT NULL,
  level           TEXT     NOT NULL,
  last_article    BIGINT   NOT NULL,
  valid_to        TEXT     NOT NULL DEFAULT '',
  successor       TEXT     NOT NULL,
  text_grade      TEXT     NOT NULL,
  status_as_of    TEXT     NOT NULL,
  number_checked  SMALLINT NOT NULL,
  date_checked    SMALLINT NOT NULL,
  notes           TEXT     NOT NULL,
  demo            SMALLINT NOT NULL,
  batch_id        BIGINT   NOT NULL,
  live            SMALLINT NOT NULL DEFAULT 0,
  replaces        BIGINT   NOT NULL DEFAULT 0,
  version         BIGINT   NOT NULL DEFAULT 1,
  entry_id        BIGINT   NOT NULL
);
CREATE TABLE power_item (
  id                 BIGINT   NOT NULL PRIMARY KEY,
  code               TEXT     NOT NULL,
  kind               TEXT     NOT NULL,
  domain             TEXT     NOT NULL,
  name               TEXT     NOT NULL,
  violated_law       TEXT     NOT NULL,
  violated_article   TEXT     NOT NULL,
  penalty_law        TEXT     NOT NULL,
  penalty_article    TEXT     NOT NULL,
  penalty_kinds      TEXT     NOT NULL,
  fine_basis         TEXT     NOT NULL,
  fine_formula       TEXT     NOT NULL,
  citizen_min        BIGINT   NOT NULL,
  citizen_max        BIGINT   NOT NULL,
  org_min            BIGINT   NOT NULL,
  org_max            BIGINT   NOT NULL,
  correction_first   SMALLINT NOT NULL,
  seizure_power      TEXT     NOT NULL,
  limitation_years   BIGINT   NOT NULL,
  limitation_note    TEXT     NOT NULL,
  law_version        TEXT     NOT NULL DEFAULT '',
  escalation_trigger TEXT     NOT NULL,
  esc_citizen_min    BIGINT   NOT NULL,
  esc_citizen_max    BIGINT   NOT NULL,
  esc_org_min        BIGINT   NOT NULL,
  esc_org_max        BIGINT   NOT NULL,
  scope              TEXT     NOT NULL,
  valid_from         TEXT     NOT NULL DEFAULT '',
  valid_to           TEXT     NOT NULL DEFAULT '',
  superseded_by      TEXT     NOT NULL,
  verify             TEXT     NOT NULL,
  unchecked          SMALLINT NOT NULL,
  notes              TEXT     NOT NULL,
  demo               SMALLINT NOT NULL,
  -- what the bureau did with it
  adopted_from       TEXT     NOT NULL DEFAULT '',
  adopted_until      TEXT     NOT NULL DEFAULT '',
  adopt_basis        TEXT     NOT NULL DEFAULT '',
  adopt_document     TEXT     NOT NULL DEFAULT '',
  confirmed_on       TEXT     NOT NULL DEFAULT '',
  confirm_source     TEXT     NOT NULL DEFAULT '',
  batch_id           BIGINT   NOT NULL,
  live               SMALLINT NOT NULL DEFAULT 0,
  replaces           BIGINT   NOT NULL DEFAULT 0,
  version            BIGINT   NOT NULL DEFAULT 1,
  entry_id           BIGINT   NOT NULL
);
CREATE TABLE power_basis (
  item_id BIGINT NOT NULL,
  role    TEXT   NOT NULL,
  law     TEXT   NOT NULL,
  article BIGINT NOT NULL,
  suffix  BIGINT NOT NULL,
  para    BIGINT NOT NULL,
  item    BIGINT NOT NULL,
  PRIMARY KEY (item_id, role, article, suffix, para, item)
);
CREATE TABLE power_benchmark (
  id           BIGINT   NOT NULL PRIMARY KEY,
  code         TEXT     NOT NULL,
  subject      TEXT     NOT NULL,
  stage        TEXT     NOT NULL,
  unit         TEXT     NOT NULL,
  sample       SMALLINT NOT NULL,
  demo         SMALLINT NOT NULL,
  issuer       TEXT     NOT NULL DEFAULT '',
  document     TEXT     NOT NULL DEFAULT '',
  published_on TEXT     NOT NULL DEFAULT '',
  valid_from   TEXT     NOT NULL DEFAULT '',
  valid_to     TEXT     NOT NULL DEFAULT '',
  batch_id     BIGINT   NOT NULL,
  live         SMALLINT NOT NULL DEFAULT 0,
  replaces     BIGINT   NOT NULL DEFAULT 0,
  version      BIGINT   NOT NULL DEFAULT 1,
  entry_id     BIGINT   NOT NULL
);
CREATE TABLE power_tier (
  id              BIGINT   NOT NULL PRIMARY KEY,
  benchmark_id    BIGINT   NOT NULL DEFAULT 0,
  batch_id        BIGINT   NOT NULL,
  line            BIGINT   NOT NULL,
  code            TEXT     NOT NULL,
  subject         TEXT     NOT NULL,
  stage           TEXT     NOT NULL,
  unit            TEXT     NOT NULL,
  grade           TEXT     NOT NULL,
  eval_order      BIGINT   NOT NULL,
  circumstances   TEXT     NOT NULL,
  metric          TEXT     NOT NULL,
  metric_unit     TEXT     NOT NULL,
  metric_set      SMALLINT NOT NULL,
  metric_min      BIGINT   NOT NULL,
  metric_max      BIGINT   NOT NULL,
  metric_open     SMALLINT NOT NULL,
  prior_2y        TEXT     NOT NULL,
  corrected       SMALLINT NOT NULL,
  harm            SMALLINT NOT NULL,
  combine_all     SMALLINT NOT NULL,
  range_set       SMALLINT NOT NULL,
  range_lower     BIGINT   NOT NULL,
  range_upper     BIGINT   NOT NULL,
  upper_inclusive SMALLINT NOT NULL,
  position        TEXT     NOT NULL,
  basis           TEXT     NOT NULL
);
CREATE TABLE power_exemption (
  id                  BIGINT   NOT NULL PRIMARY KEY,
  ref                 TEXT     NOT NULL,
  code                TEXT     NOT NULL,
  name                TEXT     NOT NULL,
  kind                TEXT     NOT NULL,
  effect              TEXT     NOT NULL,
  conditions          TEXT     NOT NULL,
  window_years        BIGINT   NOT NULL,
  correction_required SMALLINT NOT NULL,
  accompanying        TEXT     NOT NULL,
  basis               TEXT     NOT NULL,
  sample              SMALLINT NOT NULL,
  demo                SMALLINT NOT NULL,
  issuer              TEXT     NOT NULL DEFAULT '',
  document            TEXT     NOT NULL DEFAULT '',
  published_on        TEXT     NOT NULL DEFAULT '',
  valid_from          TEXT     NOT NULL DEFAULT '',
  valid_to            TEXT     NOT NULL DEFAULT '',
  batch_id            BIGINT   NOT NULL,
  live                SMALLINT NOT NULL DEFAULT 0,
  replaces            BIGINT   NOT NULL DEFAULT 0,
  version             BIGINT   NOT NULL DEFAULT 1,
  entry_id            BIGINT   NOT NULL
);
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
CREATE TABLE case_fact (
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  source TEXT NOT NULL,
  entry_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (case_id, key)
);
CREATE TABLE number_series (
  id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL, u1 BIGINT NOT NULL, u2 BIGINT NOT NULL, u3 BIGINT NOT NULL, u4 BIGINT NOT NULL, u5 BIGINT NOT NULL,
  organ_id BIGINT NOT NULL,
  paper_kind TEXT NOT NULL,
  year BIGINT NOT NULL,
  prefix TEXT NOT NULL,
  first_no BIGINT NOT NULL,
  last_no BIGINT NOT NULL,
  next_no BIGINT NOT NULL,
  closed SMALLINT NOT NULL,
  presealed SMALLINT NOT NULL,
  note TEXT NOT NULL
);
CREATE TABLE number_void (
  prefix TEXT NOT NULL,
  year BIGINT NOT NULL,
  first_no BIGINT NOT NULL,
  last_no BIGINT NOT NULL,
  series_id BIGINT NOT NULL REFERENCES number_series (id),
  reason TEXT NOT NULL,
  entry_id BIGINT NOT NULL,
  PRIMARY KEY (prefix, year, first_no)
);
CREATE TABLE paper (
  id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL, u1 BIGINT NOT NULL, u2 BIGINT NOT NULL, u3 BIGINT NOT NULL, u4 BIGINT NOT NULL, u5 BIGINT NOT NULL,
  organ_id BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  series_id BIGINT NOT NULL,
  year BIGINT NOT NULL,
  number BIGINT NOT NULL,
  doc_no TEXT NOT NULL,
  code TEXT NOT NULL UNIQUE,
  content TEXT NOT NULL,
  digest TEXT NOT NULL,
  signed_digest TEXT NOT NULL,
  hand_fill TEXT NOT NULL,
  dated TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  issued_at BIGINT NOT NULL,
  sealed_at BIGINT NOT NULL,
  delivered_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL,
  ended_why TEXT NOT NULL,
  about_id BIGINT NOT NULL,
  prints BIGINT NOT NULL
);
CREATE TABLE paper_signature (
  id BIGINT NOT NULL PRIMARY KEY,
  paper_id BIGINT NOT NULL REFERENCES paper (id),
  entry_id BIGINT NOT NULL,
  role TEXT NOT NULL,
  person_id BIGINT NOT NULL,
  account BIGINT NOT NULL,
  method TEXT NOT NULL,
  digest TEXT NOT NULL,
  signed_at BIGINT NOT NULL,
  note TEXT NOT NULL
);
CREATE TABLE receipt_book (
  id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL, u1 BIGINT NOT NULL, u2 BIGINT NOT NULL, u3 BIGINT NOT NULL, u4 BIGINT NOT NULL, u5 BIGINT NOT NULL,
  holder BIGINT NOT NULL,
  kind TEXT NOT NULL,
  prefix TEXT NOT NULL,
  width BIGINT NOT NULL,
  first_no BIGINT NOT NULL,
  last_no BIGINT NOT NULL,
  next_no BIGINT NOT NULL,
  closed SMALLINT NOT NULL
);
CREATE TABLE receipt (
  number TEXT NOT NULL PRIMARY KEY,
  book_id BIGINT NOT NULL REFERENCES receipt_book (id),
  entry_id BIGINT NOT NULL,
  state TEXT NOT NULL,
  case_id BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  at BIGINT NOT NULL,
  reason TEXT NOT NULL
);
CREATE TABLE payment (
  id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL, u1 BIGINT NOT NULL, u2 BIGINT NOT NULL, u3 BIGINT NOT NULL, u4 BIGINT NOT NULL, u5 BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES penalty_case (id),
  kind TEXT NOT NULL,
  channel TEXT NOT NULL,
  amount BIGINT NOT NULL,
  paid_on TEXT NOT NULL,
  reference TEXT NOT NULL,
  receipt_no TEXT NOT NULL,
  officer BIGINT NOT NULL,
  ground TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  hand_in_due TEXT NOT NULL,
  handed_in_on TEXT NOT NULL,
  deposit_due TEXT NOT NULL,
  deposited_on TEXT NOT NULL,
  state TEXT NOT NULL,
  note TEXT NOT NULL
);
CREATE TABLE statement (
  id BIGINT NOT NULL PRIMARY KEY,
  entry_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  digest TEXT NOT NULL UNIQUE,
  at BIGINT NOT NULL,
  line_count BIGINT NOT NULL
);
CREATE TABLE statement_line (
  id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  statement_id BIGINT NOT NULL REFERENCES statement (id),
  line BIGINT NOT NULL,
  paid_on TEXT NOT NULL,
  reference TEXT NOT NULL,
  doc_no TEXT NOT NULL,
  amount BIGINT NOT NULL,
  payer TEXT NOT NULL,
  state TEXT NOT NULL,
  payment_id BIGINT NOT NULL,
  note TEXT NOT NULL
);
INSERT INTO "goose_db_version" VALUES(1,0,1,'2026-11-22 06:11:13');
INSERT INTO "goose_db_version" VALUES(2,1,1,'2026-11-22 06:11:13');
INSERT INTO "goose_db_version" VALUES(3,10,1,'2026-11-22 06:11:13');
INSERT INTO "goose_db_version" VALUES(4,11,1,'2026-11-22 06:11:13');
INSERT INTO "goose_db_version" VALUES(5,20,1,'2026-11-22 06:11:13');
INSERT INTO "goose_db_version" VALUES(6,21,1,'2026-11-22 06:11:13');
INSERT INTO "goose_db_version" VALUES(7,26,1,'2026-11-22 06:11:13');
INSERT INTO "goose_db_version" VALUES(8,30,1,'2026-11-22 06:11:13');
INSERT INTO "goose_db_version" VALUES(9,31,1,'2026-11-22 06:11:13');
INSERT INTO "goose_db_version" VALUES(10,32,1,'2026-11-22 06:11:13');
INSERT INTO "goose_db_version" VALUES(11,33,1,'2026-11-22 06:11:13');
INSERT INTO "goose_db_version" VALUES(12,34,1,'2026-11-22 06:11:13');
INSERT INTO "goose_db_version" VALUES(13,50,1,'2026-11-22 06:11:13');
INSERT INTO "goose_db_version" VALUES(14,51,1,'2026-11-22 06:11:13');
INSERT INTO "goose_db_version" VALUES(15,52,1,'2026-11-22 06:11:13');
INSERT INTO "goose_db_version" VALUES(16,80,1,'2026-11-22 06:11:13');
INSERT INTO "goose_db_version" VALUES(17,110,1,'2026-11-22 06:11:13');
INSERT INTO "goose_db_version" VALUES(18,111,1,'2026-11-22 06:11:13');
INSERT INTO "goose_db_version" VALUES(19,112,1,'2026-11-22 06:11:13');
INSERT INTO "setting" VALUES('powers.sole_trader','organisation',912223696498720768);
INSERT INTO "ledger_entry" VALUES(912223680497451008,1795327873727098,0,'系统','console','ledger.born','database',0,'{"demo":false,"bureau":"演示市城市管理局"}','[]');
INSERT INTO "ledger_entry" VALUES(912223682196144128,1795327874131817,0,'系统','console','access.unit_added','unit/912223682191949824',912223682191949824,'{"code":"JG","from":"2005-01-01","level":1,"name":"演示市城市管理局","parent":"0"}','[]');
INSERT INTO "ledger_entry" VALUES(912223685232820225,1795327874856205,0,'系统','console','access.account_created','account/912223685232820224',912223682191949824,'{"login":"admin","name":"系统管理员","person":"0","roles":["system_admin"]}','[]');
INSERT INTO "ledger_entry" VALUES(912223687896203265,1795327875491013,0,'系统','console','access.account_created','account/912223687896203264',912223682191949824,'{"login":"security","name":"安全保密管理员","person":"0","roles":["security_admin"]}','[]');
INSERT INTO "ledger_entry" VALUES(912223691255840769,1795327876292478,0,'系统','import','draft.uploaded','draft/912223691255840768',0,'{"file":"people.csv","kind":"org.person","rows":2,"sha256":"f6f567505689c09a9c2cc1e7580fc172aa9fb0d07a7f4325ce3982fcd9821e58"}','[]');
INSERT INTO "ledger_entry" VALUES(912223691440390144,1795327876335909,0,'系统','import','draft.publishing','draft/912223691255840768',0,'{"rows":2}','[]');
INSERT INTO "ledger_entry" VALUES(912223691473944577,1795327876343501,0,'系统','import','org.person_imported','person/912223691473944576',912223682191949824,'{"after":{"identity":"","kind":"执法人员","left_on":"","left_reason":"","name":"演示甲","note":"","phone":"","staff_number":"X1"},"batch":"912223691255840768","from":"2026-01-01","line":2,"post":"队员","unit":"912223682191949824","unit_name":"演示市城市管理局"}','[]');
INSERT INTO "ledger_entry" VALUES(912223691473944580,1795327876343501,0,'系统','import','org.person_imported','person/912223691473944579',912223682191949824,'{"after":{"identity":"","kind":"执法人员","left_on":"","left_reason":"","name":"演示乙","note":"","phone":"","staff_number":"X2"},"batch":"912223691255840768","from":"2026-01-01","line":3,"post":"队员","unit":"912223682191949824","unit_name":"演示市城市管理局"}','[]');
INSERT INTO "ledger_entry" VALUES(912223691478138880,1795327876343501,0,'系统','import','draft.published','draft/912223691255840768',0,'{"file":"people.csv","kind":"org.person","removed":0,"rows":2,"sha256":"f6f567505689c09a9c2cc1e7580fc172aa9fb0d07a7f4325ce3982fcd9821e58"}','[]');
INSERT INTO "ledger_entry" VALUES(912223696498720768,1795327877542095,0,'系统','console','power.sole_trader_set','setting/powers.sole_trader',0,'{"after":"organisation","before":"citizen","document":"演城管发〔2026〕1号"}','[]');
INSERT INTO "ledger_leaf" VALUES(1,912223680497451008,'f4e10feee1067660b9c8df6d56c74c1f106f61a0d260bcae2421587f1c564d32');
INSERT INTO "ledger_leaf" VALUES(2,912223682196144128,'8481f9213fbd3e120ea72c2c832b3fa5f3d97eb8ae7cb3fa43e3b6b678f27fa9');
INSERT INTO "ledger_leaf" VALUES(3,912223685232820225,'9e051827696b10b88505508fae1e175960f9194d987bb408a4cd394120ced487');
INSERT INTO "ledger_leaf" VALUES(4,912223687896203265,'99497886deee3b18c1002db41956283828aae9784359c453a58a5a87f9bb6361');
INSERT INTO "ledger_leaf" VALUES(5,912223691255840769,'9de94e16f98d83a3a897a480af6dff06a3d8d7dee973d673de1f53195130fc3e');
INSERT INTO "ledger_leaf" VALUES(6,912223691440390144,'d72a2a08d6a10022db05c9002a184a0ed187211690ca71eb5a1806ab36eec0c9');
INSERT INTO "ledger_leaf" VALUES(7,912223691473944577,'a524f7f61f4a32032b3f039c8d76f2093fa882a0131408bb5fddee26e488af42');
INSERT INTO "ledger_leaf" VALUES(8,912223691473944580,'c3af885c5f5ff6efccdc939d3544161cce90c7d8c85d973822eb0ff9b9f9e91c');
INSERT INTO "ledger_leaf" VALUES(9,912223691478138880,'7518d0f69d8c76914e419dfde4b107c1fb9821fb3f80821f546ee7ffb074c38d');
INSERT INTO "ledger_leaf" VALUES(10,912223696498720768,'eb2ccff2a7ffd2402c2d985ed318bb915ba8a2ec4825cc1e85b622cec9635240');
INSERT INTO "draft_batch" VALUES(912223691255840768,'org.person','published','people.csv','f6f567505689c09a9c2cc1e7580fc172aa9fb0d07a7f4325ce3982fcd9821e58','CSV','[]',2,0,0,0,0,'系统',1795327876292478,'系统',1795327876343501,'',0,0,0,0,0,0,5,912223691478138880);
INSERT INTO "draft_row" VALUES(912223691356504064,912223691255840768,2,'{"from":"2026-01-01","kind":"执法人员","name":"演示甲","post":"队员","staff_number":"X1","unit":"JG"}','[]','[]',0,0,0,0,1,1,912223691255840769);
INSERT INTO "draft_row" VALUES(912223691356504065,912223691255840768,3,'{"from":"2026-01-01","kind":"执法人员","name":"演示乙","post":"队员","staff_number":"X2","unit":"JG"}','[]','[]',0,0,0,0,1,1,912223691255840769);
INSERT INTO "unit" VALUES(912223682191949824,0,1,'JG','演示市城市管理局',912223682191949824,0,0,0,0,'2005-01-01','',1,912223682196144128);
INSERT INTO "account" VALUES(912223685232820224,'admin','系统管理员',0,912223682191949824,912223682191949824,0,0,0,0,'$argon2id$v=19$m=65536,t=1,p=2$tfzh01gjVI/qFhnfU3DA5w$5fnNxbf5rmpjLL0+vD67pufGcXaPCRmNaNwVr2E7+/k',1795327874856205,1,0,1,1795327874856205,0,1,912223685232820225);
INSERT INTO "account" VALUES(912223687896203264,'security','安全保密管理员',0,912223682191949824,912223682191949824,0,0,0,0,'$argon2id$v=19$m=65536,t=1,p=2$MuYIFIy5O1zOsEwWICrazw$1OhOO4nSsVNqJIS840GG4J9eNjP0KdGcf8AUSeGuLj8',1795327875491013,1,0,1,1795327875491013,0,1,912223687896203265);
INSERT INTO "account_role" VALUES(912223685232820224,'system_admin',912223685232820225);
INSERT INTO "account_role" VALUES(912223687896203264,'security_admin',912223687896203265);
INSERT INTO "org_person_row" VALUES(912223691473944576,'演示甲','X1','officer','','','','','',912223682191949824,912223682191949824,0,0,0,0,912223691255840768,1,912223691473944577);
INSERT INTO "org_person_row" VALUES(912223691473944579,'演示乙','X2','officer','','','','','',912223682191949824,912223682191949824,0,0,0,0,912223691255840768,1,912223691473944580);
INSERT INTO "org_posting" VALUES(912223691473944578,912223691473944576,'officer','队员','2026-01-01','','导入',0,'2026-11-22',912223682191949824,912223682191949824,0,0,0,0,912223691255840768,1,912223691473944577);
INSERT INTO "org_posting" VALUES(912223691473944581,912223691473944579,'officer','队员','2026-01-01','','导入',0,'2026-11-22',912223682191949824,912223682191949824,0,0,0,0,912223691255840768,1,912223691473944580);
CREATE INDEX idempotency_at ON idempotency (at);
CREATE INDEX ledger_entry_subject ON ledger_entry (subject, id);
CREATE INDEX ledger_entry_account ON ledger_entry (account, id);
CREATE INDEX ledger_entry_kind ON ledger_entry (kind, id);
CREATE INDEX job_state_due ON job (state, due_at, id);
CREATE INDEX draft_batch_u1 ON draft_batch (u1, id);
CREATE INDEX draft_batch_u2 ON draft_batch (u2, id);
CREATE INDEX draft_batch_u3 ON draft_batch (u3, id);
CREATE INDEX draft_batch_u4 ON draft_batch (u4, id);
CREATE INDEX draft_batch_u5 ON draft_batch (u5, id);
CREATE INDEX draft_batch_digest ON draft_batch (digest);
CREATE UNIQUE INDEX unit_code ON unit (code);
CREATE INDEX unit_parent ON unit (parent, code);
CREATE INDEX unit_succession_successor ON unit_succession (successor);
CREATE UNIQUE INDEX account_login ON account (login);
CREATE UNIQUE INDEX account_person ON account (person) WHERE person > 0;
CREATE INDEX account_u1 ON account (u1, login, id);
CREATE INDEX account_u2 ON account (u2, login, id);
CREATE INDEX account_u3 ON account (u3, login, id);
CREATE INDEX account_u4 ON account (u4, login, id);
CREATE INDEX account_u5 ON account (u5, login, id);
CREATE INDEX account_role_role ON account_role (role, account);
CREATE INDEX account_password_account ON account_password (account, id);
CREATE UNIQUE INDEX session_token ON session (token);
CREATE INDEX session_account ON session (account, id);
CREATE INDEX session_seen ON session (seen_at);
CREATE INDEX sign_in_guard_tried ON sign_in_guard (tried_at);
CREATE INDEX security_event_kind ON security_event (kind, id);
CREATE INDEX security_event_account ON security_event (account, id);
CREATE INDEX security_event_at ON security_event (at);
CREATE INDEX ledger_entry_at ON ledger_entry (at, id);
CREATE UNIQUE INDEX org_person_staff_number ON org_person_row (staff_number);
CREATE UNIQUE INDEX org_person_identity ON org_person_row (identity_number) WHERE identity_number <> '';
CREATE INDEX org_person_u1 ON org_person_row (u1, staff_number, id);
CREATE INDEX org_person_u2 ON org_person_row (u2, staff_number, id);
CREATE INDEX org_person_u3 ON org_person_row (u3, staff_number, id);
CREATE INDEX org_person_u4 ON org_person_row (u4, staff_number, id);
CREATE INDEX org_person_u5 ON org_person_row (u5, staff_number, id);
CREATE INDEX org_person_batch ON org_person_row (batch_id);
CREATE INDEX org_posting_person ON org_posting (person_id, from_on);
CREATE INDEX org_posting_u1 ON org_posting (u1, from_on);
CREATE INDEX org_posting_u2 ON org_posting (u2, from_on);
CREATE INDEX org_posting_u3 ON org_posting (u3, from_on);
CREATE INDEX org_posting_u4 ON org_posting (u4, from_on);
CREATE INDEX org_posting_u5 ON org_posting (u5, from_on);
CREATE INDEX org_posting_batch ON org_posting (batch_id);
CREATE INDEX org_absence_person ON org_absence (person_id, from_on);
CREATE UNIQUE INDEX org_certificate_number ON org_certificate_row (number);
CREATE INDEX org_certificate_person ON org_certificate_row (person_id);
CREATE INDEX org_certificate_valid_to ON org_certificate_row (valid_to);
CREATE INDEX org_certificate_batch ON org_certificate_row (batch_id);
CREATE INDEX org_validity_certificate ON org_validity (certificate_id, valid_from);
CREATE INDEX org_validity_batch ON org_validity (batch_id);
CREATE INDEX org_suspension_certificate ON org_suspension (certificate_id, from_on);
CREATE UNIQUE INDEX org_subject_name ON org_subject_row (name);
CREATE INDEX org_subject_batch ON org_subject_row (batch_id);
CREATE INDEX org_subject_unit_unit ON org_subject_unit (unit_id, from_on);
CREATE INDEX org_subject_unit_subject ON org_subject_unit (subject_id, from_on);
CREATE INDEX org_subject_unit_batch ON org_subject_unit (batch_id);
CREATE UNIQUE INDEX power_law_version ON power_law (title, effective_from) WHERE live = 1;
CREATE INDEX power_law_batch ON power_law (batch_id);
CREATE UNIQUE INDEX power_item_version ON power_item (code, valid_from) WHERE live = 1;
CREATE INDEX power_item_code ON power_item (code, id);
CREATE INDEX power_item_law ON power_item (penalty_law, code);
CREATE INDEX power_item_batch ON power_item (batch_id);
CREATE INDEX power_basis_article ON power_basis (article, law);
CREATE INDEX power_benchmark_code ON power_benchmark (code, live);
CREATE INDEX power_benchmark_batch ON power_benchmark (batch_id);
CREATE INDEX power_tier_benchmark ON power_tier (benchmark_id, eval_order);
CREATE INDEX power_tier_batch ON power_tier (batch_id);
CREATE INDEX power_exemption_code ON power_exemption (code, live);
CREATE INDEX power_exemption_batch ON power_exemption (batch_id);
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
CREATE INDEX case_step_case ON case_step (case_id, id);
CREATE INDEX case_photo_case ON case_photo (case_id, id);
CREATE INDEX number_series_use ON number_series (unit_id, organ_id, paper_kind, year, closed, first_no);
CREATE UNIQUE INDEX number_series_start ON number_series (prefix, year, first_no);
CREATE INDEX number_void_series ON number_void (series_id);
CREATE INDEX paper_case ON paper (case_id, id);
CREATE UNIQUE INDEX paper_number ON paper (doc_no);
CREATE INDEX paper_state ON paper (state, id);
CREATE INDEX paper_series ON paper (series_id, number);
CREATE INDEX paper_about ON paper (about_id, id);
CREATE UNIQUE INDEX paper_signature_role ON paper_signature (paper_id, role);
CREATE INDEX receipt_book_holder ON receipt_book (holder, closed, id);
CREATE INDEX receipt_book_state ON receipt (book_id, state);
CREATE INDEX payment_case ON payment (case_id, id);
CREATE INDEX payment_paid ON payment (paid_on, id);
CREATE UNIQUE INDEX payment_reference ON payment (channel, reference);
CREATE INDEX statement_line_state ON statement_line (state, id);
CREATE UNIQUE INDEX statement_line_statement ON statement_line (statement_id, line);
CREATE VIEW org_person AS
  SELECT * FROM org_person_row r
  WHERE r.batch_id = 0 OR EXISTS (SELECT 1 FROM draft_batch d WHERE d.id = r.batch_id AND d.state = 'published');
CREATE VIEW org_certificate AS
  SELECT * FROM org_certificate_row r
  WHERE r.batch_id = 0 OR EXISTS (SELECT 1 FROM draft_batch d WHERE d.id = r.batch_id AND d.state = 'published');
CREATE VIEW org_subject AS
  SELECT * FROM org_subject_row r
  WHERE r.batch_id = 0 OR EXISTS (SELECT 1 FROM draft_batch d WHERE d.id = r.batch_id AND d.state = 'published');
CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'ledger entries cannot be changed'); END;
CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'ledger entries cannot be deleted'); END;
CREATE TRIGGER ledger_leaf_no_update BEFORE UPDATE ON ledger_leaf BEGIN SELECT RAISE(ABORT, 'ledger leaves cannot be changed'); END;
CREATE TRIGGER ledger_leaf_no_delete BEFORE DELETE ON ledger_leaf BEGIN SELECT RAISE(ABORT, 'ledger leaves cannot be deleted'); END;
CREATE TRIGGER ledger_entry_no_replace BEFORE INSERT ON ledger_entry WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'ledger entries cannot be replaced'); END;
CREATE TRIGGER ledger_leaf_no_replace BEFORE INSERT ON ledger_leaf WHEN EXISTS (SELECT 1 FROM ledger_leaf WHERE seq = NEW.seq OR entry_id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'ledger leaves cannot be replaced'); END;
CREATE TRIGGER security_event_update BEFORE UPDATE ON security_event
BEGIN
  SELECT RAISE(ABORT, 'security events are never changed');
END;
CREATE TRIGGER security_event_delete BEFORE DELETE ON security_event
WHEN OLD.at > (SELECT MAX(at) FROM security_event) - 15897600000000
BEGIN
  SELECT RAISE(ABORT, 'security events are kept for six months');
END;
INSERT INTO setting VALUES('org.practice','{"AnnualCheck":"refuse","CheckMonth":4,"CheckDay":30}',(SELECT MIN(id) FROM ledger_entry));
