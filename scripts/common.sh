# shellcheck shell=bash disable=SC2154
# Shared by ./run and ./check: messages, and a temporary folder that goes away
# however the script ends. Sourced by bash; `me` and `root` are set before.

say() {
    printf '%s: %s\n' "$me" "$*"
}

# One line that says what to do, and the end.
die() {
    printf '%s: %s\n' "$me" "$*" >&2
    exit 1
}

scratch=
cleanup_dirs=()

# Removes every folder in cleanup_dirs; on each way out of the script.
cleanup() {
    local dir
    for dir in ${cleanup_dirs[@]+"${cleanup_dirs[@]}"}; do
        rm -rf "$dir"
    done
    cleanup_dirs=()
}

# bash runs a trap after the command in the foreground has ended, so a download
# has stopped when its folder is removed.
interrupted() {
    trap - EXIT
    cleanup
    printf '\n%s: interrupted; nothing half done was left; start again\n' \
        "$me" >&2
    exit "$1"
}

trap cleanup EXIT
trap 'interrupted 130' INT
trap 'interrupted 143' TERM
trap 'interrupted 129' HUP

# Sets scratch to a folder for logs.
need_scratch() {
    if [ -z "$scratch" ]; then
        scratch=$(mktemp -d 2>/dev/null) ||
            die "no temporary file can be made in ${TMPDIR:-/tmp};" \
                "free some space there or set TMPDIR"
        cleanup_dirs+=("$scratch")
    fi
}

# The words by which apt and pip tell of an unreachable network.
log_tells_no_network() {
    grep -Eqi -e 'could not (resolve|connect)|unable to connect' \
        -e 'temporary failure (in name )?resol|name or service not known' \
        -e 'cannot initiate the connection|failed to establish a new conn' \
        -e 'network is unreachable|no route to host|connecttimeout' \
        -e 'connection (refused|timed out)|proxyerror|nameresolutionerror' "$1"
}

log_tells_disk_full() {
    grep -Eqi 'no space left|not have enough free space|disk quota' "$1"
}
