-- +goose Up
-- What candidates see of a paper: after handing in, after publication, and after the days in which they may object. Sittings
-- from before showed everything once they were published.
ALTER TABLE exam_sitting ADD COLUMN review_submitted TEXT NOT NULL DEFAULT 'none';
ALTER TABLE exam_sitting ADD COLUMN review_published TEXT NOT NULL DEFAULT 'explanation';
ALTER TABLE exam_sitting ADD COLUMN review_closed TEXT NOT NULL DEFAULT 'explanation';
ALTER TABLE exam_sitting ADD COLUMN appeal_days BIGINT NOT NULL DEFAULT 0;
ALTER TABLE exam_sitting ADD COLUMN published_at BIGINT NOT NULL DEFAULT 0;
-- The sitting that this one makes up for; 0 for none.
ALTER TABLE exam_sitting ADD COLUMN makeup_of BIGINT NOT NULL DEFAULT 0;
CREATE INDEX exam_sitting_makeup ON exam_sitting (makeup_of) WHERE makeup_of > 0;
