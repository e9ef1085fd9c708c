package org

import (
	"fmt"
	"strings"
)

// Area is an administrative division (行政区划) with its code of GB/T 2260 or its full name, or both.
type Area struct {
	Code string `json:"code,omitempty"`
	Name string `json:"name,omitempty"`
}

// String prints the area as people write it: 450202 城中区.
func (a Area) String() string { return strings.TrimSpace(a.Code + " " + a.Name) }

// Covers reports whether a place lies in the area. The place is a code of 2 to 12 digits or a name. A
// code covers the codes below it (450200 covers 450202); a name covers itself and longer names that
// begin with it (演示市 covers 演示市演示区). A place given by name is never compared with a code.
func (a Area) Covers(place string) bool {
	place = strings.TrimSpace(place)
	switch {
	case place == "":
		return false
	case digitsOnly(place):
		return a.Code != "" && strings.HasPrefix(place, significant(a.Code))
	}
	code, name, found := strings.Cut(place, " ")
	if found && digitsOnly(code) {
		return a.Covers(code) || a.Name != "" && strings.HasPrefix(strings.TrimSpace(name), a.Name)
	}
	return a.Name != "" && strings.HasPrefix(place, a.Name)
}

// significant drops the pairs of zeros at the end of a code: 450200 becomes 4502; of the nine digits of
// a street the last three go together.
func significant(code string) string {
	if len(code) > 6 {
		if strings.Trim(code[6:], "0") != "" {
			return strings.TrimSuffix(code, "000")
		}
		code = code[:6]
	}
	for len(code) > 2 && strings.HasSuffix(code, "00") {
		code = code[:len(code)-2]
	}
	return code
}

// ParseArea reads an area: a code, a name, or both with the code first.
func ParseArea(s string) (Area, error) {
	s = strings.TrimSpace(s)
	i := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	switch {
	case i < 0:
		i = len(s)
	case i == 0:
		return Area{Name: s}, nil
	}
	a := Area{Code: s[:i], Name: strings.TrimSpace(s[i:])}
	switch len(a.Code) {
	case 2, 4, 6, 9, 12:
		return a, nil
	}
	return Area{}, fmt.Errorf("行政区划代码“%s”应是 2、4、6、9 或 12 位数字", a.Code)
}

// ParseAreas reads several areas; the first bad one is an error.
func ParseAreas(items []string) ([]Area, error) {
	out := make([]Area, 0, len(items))
	for _, it := range items {
		if strings.TrimSpace(it) == "" {
			continue
		}
		a, err := ParseArea(it)
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}

// AreaNames joins areas for people.
func AreaNames(as []Area) string {
	parts := make([]string, len(as))
	for i, a := range as {
		parts[i] = a.String()
	}
	return strings.Join(parts, "、")
}

func covered(as []Area, place string) bool {
	for _, a := range as {
		if a.Covers(place) {
			return true
		}
	}
	return false
}

func digitsOnly(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
