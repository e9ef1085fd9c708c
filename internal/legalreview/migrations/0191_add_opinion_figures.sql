-- +goose Up
-- What lists and figures of opinions ask: whose case, when it came in, by when it was due.
ALTER TABLE legal_review_opinion ADD COLUMN unit_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE legal_review_opinion ADD COLUMN u1 BIGINT NOT NULL DEFAULT 0;
ALTER TABLE legal_review_opinion ADD COLUMN u2 BIGINT NOT NULL DEFAULT 0;
ALTER TABLE legal_review_opinion ADD COLUMN u3 BIGINT NOT NULL DEFAULT 0;
ALTER TABLE legal_review_opinion ADD COLUMN u4 BIGINT NOT NULL DEFAULT 0;
ALTER TABLE legal_review_opinion ADD COLUMN u5 BIGINT NOT NULL DEFAULT 0;
ALTER TABLE legal_review_opinion ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE legal_review_opinion ADD COLUMN reviewer TEXT NOT NULL DEFAULT '';
ALTER TABLE legal_review_opinion ADD COLUMN submitted_on TEXT NOT NULL DEFAULT '';
ALTER TABLE legal_review_opinion ADD COLUMN due_on TEXT NOT NULL DEFAULT '';
ALTER TABLE legal_review_opinion ADD COLUMN round BIGINT NOT NULL DEFAULT 0;
CREATE INDEX legal_review_opinion_made ON legal_review_opinion (made_on, id);
