package backup

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// format is the version of the file's form.
const format = 1

const (
	manifestName = "manifest.json"
	// partSize is about how many bytes of rows are kept in memory and written as one part.
	partSize = 4 << 20
)

// Manifest says what a backup holds.
type Manifest struct {
	Format     int          `json:"format"`
	Made       time.Time    `json:"made"`
	Bureau     string       `json:"bureau"`
	Demo       bool         `json:"demo"`
	Engine     store.Engine `json:"engine"`
	Migrations []int64      `json:"migrations"`
	// Leaves and Root are the ledger's; Unnumbered entries were committed and not yet numbered.
	Leaves int64       `json:"leaves"`
	Root   string      `json:"root"`
	Tables []TablePart `json:"tables"`
	Parts  []Part      `json:"parts"`
	// Blobs and Bytes count the files.
	Blobs int64 `json:"blobs"`
	Bytes int64 `json:"bytes"`
}

// TablePart is a table with how many rows it has and in how many parts they are.
type TablePart struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
	Rows    int64    `json:"rows"`
	Parts   int      `json:"parts"`
}

// Part is an entry of the tar file with its size in bytes and SHA-256 in hex.
type Part struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

const nameForm = "20060102-150405"

// Name is the usual name of a backup made at the instant, by the clock of the bureau whatever the machine's
// zone: it sorts by time.
func Name(at time.Time) string { return "fadu-" + at.In(law.Zone).Format(nameForm) + ".backup" }

// MadeAt reads the instant from a backup's name; another file of the pattern counts as very old.
func MadeAt(file string) time.Time {
	name := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(file), "fadu-"), ".backup")
	t, _ := time.ParseInLocation(nameForm, name, law.Zone)
	return t
}

func partName(table string, n int) string { return fmt.Sprintf("table/%s/%06d.gz", table, n) }

func blobName(digest string) string { return "blob/" + digest }

// broken says that a file is not a whole backup.
func broken(format string, args ...any) error {
	return fault.New(fault.Invalid, "备份文件不完整或者被改动过，没有恢复，什么都没有动：%s。请换一份备份", fmt.Sprintf(format, args...))
}
