#!/usr/bin/env bash
# The long versions of what CI runs shortly: fuzzing and crash tests.
set -euo pipefail
cd "$(dirname "$0")/.."
FUZZTIME=5m FADU_KILLS=200 exec tools/test.sh
