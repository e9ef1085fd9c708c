-- +goose Up
-- 网络安全法第二十一条: logs are kept for six months at least. Nothing is changed, and what is younger
-- than 184 days before the newest event is not removed.
-- +goose StatementBegin
CREATE FUNCTION security_event_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    RAISE EXCEPTION 'security events are never changed';
  END IF;
  IF OLD.at > (SELECT MAX(at) FROM security_event) - 15897600000000 THEN
    RAISE EXCEPTION 'security events are kept for six months';
  END IF;
  RETURN OLD;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER security_event_update BEFORE UPDATE ON security_event FOR EACH ROW EXECUTE FUNCTION security_event_keep();
CREATE TRIGGER security_event_delete BEFORE DELETE ON security_event FOR EACH ROW EXECUTE FUNCTION security_event_keep();
