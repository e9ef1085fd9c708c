-- +goose Up
-- The newest checkpoint is asked for at every page of a proof; there is one every ten minutes.
CREATE INDEX ledger_checkpoint_size ON ledger_checkpoint (size, at);
