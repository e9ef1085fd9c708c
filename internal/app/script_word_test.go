package app_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// word makes a Word file with a paragraph for each line of a text: word NAME.docx NAME.txt.
func (s *show) word(_ *testscript.TestScript, neg bool, args []string) error {
	if neg || len(args) != 2 {
		return errors.New("word NAME.docx NAME.txt")
	}
	text, err := os.ReadFile(filepath.Join(s.dir, args[1]))
	if err != nil {
		return err
	}
	var doc bytes.Buffer
	doc.WriteString(`<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		doc.WriteString("<w:p><w:r><w:t>")
		if err := xml.EscapeText(&doc, []byte(line)); err != nil {
			return err
		}
		doc.WriteString("</w:t></w:r></w:p>")
	}
	doc.WriteString("</w:body></w:document>")
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	w, err := z.Create("word/document.xml")
	if err == nil {
		_, err = w.Write(doc.Bytes())
	}
	if err = errors.Join(err, z.Close()); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(s.dir, args[0]), file.Bytes(), 0o600)
}
