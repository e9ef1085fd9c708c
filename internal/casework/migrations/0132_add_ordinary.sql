-- +goose Up
-- The ordinary procedure (行政处罚法第五十四条): which procedure the case belongs to, where a side state leads
-- back to, when it was filed and under which number. What is there already keeps its digest: empty is no change.
ALTER TABLE penalty_case ADD COLUMN procedure TEXT NOT NULL DEFAULT '';
ALTER TABLE penalty_case ADD COLUMN back_state TEXT NOT NULL DEFAULT '';
ALTER TABLE penalty_case ADD COLUMN filed_on TEXT NOT NULL DEFAULT '';
ALTER TABLE penalty_case ADD COLUMN case_no TEXT NOT NULL DEFAULT '';
-- Records and internal papers take no number.
DROP INDEX paper_number;
CREATE UNIQUE INDEX paper_number ON paper (doc_no) WHERE doc_no <> '';
