-- +goose Up
-- +goose StatementBegin
CREATE TRIGGER ledger_node_no_update BEFORE UPDATE ON ledger_node BEGIN SELECT RAISE(ABORT, 'ledger rows cannot be changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_node_no_delete BEFORE DELETE ON ledger_node BEGIN SELECT RAISE(ABORT, 'ledger rows cannot be changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_node_no_replace BEFORE INSERT ON ledger_node WHEN EXISTS (SELECT 1 FROM ledger_node WHERE level = NEW.level AND idx = NEW.idx)
BEGIN SELECT RAISE(ABORT, 'ledger rows cannot be replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_key_no_update BEFORE UPDATE ON ledger_key BEGIN SELECT RAISE(ABORT, 'ledger rows cannot be changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_key_no_delete BEFORE DELETE ON ledger_key BEGIN SELECT RAISE(ABORT, 'ledger rows cannot be changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_key_no_replace BEFORE INSERT ON ledger_key WHEN EXISTS (SELECT 1 FROM ledger_key WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'ledger rows cannot be replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_checkpoint_no_update BEFORE UPDATE ON ledger_checkpoint BEGIN SELECT RAISE(ABORT, 'ledger rows cannot be changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_checkpoint_no_delete BEFORE DELETE ON ledger_checkpoint BEGIN SELECT RAISE(ABORT, 'ledger rows cannot be changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_checkpoint_no_replace BEFORE INSERT ON ledger_checkpoint WHEN EXISTS (SELECT 1 FROM ledger_checkpoint WHERE size = NEW.size AND key_id = NEW.key_id)
BEGIN SELECT RAISE(ABORT, 'ledger rows cannot be replaced'); END;
-- +goose StatementEnd
