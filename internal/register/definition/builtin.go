package definition

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
)

// Load reads every file of definitions; one code may stand only once.
func Load(files fs.FS) ([]Definition, error) {
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		return nil, err
	}
	var out []Definition
	var faults []error
	for _, name := range names {
		b, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		ds, err := Parse(name, b)
		faults = append(faults, err)
		for _, d := range ds {
			if slices.ContainsFunc(out, func(o Definition) bool { return o.Code == d.Code || o.Name == d.Name }) {
				faults = append(faults, Fault{name, 0, fmt.Sprintf("台账“%s”（%s）已经有了", d.Name, d.Code)})
			}
			out = append(out, d)
		}
	}
	return out, errors.Join(append(faults, links(out)...)...)
}

// links says which links lead to registers that are not there.
func links(all []Definition) (faults []error) {
	for _, d := range all {
		for _, f := range d.Fields {
			code, ours := cutRegister(f.To)
			if ours && !slices.ContainsFunc(all, func(o Definition) bool { return o.Code == code }) {
				faults = append(faults, Fault{Text: fmt.Sprintf("台账“%s”的“%s”关联的台账 %s 没有", d.Name, f.Label, code)})
			}
		}
	}
	return faults
}

const registerPrefix = "register:"

func cutRegister(to string) (code string, ok bool) {
	if len(to) > len(registerPrefix) && to[:len(registerPrefix)] == registerPrefix {
		return to[len(registerPrefix):], true
	}
	return "", false
}

// Register is the register that a link leads to; ok is false for another noun of the program.
func (f Field) Register() (code string, ok bool) { return cutRegister(f.To) }
