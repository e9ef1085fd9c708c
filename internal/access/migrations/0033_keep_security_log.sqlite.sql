-- +goose Up
-- 网络安全法第二十一条: logs are kept for six months at least. Nothing is changed, and what is younger
-- than 184 days before the newest event is not removed.
-- +goose StatementBegin
CREATE TRIGGER security_event_update BEFORE UPDATE ON security_event
BEGIN
  SELECT RAISE(ABORT, 'security events are never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER security_event_delete BEFORE DELETE ON security_event
WHEN OLD.at > (SELECT MAX(at) FROM security_event) - 15897600000000
BEGIN
  SELECT RAISE(ABORT, 'security events are kept for six months');
END;
-- +goose StatementEnd
