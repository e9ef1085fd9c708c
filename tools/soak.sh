#!/usr/bin/env bash
# The long versions of what CI runs shortly: fuzzing, and the trials of the whole program 200 times each.
set -euo pipefail
cd "$(dirname "$0")/.."
FUZZTIME=${FUZZTIME:-5m} FADU_TRIALS=${FADU_TRIALS:-200} TEST_TIMEOUT=${TEST_TIMEOUT:-3h} exec tools/test.sh
