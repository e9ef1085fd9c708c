package main

import "context"

type rawCmd struct {
	where
}

func (c *rawCmd) Run(ctx context.Context) error { return nil }
