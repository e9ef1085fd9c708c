-- +goose Up
-- Who may review decisions (行政处罚法第五十八条第二款): the qualification of the legal profession, and since when somebody reviews.
ALTER TABLE org_person_row ADD COLUMN legal_kind TEXT NOT NULL DEFAULT '';
ALTER TABLE org_person_row ADD COLUMN legal_number TEXT NOT NULL DEFAULT '';
ALTER TABLE org_person_row ADD COLUMN legal_on TEXT NOT NULL DEFAULT '';
ALTER TABLE org_person_row ADD COLUMN reviews_since TEXT NOT NULL DEFAULT '';
DROP VIEW org_person;
CREATE VIEW org_person AS
  SELECT * FROM org_person_row r
  WHERE r.batch_id = 0 OR EXISTS (SELECT 1 FROM draft_batch d WHERE d.id = r.batch_id AND d.state = 'published');
