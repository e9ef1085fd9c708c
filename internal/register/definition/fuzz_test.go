package definition_test

import (
	"testing"

	"fadu/internal/law"
	"fadu/internal/register/definition"
)

// FuzzParse: whatever the file, Parse answers or says what is wrong; what it takes can be printed and read again.
func FuzzParse(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte("- {code: a}"))
	f.Add([]byte("[1]"))
	f.Fuzz(func(t *testing.T, b []byte) {
		ds, err := definition.Parse("x", b)
		if err != nil {
			return
		}
		for _, d := range ds {
			text, err := definition.Print(d)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := definition.Parse("x", text); err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
		}
	})
}

// FuzzRead: a value that is taken is taken again as it was kept, and stays the same.
func FuzzRead(f *testing.F) {
	ds, err := definition.Parse("", []byte(good))
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{"2026-03-02", "2026年3月2日", "12", "１２盏", "1,200", "185.5元", "高杆", "学校、节日", "0:x"} {
		f.Add(s)
	}
	look := func(_ definition.Field, words string) (definition.Ref, error) {
		return definition.Ref{Label: words}, nil
	}
	today := law.MustDate("2026-03-10")
	f.Fuzz(func(t *testing.T, s string) {
		for _, field := range ds[0].Fields {
			if !field.Kind.Stored() {
				continue
			}
			raw := map[string]string{field.Key: s}
			v, bad := ds[0].Read(raw, definition.AtEntry, today, look)
			wrong := false
			for _, b := range bad {
				wrong = wrong || b.Name == field.Key
			}
			if wrong || v[field.Key] == "" {
				continue
			}
			again, _ := ds[0].Read(v, definition.AtEntry, today, look)
			if again[field.Key] != v[field.Key] {
				t.Fatalf("%s: %q became %q and then %q", field.Key, s, v[field.Key], again[field.Key])
			}
			ds[0].Slots(v)
		}
	})
}
