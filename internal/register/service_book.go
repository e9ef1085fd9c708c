package register

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/register/definition"
	"fadu/internal/store"
)

// Start brings the definitions of the program into the database. An edition that is there stays as it is; a newer one of the
// program comes into use where the bureau uses the program's, and waits as a draft where the bureau made its own.
func (s *Service) Start(ctx context.Context) error {
	var missing []definition.Definition
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		var known []Book
		if err := tx.DB().NewSelect().Model(&known).Where("builtin = 1").Scan(tx.Ctx); err != nil {
			return err
		}
		missing = nil
		for _, d := range s.Builtin {
			if !slices.ContainsFunc(known, func(k Book) bool { return k.Code == d.Code && sameBut(k, d) }) {
				missing = append(missing, d)
			}
		}
		return nil
	})
	if err == nil && len(missing) > 0 {
		err = s.DB.Update(ctx, func(tx *store.Tx) error {
			for _, d := range missing {
				if err := s.install(tx, d); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err != nil {
		return err
	}
	return s.Refresh(ctx)
}

func (s *Service) install(tx *store.Tx, d definition.Definition) error {
	var known []Book
	if err := tx.DB().NewSelect().Model(&known).Where("code = ?", d.Code).Order("edition DESC").Scan(tx.Ctx); err != nil {
		return err
	}
	text, err := definition.Print(d)
	if err != nil {
		return err
	}
	b := Book{Code: d.Code, Edition: d.Edition, Name: d.Name, Content: string(text), Builtin: true, State: InUse, Author: "法度", Version: 1}
	for _, k := range known {
		if bool(k.Builtin) && k.Content == b.Content {
			return nil
		}
		if k.State == InUse && !bool(k.Builtin) {
			b.State = Draft
		}
	}
	if len(known) > 0 && known[0].Edition >= d.Edition {
		d.Edition = known[0].Edition + 1
		if text, err = definition.Print(d); err != nil {
			return err
		}
		b.Edition, b.Content = d.Edition, string(text)
	}
	return s.addBook(tx, access.System("start"), &b, kindPublished)
}

// sameBut reports whether the kept edition says the same as the definition, whatever their numbers.
func sameBut(k Book, d definition.Definition) bool {
	d.Edition = k.Edition
	text, err := definition.Print(d)
	return err == nil && string(text) == k.Content
}

func (s *Service) addBook(tx *store.Tx, by access.Session, b *Book, kind string) error {
	b.ID, b.MadeAt = BookID(store.NewID()), store.Micros(tx.Now)
	e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kind, Subject: b.Subject(), Data: map[string]any{"register": b.Name, "code": b.Code, "edition": b.Edition, "content": b.Content}})
	if err != nil {
		return err
	}
	b.Entry = int64(e)
	return insert(tx, b)
}

// Design is a definition as somebody drafts it. A new register has no Code; a change of one names it.
type Design struct {
	Code    string                 `json:"code,omitempty" doc:"改已有的台账时填它的编号；新建的不填"`
	Name    string                 `json:"name"`
	Group   string                 `json:"group" doc:"分组"`
	Help    string                 `json:"help" doc:"什么记在这里，什么不记"`
	Measure string                 `json:"measure" doc:"记录的量词：次、件、处"`
	Flow    definition.Flow        `json:"flow" enum:"plain,checked,rectified"`
	Due     int                    `json:"due,omitempty" doc:"整改期限，工作日"`
	Fields  []definition.Field     `json:"fields"`
	Day     string                 `json:"day,omitempty" doc:"按哪个字段的日期统计，不填的是第一个必填日期"`
	Title   []string               `json:"title,omitempty" doc:"用哪几个字段作名称，不填的是第一个文字字段"`
	Figures []definition.Indicator `json:"indicators,omitempty" doc:"指标；不填的有一个计数，每个数量一个合计"`
}

// Draft keeps a design as the next edition of its register, to be published by Publish.
func (s *Service) Draft(ctx context.Context, by access.Session, in Design) (BookID, error) {
	if _, err := by.Require(access.RegisterManage); err != nil {
		return 0, err
	}
	at, _, err := s.DB.Once(ctx, by.Once(kindDefined, in), func(tx *store.Tx) (string, error) {
		d, err := s.designed(tx, by, in)
		if err != nil {
			return "", err
		}
		text, err := definition.Print(d)
		if err != nil {
			return "", err
		}
		b := Book{Code: d.Code, Edition: d.Edition, Name: d.Name, Content: string(text), State: Draft, Author: by.Name(), Version: 1}
		if err := s.addBook(tx, by, &b, kindDefined); err != nil {
			return "", err
		}
		return PathBooks + "/" + b.ID.String(), nil
	})
	return BookID(store.IDAt(at)), err
}

// designed makes a definition of a design: what the person left open is filled in, slots are found, and Lint is asked.
func (s *Service) designed(tx *store.Tx, by access.Session, in Design) (definition.Definition, error) {
	d := definition.Definition{Code: in.Code, Edition: 1, Name: strings.TrimSpace(in.Name), Group: strings.TrimSpace(in.Group), Help: strings.TrimSpace(in.Help), Measure: strings.TrimSpace(in.Measure), Flow: in.Flow, Due: in.Due, Fields: in.Fields, Day: in.Day, Title: in.Title, Indicators: in.Figures}
	taken := map[string]bool{}
	var old *definition.Definition
	if in.Code == "" {
		d.Code = fmt.Sprintf("local_%d", store.NewID())
	} else {
		_, was, err := s.current(tx, by, in.Code)
		if err != nil {
			return d, err
		}
		old = was
		if d.Edition, err = lastEdition(tx, in.Code); err != nil {
			return d, err
		}
		d.Edition++
		d.Stock, d.Role, d.Same, d.Future = old.Stock, old.Role, old.Same, old.Future
		for _, f := range old.Fields {
			taken[f.Slot] = true
		}
	}
	for i := range d.Fields {
		f := &d.Fields[i]
		if f.Key == "" {
			f.Key = fmt.Sprintf("f%d_%d", d.Edition, i+1)
		}
	}
	d.Place(taken)
	complete(&d)
	var bad fault.Fields
	for _, text := range d.Lint() {
		bad.Add("fields", "%s", text)
	}
	if old != nil {
		for _, text := range d.Succeeds(*old) {
			bad.Add("fields", "%s", text)
		}
	} else if n, err := tx.DB().NewSelect().Model((*Book)(nil)).Where("name = ?", d.Name).Where("state <> ?", Ended).Count(tx.Ctx); err != nil {
		return d, err
	} else if n > 0 {
		bad.Add("name", "已经有叫“%s”的台账", d.Name)
	}
	return d, bad.Err()
}

// complete fills in what a design leaves open: the day, the name of a record, a count and the sums.
func complete(d *definition.Definition) {
	for _, f := range d.Fields {
		if d.Day == "" && f.Kind == definition.Date && f.Need && f.Stage == definition.AtEntry {
			d.Day = f.Key
		}
		if len(d.Title) == 0 && f.Kind == definition.Text && f.Stage == definition.AtEntry {
			d.Title = []string{f.Key}
		}
	}
	if len(d.Title) == 0 {
		for _, f := range d.Fields {
			if len(d.Title) == 0 && f.Kind.Stored() && f.Key != d.Day && f.Stage == definition.AtEntry {
				d.Title = []string{f.Key}
			}
		}
	}
	if d.Indicators == nil {
		d.Indicators = []definition.Indicator{{ID: "count", Name: d.Name + "数"}}
	}
	for _, f := range d.Fields {
		summed := slices.ContainsFunc(d.Indicators, func(x definition.Indicator) bool { return x.Sum == f.Key })
		if f.Kind == definition.Number && f.Slot != "" && f.Per == "" && !summed && strings.HasPrefix(f.Key, fmt.Sprintf("f%d_", d.Edition)) {
			d.Indicators = append(d.Indicators, definition.Indicator{ID: "sum_" + f.Key, Name: d.Name + "：" + f.Label, Sum: f.Key})
		}
	}
}

// Publish takes a drafted edition into use; the one before ends, its records keep it.
func (s *Service) Publish(ctx context.Context, by access.Session, id BookID, version int64) error {
	return s.onBook(ctx, by, id, version, kindPublished, nil, func(tx *store.Tx, b *Book) error {
		if b.State != Draft {
			return fault.New(fault.Conflict, "第 %d 版%s，不用再启用", b.Edition, bookLabels[b.State])
		}
		d, err := s.definitionOf(tx, *b)
		if err != nil {
			return err
		}
		if lacks := d.Lint(); len(lacks) > 0 {
			return fault.New(fault.Invalid, "%s", strings.Join(lacks, "；"))
		}
		return s.inUse(tx, by, b)
	})
}

func (s *Service) inUse(tx *store.Tx, by access.Session, b *Book) error {
	var before []Book
	if err := tx.DB().NewSelect().Model(&before).Where("code = ?", b.Code).Where("state = ?", InUse).Scan(tx.Ctx); err != nil {
		return err
	}
	for _, o := range before {
		if o.Edition > b.Edition {
			return fault.New(fault.Conflict, "第 %d 版已经在用，不能退回第 %d 版。请在新版上改", o.Edition, b.Edition)
		}
		o.State = Ended
		e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindEnded, Subject: o.Subject(), Data: map[string]any{"register": o.Name, "edition": o.Edition, "next": b.Edition}})
		if err != nil {
			return err
		}
		o.Entry = int64(e)
		if err := saveBook(tx, &o); err != nil {
			return err
		}
	}
	b.State = InUse
	return nil
}

