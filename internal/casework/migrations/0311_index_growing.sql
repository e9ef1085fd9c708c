-- +goose Up
-- Labels of what is in the store are asked for by its state, notes on numbers by their year.
CREATE INDEX thing_state ON thing (state, held_on, id);
CREATE INDEX number_note_year ON number_note (year, number, id);
