-- +goose Up
-- A row is one version and its content never changes; live = 0 hides what is staged or was replaced.
-- Bounds of a fine are 分, -1 = this party knows no such fine. batch_id is the import batch.
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
CREATE UNIQUE INDEX power_law_version ON power_law (title, effective_from) WHERE live = 1;
CREATE INDEX power_law_batch ON power_law (batch_id);

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
CREATE UNIQUE INDEX power_item_version ON power_item (code, valid_from) WHERE live = 1;
CREATE INDEX power_item_code ON power_item (code, id);
CREATE INDEX power_item_law ON power_item (penalty_law, code);
CREATE INDEX power_item_batch ON power_item (batch_id);

-- One row for each provision that an item cites, so that a law's amendment lists what it affects.
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
CREATE INDEX power_basis_article ON power_basis (article, law);

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
CREATE INDEX power_benchmark_code ON power_benchmark (code, live);
CREATE INDEX power_benchmark_batch ON power_benchmark (batch_id);

-- Quantities are millionths. corrected and harm: 1 wanted yes, -1 wanted no, 0 not a condition.
-- benchmark_id is 0 until the batch is published and its rows are gathered into groups.
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
CREATE INDEX power_tier_benchmark ON power_tier (benchmark_id, eval_order);
CREATE INDEX power_tier_batch ON power_tier (batch_id);

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
CREATE INDEX power_exemption_code ON power_exemption (code, live);
CREATE INDEX power_exemption_batch ON power_exemption (batch_id);
