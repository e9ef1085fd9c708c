package register

import (
	"context"
	"fmt"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/register/definition"
	"fadu/internal/store"
)

const apiGroup = "台账"

// RegisterOut is a register for programs.
type RegisterOut struct {
	Code    string           `json:"code"`
	Name    string           `json:"name"`
	Group   string           `json:"group"`
	Help    string           `json:"help"`
	Measure string           `json:"measure"`
	Edition int              `json:"edition"`
	Flow    string           `json:"flow" enum:"plain,checked,rectified"`
	Fields  []RegisterField  `json:"fields"`
	Figures []RegisterFigure `json:"indicators"`
}

// RegisterField is definition.Field under a name of its own among the interface's types.
type RegisterField struct {
	Key     string            `json:"key,omitempty"`
	Label   string            `json:"label"`
	Kind    definition.Kind   `json:"type" enum:"text,long,number,money,date,period,person,unit,place,choice,tags,link,photos,files"`
	Need    bool              `json:"need,omitempty"`
	Slot    string            `json:"slot,omitempty" doc:"列，由系统分配"`
	Measure string            `json:"measure,omitempty" doc:"数量的量词，锁定"`
	Per     string            `json:"per,omitempty"`
	Words   map[string]string `json:"words,omitempty"`
	Options []string          `json:"options,omitempty"`
	Min     *int64            `json:"min,omitempty"`
	Max     *int64            `json:"max,omitempty"`
	To      string            `json:"to,omitempty" doc:"关联什么"`
	Hint    string            `json:"hint,omitempty"`
	Stage   definition.Stage  `json:"stage,omitempty" doc:"fix 整改时，check 核对时，不填是登记时"`
	Proof   int               `json:"proof,omitempty" doc:"照片、附件至少几张"`
	Quick   bool              `json:"quick,omitempty"`
	List    bool              `json:"list,omitempty"`
	Filter  bool              `json:"filter,omitempty"`
}

// RegisterFigure is an indicator of a register; its records are asked of the figures.
type RegisterFigure struct {
	ID      string `json:"id" doc:"指标的编号"`
	Name    string `json:"name"`
	Measure string `json:"measure"`
}

// RegisterDesign is a register as a program designs it.
type RegisterDesign struct {
	Code    string          `json:"code,omitempty" doc:"改已有的台账时填它的编号；新建的不填"`
	Name    string          `json:"name"`
	Group   string          `json:"group" doc:"分组"`
	Help    string          `json:"help" doc:"什么记在这里，什么不记"`
	Measure string          `json:"measure" doc:"记录的量词：次、件、处"`
	Flow    definition.Flow `json:"flow" enum:"plain,checked,rectified"`
	Due     int             `json:"due,omitempty" doc:"整改期限，工作日"`
	Fields  []RegisterField `json:"fields"`
}

// RegisterEntry is Entry under a name of its own among the interface's types.
type RegisterEntry struct {
	Values map[string]string `json:"values" doc:"各字段的内容，按字段编号；多选用顿号隔开，起止日期写成 2026-03-02/2026-03-09"`
	Unit   access.UnitID     `json:"unit,omitempty" doc:"记在哪个单位；不写的是登记人的单位"`
	Lat    string            `json:"lat,omitempty" doc:"纬度，度"`
	Lng    string            `json:"lng,omitempty" doc:"经度，度"`
	Same   string            `json:"same,omitempty" doc:"与哪条记录是同一场活动；同一场只计一次"`
	Files  []RegisterUpload  `json:"files,omitempty" doc:"照片、附件"`
}

func (b RegisterEntry) entry() (Entry, error) {
	out := Entry{Values: b.Values, Unit: b.Unit, Lat: b.Lat, Lng: b.Lng, Files: b.Files}
	if b.Same != "" {
		id, err := store.ParseID(b.Same)
		if err != nil {
			return out, fault.InvalidField("same", "%s", err)
		}
		out.Same = RecordID(id)
	}
	return out, nil
}

func registerOut(r Register) RegisterOut {
	out := RegisterOut{r.Code, r.Name, r.Group, r.Help, r.Measure, r.Edition, string(r.Flow), []RegisterField{}, []RegisterFigure{}}
	for _, f := range r.Fields {
		out.Fields = append(out.Fields, RegisterField(f))
	}
	for _, x := range r.Indicators {
		out.Figures = append(out.Figures, RegisterFigure{"register." + r.Code + "." + x.ID, x.Name, r.MeasureOf(x)})
	}
	return out
}