// End takes a register out of use: nothing new is entered, its records stay.
func (s *Service) End(ctx context.Context, by access.Session, id BookID, version int64, reason string) error {
	if strings.TrimSpace(reason) == "" {
		return fault.InvalidField("reason", "请写明为什么停用")
	}
	return s.onBook(ctx, by, id, version, kindEnded, reason, func(_ *store.Tx, b *Book) error {
		if b.State != InUse {
			return fault.New(fault.Conflict, "第 %d 版没有在用", b.Edition)
		}
		b.State, b.Reason = Ended, strings.TrimSpace(reason)
		return nil
	})
}

// Drop removes a draft that was never used.
func (s *Service) Drop(ctx context.Context, by access.Session, id BookID, version int64) error {
	return s.onBook(ctx, by, id, version, kindDropped, nil, func(_ *store.Tx, b *Book) error {
		if b.State != Draft {
			return fault.New(fault.Conflict, "用过的版次不能删，可以停用")
		}
		b.State, b.Reason = Ended, "草稿删去"
		return nil
	})
}

func (s *Service) onBook(ctx context.Context, by access.Session, id BookID, version int64, kind string, body any, do func(tx *store.Tx, b *Book) error) error {
	if _, err := by.Require(access.RegisterManage); err != nil {
		return err
	}
	_, _, err := s.DB.Once(ctx, by.Once(kind, []any{id, version, body}), func(tx *store.Tx) (string, error) {
		b, err := bookOf(tx, id)
		if err != nil {
			return "", err
		}
		if b.Version != version {
			return "", fault.Stale(nounBook)
		}
		if err := do(tx, &b); err != nil {
			return "", err
		}
		e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kind, Subject: b.Subject(), Data: map[string]any{"register": b.Name, "code": b.Code, "edition": b.Edition, "reason": b.Reason}})
		if err != nil {
			return "", err
		}
		b.Entry = int64(e)
		return PathBooks + "/" + b.ID.String(), saveBook(tx, &b)
	})
	if err != nil {
		return err
	}
	return s.Refresh(ctx)
}

// Books are all editions, those of a register together, the newest first.
func (s *Service) Books(ctx context.Context, by access.Session) (out []Book, err error) {
	if _, err := by.Require(access.RegisterManage); err != nil {
		return nil, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error { out, err = booksOf(tx); return err })
	return out, err
}

// Book reads one edition with what it says.
func (s *Service) Book(ctx context.Context, by access.Session, id BookID) (b Book, d *definition.Definition, err error) {
	if _, err := by.Require(access.RegisterManage); err != nil {
		return b, nil, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		if b, err = bookOf(tx, id); err != nil {
			return err
		}
		d, err = s.definitionOf(tx, b)
		return err
	})
	return b, d, err
}
