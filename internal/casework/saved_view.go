package casework

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// SavedViewID identifies a saved view.
type SavedViewID int64

// String prints the identifier in decimal.
func (id SavedViewID) String() string { return strconv.FormatInt(int64(id), 10) }

// MarshalText prints the identifier as a decimal string, as JSON carries it.
func (id SavedViewID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads what MarshalText printed.
func (id *SavedViewID) UnmarshalText(b []byte) error {
	n, err := store.ParseID(string(b))
	*id = SavedViewID(n)
	return err
}

// SavedView is a list of cases with conditions and columns that an account keeps under a name.
type SavedView struct {
	bun.BaseModel `bun:"table:saved_view,alias:sv"`

	ID      SavedViewID `bun:"id,pk"`
	Version int64       `bun:"version"`
	Entry   int64       `bun:"entry_id"`
	Owner   int64       `bun:"owner_id"`
	access.Levels
	Name string `bun:"name"`
	// Query is the list's address without the place in the pages; 我 in it is whoever opens the view.
	Query string `bun:"query"`
	// Shared: seen in the owner's unit and below.
	Shared  store.Flag `bun:"shared"`
	Removed store.Flag `bun:"removed"`
	MadeAt  int64      `bun:"made_at"`

	// Default: the list opens with it for whoever asks.
	Default bool `bun:"-"`
}

// savedViewDefault is the view with which the list opens for an account.
type savedViewDefault struct {
	bun.BaseModel `bun:"table:saved_view_default,alias:sd"`

	Owner int64       `bun:"owner_id,pk"`
	Entry int64       `bun:"entry_id"`
	View  SavedViewID `bun:"view_id"`
}

// SavedViewInput is what one says of a view.
type SavedViewInput struct {
	Name string `json:"name" doc:"名称，至多 20 个字"`
	// Query as in SavedView.
	Query   string `json:"query" doc:"列表网址中问号后面的部分：条件、排序和列，例如 state=open&cols=party.due"`
	Shared  bool   `json:"shared" doc:"本单位及下级单位的人也能用"`
	Default bool   `json:"default" doc:"打开案件列表时先看它"`
}

const (
	// viewNameMost is how many characters a name has, viewQueryMost the address, viewsMost how many views a person keeps and
	// sharedMost how many shared ones are offered.
	viewNameMost  = 20
	viewQueryMost = 1000
	viewsMost     = 20
	sharedMost    = 100
)

// clean is the input as it is kept: the query in one spelling, with nothing but conditions and columns.
func (in SavedViewInput) clean() (SavedViewInput, error) {
	var fs fault.Fields
	in.Name = strings.TrimSpace(in.Name)
	switch {
	case in.Name == "":
		fs.Add("name", "请给视图起个名称")
	case utf8.RuneCountInString(in.Name) > viewNameMost:
		fs.Add("name", "名称最多 %d 个字", viewNameMost)
	}
	q, err := url.ParseQuery(in.Query)
	if err != nil || len(in.Query) > 4*viewQueryMost {
		fs.Add("query", "条件没有传完整，请回到案件列表重新筛选")
		return in, fs.Err()
	}
	in.Query = viewQuery(q).Encode()
	if len(in.Query) > viewQueryMost {
		fs.Add("query", "条件太长，请去掉一些")
	}
	return in, fs.Err()
}

// viewQuery keeps of an address what a view is: conditions and columns.
func viewQuery(q url.Values) url.Values {
	out := url.Values{}
	for _, k := range filterKeys {
		if v := strings.TrimSpace(q.Get(k)); v != "" {
			out.Set(k, v)
		}
	}
	if cols := chosenColumns(slices.Concat(q["col"], q["cols"])); cols != nil {
		out.Set("cols", strings.Join(cols, "."))
	}
	return out
}

// Href is the list as the view shows it.
func (v SavedView) Href() string {
	q, err := url.ParseQuery(v.Query)
	if err != nil {
		q = url.Values{} // kept ones were parsed before
	}
	q.Set("view", v.ID.String())
	return address(q)
}
