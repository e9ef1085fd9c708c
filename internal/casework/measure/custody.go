package measure

import (
	"context"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/store"
)

// StoreInput enters things into the store-room or moves them to another shelf.
type StoreInput struct {
	OnMeasure
	At        time.Time `json:"at" doc:"时间" ask:"need now"`
	Number    int       `json:"number,omitempty" doc:"清单上的序号" hint:"只移一件的填写，不填是全部"`
	Shelf     string    `json:"shelf" doc:"库位" ask:"need 60"`
	Condition string    `json:"condition" doc:"财物状况" ask:"need 200"`
}

// Store enters the things of a seizure into the store-room, or moves them: the officer who brings them and the keeper,
// two people (行政强制法第二十六条).
func (s *Service) Store(ctx context.Context, by access.Session, id casework.CaseID, version int64, in StoreInput) error {
	return s.shelve(ctx, by, id, version, "store_thing", seizure, in)
}

// StorePreserved does the same with what is kept as evidence.
func (s *Service) StorePreserved(ctx context.Context, by access.Session, id casework.CaseID, version int64, in StoreInput) error {
	return s.shelve(ctx, by, id, version, "store_preserved", preservation, in)
}

func (s *Service) shelve(ctx context.Context, by access.Session, id casework.CaseID, version int64, act, kind string, in StoreInput) error {
	ch := &change{kind: kind, of: in.Measure}
	var moved []Thing
	move := MoveIn
	cmd := casework.Command{Act: act, Version: version, On: law.DateOf(in.At), At: in.At, Note: strings.TrimSpace(in.Shelf), Input: in}
	cmd.Change = func(tx *store.Tx, c *casework.Case) error {
		if err := casework.Lacking(in); err != nil {
			return err
		}
		if err := faultIf(by.Person() == c.Lead, "shelf", "经手人和保管人是两个人：您是本案主办，请由保管人登记"); err != nil {
			return err
		}
		for _, t := range ch.in(Held) {
			if in.Number == 0 || t.Number == int64(in.Number) {
				moved = append(moved, t)
			}
		}
		if err := faultIf(len(moved) == 0, "number", "清单上没有这一件，或者已经不在库"); err != nil {
			return err
		}
		before, err := movesOf(tx, moved[0].ID)
		if len(before) > 0 {
			move = MoveShelf
		}
		if err != nil {
			return err
		}
		return within(tx, c, in.At)
	}
	cmd.Drafts = func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
		number, err := numberOf(tx, c.ID, ch.m.Paper)
		var labels []string
		for _, t := range moved {
			labels = append(labels, t.Code)
		}
		return []casework.Draft{{Kind: "custody_record", Part: casework.CustodyRecord{
			Things: list(moved), Move: moveLabel(move), MovedAt: minute(in.At), Shelf: in.Shelf, Label: strings.Join(labels, "、"), Basis: number, State: in.Condition,
		}}}, err
	}
	_, err := s.cases.Do(ctx, by, id, ch.command(cmd, nil, func(tx *store.Tx, c *casework.Case, done casework.Done) error {
		return shift(tx, moved, "", Move{Entry: int64(done.Entry), Kind: move, At: store.Micros(in.At), Place: strings.TrimSpace(in.Shelf), Handler: c.Lead, Keeper: by.Person(), Condition: in.Condition, Paper: done.Papers[0]})
	}))
	return err
}
