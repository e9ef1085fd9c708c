-- +goose Up
-- What of the confiscated gains is not paid yet: they come in through the same channels as the fine (行政处罚法第七十四条第二款).
ALTER TABLE case_balance ADD COLUMN gains BIGINT NOT NULL DEFAULT 0;
UPDATE case_balance SET gains = (SELECT c.gains FROM penalty_case AS c WHERE c.id = case_balance.case_id)
WHERE case_id IN (SELECT c.id FROM penalty_case AS c WHERE c.gains > 0 AND c.delivered_at <> 0 AND c.state IN ('delivered', 'demanded', 'enforcing', 'halted'));
INSERT INTO case_balance (case_id, owing, surplus, pay_from, gains)
SELECT c.id, 0, 0, c.pay_from, c.gains FROM penalty_case AS c
WHERE c.gains > 0 AND c.delivered_at <> 0 AND c.state IN ('delivered', 'demanded', 'enforcing', 'halted') AND NOT EXISTS (SELECT 1 FROM case_balance AS cb WHERE cb.case_id = c.id);
