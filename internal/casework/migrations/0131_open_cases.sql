-- +goose Up
-- What is open of a case's money: a row only where something is owed or was paid too much, so that what
-- asks for it does not go through the cases that are done with.
CREATE TABLE case_balance (
  case_id BIGINT NOT NULL PRIMARY KEY,
  owing BIGINT NOT NULL,
  surplus BIGINT NOT NULL,
  pay_from BIGINT NOT NULL
);
INSERT INTO case_balance (case_id, owing, surplus, pay_from)
SELECT b.id, CASE WHEN b.state = 'delivered' AND b.amount > b.paid THEN b.amount - b.paid ELSE 0 END,
  CASE WHEN b.state = 'revoked' AND b.paid > 0 THEN b.paid WHEN b.state <> 'revoked' AND b.paid > b.amount THEN b.paid - b.amount ELSE 0 END, b.pay_from
FROM (SELECT c.id, c.pay_from, c.state, c.amount, COALESCE((SELECT SUM(pm.amount) FROM payment AS pm WHERE pm.case_id = c.id), 0) AS paid
  FROM penalty_case AS c WHERE c.state IN ('delivered', 'closed', 'revoked')) AS b
WHERE b.state = 'delivered' AND b.amount > b.paid OR b.state = 'revoked' AND b.paid > 0 OR b.state <> 'revoked' AND b.paid > b.amount;
-- One case in a hundred is open: lists of open cases, to-dos and counts are answered by this index alone.
CREATE INDEX penalty_case_open ON penalty_case (found_at, id, state, u1, u2, u3, u4, u5, lead_officer, assist_officer, filed_at, decided_on) WHERE closed_at = 0;
CREATE INDEX penalty_case_ending ON penalty_case (ending, found_at, id) WHERE ending <> '';
CREATE INDEX publication_withdrawal_open ON publication_withdrawal (case_id) WHERE state = 'open';
-- With the state, so that counting a list's first thousand looks at no row.
DROP INDEX penalty_case_u1;
CREATE INDEX penalty_case_u1 ON penalty_case (u1, found_at, id, state);
DROP INDEX penalty_case_u2;
CREATE INDEX penalty_case_u2 ON penalty_case (u2, found_at, id, state);
DROP INDEX penalty_case_u3;
CREATE INDEX penalty_case_u3 ON penalty_case (u3, found_at, id, state);
DROP INDEX penalty_case_u4;
CREATE INDEX penalty_case_u4 ON penalty_case (u4, found_at, id, state);
DROP INDEX penalty_case_u5;
CREATE INDEX penalty_case_u5 ON penalty_case (u5, found_at, id, state);
-- What few cases have is looked up where a query names the index's condition; nobody takes it for a short way
-- otherwise. A new lead is then in few indexes, too.
DROP INDEX penalty_case_state;
CREATE INDEX penalty_case_ended ON penalty_case (state, found_at, id) WHERE state IN ('declined', 'revoked');
DROP INDEX penalty_case_power;
CREATE INDEX penalty_case_power ON penalty_case (power_code, found_at, id) WHERE power_code > '';
CREATE INDEX penalty_case_applied ON penalty_case (applied_code, decided_on, id) WHERE decided_on > '';
DROP INDEX penalty_case_decided;
CREATE INDEX penalty_case_decided ON penalty_case (decided_on, id) WHERE decided_on > '';
DROP INDEX penalty_case_closed;
CREATE INDEX penalty_case_closed ON penalty_case (closed_at, id) WHERE closed_at > 0;
DROP INDEX penalty_case_lead;
CREATE INDEX penalty_case_lead ON penalty_case (lead_officer, found_at, id) WHERE lead_officer > 0;
DROP INDEX penalty_case_assist;
CREATE INDEX penalty_case_assist ON penalty_case (assist_officer, found_at, id) WHERE assist_officer > 0;
DROP INDEX paper_state;
DROP INDEX paper_dated;
CREATE INDEX paper_dated ON paper (kind, dated, id) WHERE kind <> 'onspot_decision';
CREATE INDEX paper_voided ON paper (ended_at, id) WHERE state = 'void';
CREATE INDEX paper_void_number ON paper (series_id, number) WHERE state = 'void';
