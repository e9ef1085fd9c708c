#!/usr/bin/env bash
# Runs everything. Installs Debian's postgresql and chromium when they are missing and we are root;
# otherwise names each suite that cannot run and why, and fails if CI is set.
set -euo pipefail
cd "$(dirname "$0")/.."
skipped=()
export GOGC="${GOGC:-400}" # compilers and tests collect less often: a seventh of the processor's time

want() { # want COMMAND PATTERN PACKAGES...: install packages unless the command is there
  local pattern=$1; shift
  compgen -G "$pattern" >/dev/null && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing $*"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
    compgen -G "$pattern" >/dev/null && return 0
  fi
  return 1
}

want '/usr/lib/postgresql/*/bin/initdb' postgresql || skipped+=("PostgreSQL suites: no PostgreSQL server (Debian: postgresql)")
want '/usr/bin/chromium' chromium || skipped+=("browser walk: no Chromium (Debian: chromium)")
want '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc' fonts-noto-cjk || skipped+=("Chinese text in screenshots: no CJK font (Debian: fonts-noto-cjk)")
want '/usr/bin/pdftotext' poppler-utils || skipped+=("text of PDF papers: no pdftotext (Debian: poppler-utils)")
want '/usr/bin/zbarimg' zbar-tools || skipped+=("QR read-back: no zbarimg (Debian: zbar-tools)")
want '/usr/bin/strace' strace || skipped+=("power loss and outbound connections: no strace (Debian: strace)")
npm --prefix internal/access/testdata/oidc ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null || skipped+=("sign-in by OIDC: npm oidc-provider could not be installed")
want '/usr/bin/soffice' libreoffice-writer libreoffice-calc || skipped+=("DOCX papers and Excel lists opened by LibreOffice: no soffice (Debian: libreoffice-writer, libreoffice-calc)")
for s in "${skipped[@]:-}"; do [ -n "$s" ] && echo "NOT RUN: $s"; done
if [ -n "${CI:-}" ] && [ "${#skipped[@]}" -gt 0 ]; then
  echo "CI must run every suite" >&2
  exit 1
fi

make --no-print-directory build
make --no-print-directory lint
go run ./internal/testkit/withpg tools/suites.sh
go run ./internal/testkit/withpg go test -timeout 10m -race ./internal/store/... ./internal/ledger/... ./internal/jobs/...
if [ -z "${FUZZTIME:-}" ]; then # the kept corpora ran with the tests; tools/soak.sh looks for more
  echo "all suites ran"
  exit
fi
fuzz_log=$(mktemp)
trap 'rm -f "$fuzz_log"' EXIT
for target in $(go test -list '^Fuzz' ./... 2>/dev/null | awk '/^Fuzz/ {names = names " " $1} /^ok/ {n = split(names, f, " "); for (i = 1; i <= n; i++) print $2 ":" f[i]; names = ""}'); do
  go test -run '^$' -fuzz "^${target#*:}\$" -fuzztime "$FUZZTIME" -fuzzminimizetime 20x "${target%%:*}" >"$fuzz_log" 2>&1 || { cat "$fuzz_log"; exit 1; }
done
echo "all suites ran"
