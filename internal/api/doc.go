// Package api is the way in for other programs: operations below /api/v1, each a route of its own with
// its permission, described in one OpenAPI document. huma matches, reads parameters and describes;
// bodies are read and errors are answered here, so that they say the same as the pages: every wrong
// field at once, in Chinese, as problem+json with the fault's kind.
package api