// RegisterRecord is a record for programs.
type RegisterRecord struct {
	ID       string            `json:"id"`
	Register string            `json:"register" doc:"台账的编号"`
	Edition  int               `json:"edition"`
	Title    string            `json:"title"`
	State    string            `json:"state" enum:"recorded,pending,fixing,closed,returned,void"`
	Happened law.Date          `json:"happened"`
	Due      law.Date          `json:"due" doc:"整改期限"`
	Ended    law.Date          `json:"ended"`
	Unit     access.UnitID     `json:"unit"`
	Event    string            `json:"event" doc:"同一场活动的记录有同一个编号，合起来计一次"`
	Recorder string            `json:"recorder"`
	Checker  string            `json:"checker"`
	Reason   string            `json:"reason"`
	Values   definition.Values `json:"values"`
	Version  int64             `json:"version"`
}

func recordOut(r Record) RegisterRecord {
	v, err := r.Values()
	if err != nil {
		v = definition.Values{}
	}
	return RegisterRecord{r.ID.String(), r.Code, r.Edition, r.Title, string(r.State), r.Happened, r.Due, r.EndedOn, r.UnitID, r.Event.String(), r.RecorderName, r.CheckerName, r.Reason, v, r.Version}
}

// RegisterRecordWhole is a record with its photos and files.
type RegisterRecordWhole struct {
	RegisterRecord
	Files []RegisterFileOut `json:"files"`
}

// RegisterFileOut is a photo or file of a record.
type RegisterFileOut struct {
	ID      string `json:"id"`
	Field   string `json:"field"`
	Name    string `json:"name"`
	Type    string `json:"type"`
	Digest  string `json:"digest" doc:"SHA-256"`
	Size    int64  `json:"size"`
	By      string `json:"by"`
	Removed bool   `json:"removed"`
}

// RegisterQuery chooses records.
type RegisterQuery struct {
	Code  string `path:"code" doc:"台账的编号"`
	Words string `query:"q" doc:"搜索"`
	State string `query:"state" enum:"recorded,pending,fixing,closed,returned,void" doc:"状态"`
	From  string `query:"from" doc:"从哪一天"`
	Until string `query:"until" doc:"到哪一天"`
	Sort  string `query:"sort" enum:"oldest,due,late" doc:"最早的在前、按整改期限、只看超期"`
	Field string `query:"field" doc:"按哪个字段筛选"`
	Value string `query:"value" doc:"那个字段的值"`
	After string `query:"after" doc:"接着哪一页"`
}

func (q RegisterQuery) filter() (Filter, error) {
	f := Filter{Words: q.Words, State: definition.State(q.State), Oldest: q.Sort == "oldest", Due: q.Sort == "due", Late: q.Sort == "late", Fields: map[string]string{}}
	for _, d := range []struct {
		name, text string
		to         *law.Date
	}{{"from", q.From, &f.From}, {"until", q.Until, &f.Until}} {
		if d.text == "" {
			continue
		}
		day, err := definition.ParseDay(d.text)
		if err != nil {
			return f, fault.InvalidField(d.name, "%s", err)
		}
		*d.to = day
	}
	if q.Field != "" {
		f.Fields[q.Field] = q.Value
	}
	return f, nil
}

// RegisterChange changes a record.
type RegisterChange struct {
	api.Seen
	RegisterEntry
}

// RegisterFileRemoval takes a photo or file out.
type RegisterFileRemoval struct {
	api.Reasoned
	File string `json:"file" doc:"照片、附件的编号"`
}

