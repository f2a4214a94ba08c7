#!/bin/sh
# Nothing that is drawn rests on memory that nobody wrote to: memcheck.sh SUMS WHAT, with
# HEED_TEST_FULL=1 (half a minute to some minutes). The sanitizers' build doesn't see that.
if [ "${HEED_TEST_FULL:-}" != 1 ] || ! command -v valgrind >/dev/null; then
    echo "left out: HEED_TEST_FULL=1 (./check --full) runs it, where there is valgrind"
    exit 77
fi
exec valgrind --quiet --error-exitcode=1 --suppressions="$(dirname "$0")/memcheck.supp" \
    "$1" "$2" >/dev/null
