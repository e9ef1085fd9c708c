package web

import "context"

type noticeKey struct{}

// WithNotice puts a line above every page of the request: something that concerns everybody, such as a
// full disk.
func WithNotice(ctx context.Context, text string) context.Context {
	return context.WithValue(ctx, noticeKey{}, text)
}

func noticeFrom(ctx context.Context) string {
	text, _ := ctx.Value(noticeKey{}).(string)
	return text
}