// API adds the calls of this slice.
func (s *Service) API(a *api.API) {
	read, write := access.RegisterRead, access.RegisterWrite
	api.Get(a, api.Operation{ID: "listRegisters", Path: "/registers", Group: apiGroup, Allow: read, Summary: "使用中的台账"},
		func(ctx context.Context, by access.Session, _ api.Nothing) (api.List[RegisterOut], error) {
			all, err := s.Registers(ctx, by)
			return api.ListOf(all, "", "", registerOut), err
		})
	api.Get(a, api.Operation{ID: "listRegisterRecords", Path: "/registers/of/{code}", Group: apiGroup, Allow: read, Summary: "台账的记录"},
		func(ctx context.Context, by access.Session, in RegisterQuery) (out api.List[RegisterRecord], err error) {
			f, err := in.filter()
			if err != nil {
				return out, err
			}
			l, err := s.List(ctx, by, in.Code, f, in.After)
			return api.ListOf(l.Records, l.Prev, l.Next, recordOut), err
		})
	api.Post(a, api.Operation{ID: "addRegisterRecord", Path: "/registers/of/{code}", Group: apiGroup, Allow: write, Summary: "登记", MaxBody: 2 * maxForm},
		func(ctx context.Context, by access.Session, code string, in RegisterEntry) (api.Made[api.Done], error) {
			entry, err := in.entry()
			if err != nil {
				return api.Made[api.Done]{}, err
			}
			id, err := s.Record(ctx, by, code, entry)
			return api.Made[api.Done]{Location: api.Base + "/registers/records/" + id.String(), Body: api.Done{ID: id.String()}}, err
		})
	api.Get(a, api.Operation{ID: "getRegisterRecord", Path: "/registers/records/{id}", Group: apiGroup, Allow: read, Summary: "一条台账记录"}, s.sightOut)
	api.File(a, api.Operation{ID: "getRegisterFile", Path: "/registers/records/{id}/files/{file}", Group: apiGroup, Allow: read, Summary: "照片、附件的原件"}, []string{"image/jpeg", "image/png", "application/octet-stream"},
		[]api.Param{{Name: "id", Doc: "记录的编号"}, {Name: "file", Doc: "照片、附件的编号"}}, s.serveFile)
	s.actsAPI(a)
	s.booksAPI(a)
	s.importAPI(a)
}

func (s *Service) actsAPI(a *api.API) {
	write, check := access.RegisterWrite, access.RegisterCheck
	act := func(id, path, summary string, allow access.Permission, do func(ctx context.Context, by access.Session, id RecordID, version int64, in Entry) error) {
		api.Act(a, api.Operation{ID: id, Path: "/registers/records/{id}/" + path, Group: apiGroup, Allow: allow, Summary: summary, MaxBody: 2 * maxForm}, nounRecord,
			func(ctx context.Context, by access.Session, record RecordID, in RegisterChange) error {
				entry, err := in.entry()
				if err != nil {
					return err
				}
				return do(ctx, by, record, in.Version, entry)
			})
	}
	act("correctRegisterRecord", "correct", "更正", write, s.Correct)
	act("fixRegisterRecord", "fix", "报告整改完成", write, s.Fix)
	act("passRegisterRecord", "pass", "核对通过", check, s.Pass)
	api.Act(a, api.Operation{ID: "submitRegisterRecord", Path: "/registers/records/{id}/submit", Group: apiGroup, Allow: write, Summary: "提请核对"}, nounRecord,
		func(ctx context.Context, by access.Session, id RecordID, in api.Seen) error {
			return s.Submit(ctx, by, id, in.Version)
		})
	reasoned := func(id, path, summary string, allow access.Permission, do func(ctx context.Context, by access.Session, id RecordID, version int64, reason string) error) {
		api.Act(a, api.Operation{ID: id, Path: "/registers/records/{id}/" + path, Group: apiGroup, Allow: allow, Summary: summary}, nounRecord,
			func(ctx context.Context, by access.Session, record RecordID, in api.Reasoned) error {
				return do(ctx, by, record, in.Version, in.Reason)
			})
	}
	reasoned("returnRegisterRecord", "return", "退回", check, s.Return)
	reasoned("reopenRegisterRecord", "reopen", "重新整改", check, s.Reopen)
	reasoned("cancelRegisterRecord", "cancel", "作废", write, s.Cancel)
	api.Act(a, api.Operation{ID: "removeRegisterFile", Path: "/registers/records/{id}/remove-file", Group: apiGroup, Allow: write, Summary: "取下照片、附件"}, nounRecord,
		func(ctx context.Context, by access.Session, id RecordID, in RegisterFileRemoval) error {
			file, err := api.IDOf[FileID](in.File, nounFile)
			if err != nil {
				return err
			}
			return s.RemoveFile(ctx, by, id, file, in.Version, in.Reason)
		})
}

