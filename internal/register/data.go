package register

import (
	"embed"
	"io/fs"

	"fadu/internal/register/definition"
)

//go:embed data/*.yaml
var data embed.FS

// Builtin are the definitions that come with the program.
func Builtin() ([]definition.Definition, error) {
	files, err := fs.Sub(data, "data")
	if err != nil {
		return nil, err
	}
	return definition.Load(files)
}
