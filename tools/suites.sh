#!/usr/bin/env bash
# Runs all tests, three things at a time, since each alone leaves half of two cores waiting: the long walks of the whole program in
# a browser, its other tests, and all other packages. Called by test.sh with a PostgreSQL server.
set -uo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
walks='^Test(OrdinaryTextIsShownAsText|TextIsShownAsText|MajorCaseInBrowser|OrdinaryCaseInBrowser|Walk|Tabs|Script|ScriptOnPostgreSQL)$'
limit="${TEST_TIMEOUT:-30m}"

suite() { # suite NAME COMMAND...: in the background, its output and result kept
  local name=$1; shift
  { "$@" >"$dir/$name.log" 2>&1; echo $? >"$dir/$name.rc"; } &
}

go test -c -vet=off -o "$dir/app.test" ./internal/app || exit 1 # lint has vetted
cd internal/app || exit 1
suite walks "$dir/app.test" -test.timeout "$limit" -test.run "$walks"
suite app "$dir/app.test" -test.timeout "$limit" -test.skip "$walks"
cd - >/dev/null || exit 1
mapfile -t others < <(go list ./... | grep -v '/internal/app$')
suite packages go test -p 1 -vet=off -timeout "$limit" "${others[@]}"
wait
failed=0
for name in packages app walks; do
  echo "== $name"
  cat "$dir/$name.log"
  [ "$(cat "$dir/$name.rc" 2>/dev/null)" = 0 ] || { echo "FAILED: $name"; failed=1; }
done
exit "$failed"
