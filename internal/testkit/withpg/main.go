// Command withpg runs a command with a PostgreSQL server of its own for tests, so that all test
// processes share one: withpg go test ./...
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"

	"fadu/internal/testkit"
)

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	if len(args) == 0 {
		fmt.Fprintln(os.Stderr, "usage: withpg COMMAND [ARGUMENT…]")
		return 2
	}
	// The command gets an interrupt too and ends; the server must then still be stopped. (Ignoring the
	// signal would be inherited by the command.)
	signal.Notify(make(chan os.Signal, 1), os.Interrupt)
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	server, err := testkit.StartServer(false)
	switch {
	case errors.Is(err, testkit.ErrNoPostgreSQL):
		fmt.Fprintln(os.Stderr, "withpg:", err, "- running without it")
	case err != nil:
		fmt.Fprintln(os.Stderr, "withpg:", err)
		return 1
	default:
		defer func() { _ = server.Stop() }()
		cmd.Env = append(os.Environ(), testkit.EnvPostgreSQL+"="+server.URL())
	}
	err = cmd.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return max(exit.ExitCode(), 1)
	}
	fmt.Fprintln(os.Stderr, "withpg:", err)
	return 1
}
