package calc

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// maxLine bounds one question, in bytes: the marks of 5,000 candidates and 100 items fit.
const maxLine = 16 << 20

var errTooLong = errors.New("这一行超过 16 MB，没有处理")

type lineReader struct {
	r     *bufio.Reader
	first bool
}

func newLineReader(in io.Reader) *lineReader {
	return &lineReader{r: bufio.NewReaderSize(in, 64<<10), first: true}
}

// next returns the next line without its end; of a line longer than maxLine the beginning and true. At
// the end of the stream it returns io.EOF, possibly with a last line.
func (l *lineReader) next() (line []byte, tooLong bool, err error) {
	for {
		part, perr := l.r.ReadSlice('\n')
		if room := maxLine + 1 - len(line); len(part) > room {
			// The byte beyond the limit that is kept shows a line too long; a line end does not count.
			tooLong = tooLong || len(bytes.TrimRight(part, "\r\n")) > room
			part = part[:room]
		}
		line = append(line, part...)
		if errors.Is(perr, bufio.ErrBufferFull) {
			continue
		}
		if l.first {
			line, l.first = bytes.TrimPrefix(line, []byte("\ufeff")), false
		}
		line = bytes.TrimRight(line, "\r\n")
		return line, tooLong || len(line) > maxLine, perr
	}
}

// idle reports whether reading on would wait for the sender.
func (l *lineReader) idle() bool { return l.r.Buffered() == 0 }

type lineWriter struct{ *bufio.Writer }

func newLineWriter(out io.Writer) lineWriter { return lineWriter{bufio.NewWriterSize(out, 64<<10)} }

// line writes one answer and, when told to, sends what is pending.
func (w lineWriter) line(a json.RawMessage, flush bool) error {
	_, err := w.Write(append(a, '\n'))
	if err == nil && flush {
		err = w.Flush()
	}
	return err
}
