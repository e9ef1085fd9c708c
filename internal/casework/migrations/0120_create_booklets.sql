-- +goose Up
-- A prefix numbers papers of the machine or papers of booklets, never both: no number is printed twice.
CREATE TABLE number_prefix (
  prefix TEXT NOT NULL PRIMARY KEY,
  source TEXT NOT NULL CHECK (source IN ('machine', 'booklet'))
);
INSERT INTO number_prefix (prefix, source) SELECT DISTINCT prefix, 'machine' FROM number_series;

CREATE TABLE booklet (
  id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL, u1 BIGINT NOT NULL, u2 BIGINT NOT NULL, u3 BIGINT NOT NULL, u4 BIGINT NOT NULL, u5 BIGINT NOT NULL,
  organ_id BIGINT NOT NULL,
  paper_kind TEXT NOT NULL,
  year BIGINT NOT NULL,
  prefix TEXT NOT NULL REFERENCES number_prefix (prefix),
  first_no BIGINT NOT NULL,
  last_no BIGINT NOT NULL,
  printer TEXT NOT NULL,
  edition TEXT NOT NULL,
  presealed SMALLINT NOT NULL,
  review_first SMALLINT NOT NULL,
  state TEXT NOT NULL,
  holder BIGINT NOT NULL,
  registered_at BIGINT NOT NULL,
  issued_at BIGINT NOT NULL,
  closed_at BIGINT NOT NULL,
  checked_at BIGINT NOT NULL,
  note TEXT NOT NULL
);
CREATE UNIQUE INDEX booklet_start ON booklet (prefix, year, first_no);
CREATE INDEX booklet_u1 ON booklet (u1, id);
CREATE INDEX booklet_u2 ON booklet (u2, id);
CREATE INDEX booklet_u3 ON booklet (u3, id);
CREATE INDEX booklet_u4 ON booklet (u4, id);
CREATE INDEX booklet_u5 ON booklet (u5, id);
CREATE INDEX booklet_holder ON booklet (holder, state, id);

-- Every printed number, whatever becomes of it. What was written by hand under it is entered here too.
CREATE TABLE booklet_number (
  id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL, u1 BIGINT NOT NULL, u2 BIGINT NOT NULL, u3 BIGINT NOT NULL, u4 BIGINT NOT NULL, u5 BIGINT NOT NULL,
  booklet_id BIGINT NOT NULL REFERENCES booklet (id),
  prefix TEXT NOT NULL,
  year BIGINT NOT NULL,
  number BIGINT NOT NULL,
  doc_no TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,
  holder BIGINT NOT NULL,
  used_at BIGINT NOT NULL,
  reported_at BIGINT NOT NULL,
  reason TEXT NOT NULL,
  case_id BIGINT NOT NULL,
  paper_id BIGINT NOT NULL,
  entered_at BIGINT NOT NULL,
  entered_by BIGINT NOT NULL,
  late_why TEXT NOT NULL,
  confirmed_at BIGINT NOT NULL,
  confirmed_by BIGINT NOT NULL,
  dispute TEXT NOT NULL,
  findings TEXT NOT NULL,
  ruling TEXT NOT NULL,
  ruled_at BIGINT NOT NULL,
  ruled_by BIGINT NOT NULL,
  ruling_note TEXT NOT NULL,
  UNIQUE (prefix, year, number)
);
CREATE INDEX booklet_number_booklet ON booklet_number (booklet_id, number);
CREATE INDEX booklet_number_state ON booklet_number (state, id);
CREATE INDEX booklet_number_case ON booklet_number (case_id);
CREATE INDEX booklet_number_ruling ON booklet_number (ruling, id);
CREATE INDEX booklet_number_u1 ON booklet_number (u1, state, id);
CREATE INDEX booklet_number_u2 ON booklet_number (u2, state, id);
CREATE INDEX booklet_number_u3 ON booklet_number (u3, state, id);
CREATE INDEX booklet_number_u4 ON booklet_number (u4, state, id);
CREATE INDEX booklet_number_u5 ON booklet_number (u5, state, id);

-- Pictures of the paper itself: as entered, or all copies of a spoilt one.
CREATE TABLE booklet_photo (
  id BIGINT NOT NULL PRIMARY KEY,
  number_id BIGINT NOT NULL REFERENCES booklet_number (id),
  entry_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  digest TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size BIGINT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX booklet_photo_number ON booklet_photo (number_id, id);

-- The paper written by hand, and from which booklet: the machine never prints its number as an original.
ALTER TABLE paper ADD COLUMN booklet_id BIGINT NOT NULL DEFAULT 0;
