// Command bench measures Fadu at the scale of ten years, one subcommand for each question:
//
//	go run ./bench fill --cases 100000 --data /var/tmp/fadu-100k
//	go run ./bench http --data /var/tmp/fadu-100k
//	go run ./bench ordinary --data /var/tmp/fadu-ordinary
//	go run ./bench exam --data /var/tmp/fadu-exam
//	go run ./bench raw --data /var/tmp/fadu-100k
//	go run ./bench terms --data /var/tmp/fadu-terms
//	go run ./bench all --data /var/tmp/fadu-100k
//
// README.md says what they do, results/ what was seen. Nothing here decides whether a test passes.
package main

import (
	"context"
	"os"
	"os/signal"

	"github.com/alecthomas/kong"
)

type command struct {
	Fill     fillCmd     `cmd:"" help:"Make a bureau with many cases: a demo bureau whose cases are multiplied over ten years."`
	HTTP     httpCmd     `cmd:"" name:"http" help:"Start the server on the data and measure requests: create, case page, list, search, figures."`
	Terms    termsCmd    `cmd:"" help:"The scan of running terms, and the to-do page of an officer who holds many."`
	Ordinary ordinaryCmd `cmd:"" help:"Whole cases of the ordinary procedure over the calls, by the people who do each step; spoils the bureau."`
	Exam     examCmd     `cmd:"" help:"Many candidates sit one exam: waiting room, start at one moment, answers, handing in; spoils the bureau."`
	Raw      rawCmd      `cmd:"" help:"The limit: the same bytes as one create, written to bare SQLite or PostgreSQL with group commit, beside the create itself."`
	All      allCmd      `cmd:"" help:"Everything, written as a report."`
}

// where says which data a measurement works on.
type where struct {
	Data     string `required:"" type:"path" help:"Folder of the filled bureau."`
	Database string `env:"FADU_DATABASE" help:"PostgreSQL URL instead of SQLite in the folder."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var c command
	k := kong.Parse(&c, kong.Name("bench"))
	k.BindTo(ctx, (*context.Context)(nil))
	k.FatalIfErrorf(k.Run())
}
