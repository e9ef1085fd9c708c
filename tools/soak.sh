#!/usr/bin/env bash
# The long versions of what CI runs shortly: fuzzing.
set -euo pipefail
cd "$(dirname "$0")/.."
FUZZTIME=5m exec tools/test.sh
