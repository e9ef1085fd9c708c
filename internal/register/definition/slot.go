package definition

import (
	"strconv"
	"strings"

	"fadu/internal/law"
)

// Slots are the typed columns of a record.
type Slots struct {
	N [8]int64
	K [8]string
	D [4]law.Date
	R [4]int64
}

// Slots lays the values into their columns.
func (d *Definition) Slots(v Values) Slots {
	var out Slots
	for _, f := range d.Fields {
		value, slot := v[f.Key], stem(f.Slot)
		n, err := strconv.Atoi(strings.TrimPrefix(f.Slot, slot))
		if value == "" || err != nil || n < 1 {
			continue
		}
		switch {
		case slot == "n" && n <= len(out.N):
			out.N[n-1] = f.Amount(value)
		case slot == "k" && n <= len(out.K):
			out.K[n-1] = value
		case slot == "d" && n <= len(out.D):
			first, _, _ := strings.Cut(value, "/")
			out.D[n-1], _ = law.ParseDate(first)
		case slot == "r" && n <= len(out.R):
			out.R[n-1] = RefOf(value).ID
		}
	}
	return out
}

// Amount is a number or an amount in 分 as it is added up.
func (f Field) Amount(v string) int64 {
	if f.Kind == Money {
		m, _ := law.ParseMoney(v)
		return int64(m)
	}
	n, _ := strconv.ParseInt(v, 10, 64)
	return n
}

// Tagged is the text by which conditions on tags are asked: |key=option|key=option|.
func (d *Definition) Tagged(v Values) string {
	var b strings.Builder
	for _, f := range d.Fields {
		if f.Kind != Tags {
			continue
		}
		for _, t := range Items(v[f.Key]) {
			b.WriteString("|" + f.Key + "=" + t)
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return b.String() + "|"
}

// Found is one value by which a record is found.
type Found struct{ Field, Value string }

// Index are the values by which the record is found in lists.
func (d *Definition) Index(v Values) []Found {
	var out []Found
	for _, f := range d.Fields {
		value := v[f.Key]
		if !f.Indexed() || value == "" {
			continue
		}
		switch f.Kind {
		case Tags:
			for _, t := range Items(value) {
				out = append(out, Found{f.Key, t})
			}
		case Choice:
			out = append(out, Found{f.Key, value})
		default:
			if ref := RefOf(value); ref.ID != 0 {
				out = append(out, Found{f.Key, strconv.FormatInt(ref.ID, 10)})
			}
		}
	}
	return out
}

// Words are the values in which a record is searched.
func (d *Definition) Words(v Values) string {
	var out []string
	for _, f := range d.Fields {
		if value := v[f.Key]; value != "" {
			out = append(out, f.Show(value))
		}
	}
	return strings.Join(out, "\n")
}
