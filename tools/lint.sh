#!/usr/bin/env bash
# Format, static checks and the house rules that a grep can hold. Prints all findings, then fails.
set -uo pipefail
cd "$(dirname "$0")/.."
bad=0
note() { printf '%s\n' "$1"; bad=1; }

tool() { go tool -modfile=tools/lint.mod "$@"; }
go_files=$(git ls-files -co --exclude-standard '*.go' | grep -v '_templ\.go$')

unformatted=$(tool gofumpt -l $go_files) && [ -z "$unformatted" ] || note "not formatted (make fmt): $unformatted"
go vet ./... || bad=1
tool staticcheck ./... || bad=1
tool errcheck -exclude tools/errcheck.txt -ignoretests ./... || bad=1

# Pages obey the content security policy; time enters as a value; nothing names a place outside the project.
hits=$(git grep -nE '<style|<script>|style=|hx-on|js:' -- 'internal/**/*.templ') && note "inline style or script in a template: $hits"
hits=$(git grep -nE 'time\.Now\(\)' -- 'internal/*.go' ':!*_test.go' ':!internal/testkit') && note "a clock read inside internal/: $hits"
hits=$(git grep -nE 'https?://[^ "]*(npm|golang|debian)[a-z]*\.(org|com)' -- ':!*.sum' ':!tools/lint.sh') && note "names a package registry: $hits"
[ "$bad" = 0 ] && echo "lint: clean"
exit "$bad"