func (s *Service) sightOut(ctx context.Context, by access.Session, in api.One) (out RegisterRecordWhole, err error) {
	id, err := api.IDOf[RecordID](in.ID, nounRecord)
	if err != nil {
		return out, err
	}
	x, err := s.Look(ctx, by, id)
	if err != nil {
		return out, err
	}
	out = RegisterRecordWhole{RegisterRecord: recordOut(x.Record), Files: []RegisterFileOut{}}
	for _, f := range x.Files {
		out.Files = append(out.Files, RegisterFileOut{f.ID.String(), f.Field, f.Name, f.Type, f.Digest, f.Size, f.By, bool(f.Removed)})
	}
	return out, nil
}

// RegisterEdition is an edition of a register's definition for programs.
type RegisterEdition struct {
	ID      string `json:"id"`
	Code    string `json:"code"`
	Edition int    `json:"edition"`
	Name    string `json:"name"`
	State   string `json:"state" enum:"draft,in_use,ended"`
	Builtin bool   `json:"builtin" doc:"随程序的"`
	Author  string `json:"author"`
	Version int64  `json:"version"`
	Content string `json:"content,omitempty" doc:"YAML，只在单独取一版时给出"`
}

func bookOut(b Book) RegisterEdition {
	return RegisterEdition{b.ID.String(), b.Code, b.Edition, b.Name, string(b.State), bool(b.Builtin), b.Author, b.Version, b.Content}
}

func (s *Service) booksAPI(a *api.API) {
	manage := access.RegisterManage
	api.Get(a, api.Operation{ID: "listRegisterEditions", Path: "/registers/books", Group: apiGroup, Allow: manage, Summary: "台账的各版"},
		func(ctx context.Context, by access.Session, _ api.Nothing) (api.List[RegisterEdition], error) {
			all, err := s.Books(ctx, by)
			return api.ListOf(all, "", "", bookOut), err
		})
	api.Get(a, api.Operation{ID: "getRegisterEdition", Path: "/registers/books/{id}", Group: apiGroup, Allow: manage, Summary: "台账的一版，连同内容"},
		func(ctx context.Context, by access.Session, in api.One) (out RegisterEdition, err error) {
			id, err := api.IDOf[BookID](in.ID, nounBook)
			if err != nil {
				return out, err
			}
			b, _, err := s.Book(ctx, by, id)
			if err != nil {
				return out, fmt.Errorf("register: edition %s: %w", id, err)
			}
			return bookOut(b), nil
		})
	api.Add(a, api.Operation{ID: "draftRegister", Path: "/registers/books", Group: apiGroup, Allow: manage, Summary: "设计台账，存成草稿"},
		func(ctx context.Context, by access.Session, in RegisterDesign) (BookID, error) {
			d := Design{Code: in.Code, Name: in.Name, Group: in.Group, Help: in.Help, Measure: in.Measure, Flow: in.Flow, Due: in.Due}
			for _, f := range in.Fields {
				d.Fields = append(d.Fields, definition.Field(f))
			}
			return s.Draft(ctx, by, d)
		})
	api.Act(a, api.Operation{ID: "publishRegister", Path: "/registers/books/{id}/publish", Group: apiGroup, Allow: manage, Summary: "启用台账"}, nounBook,
		func(ctx context.Context, by access.Session, id BookID, in api.Seen) error {
			return s.Publish(ctx, by, id, in.Version)
		})
	api.Act(a, api.Operation{ID: "dropRegister", Path: "/registers/books/{id}/drop", Group: apiGroup, Allow: manage, Summary: "删去台账草稿"}, nounBook,
		func(ctx context.Context, by access.Session, id BookID, in api.Seen) error {
			return s.Drop(ctx, by, id, in.Version)
		})
	api.Act(a, api.Operation{ID: "endRegister", Path: "/registers/books/{id}/end", Group: apiGroup, Allow: manage, Summary: "停用台账"}, nounBook,
		func(ctx context.Context, by access.Session, id BookID, in api.Reasoned) error {
			return s.End(ctx, by, id, in.Version, in.Reason)
		})
}
