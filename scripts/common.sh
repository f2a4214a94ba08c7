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
within=(--one-file-system)
rm --help 2>&1 | grep -q -e "${within[0]}" || within=(--) # busybox's has it not

# Whether something is mounted at or below $1, or that can't be told: then nothing may be
# removed there, for it could be the machine's own.
mounted_below() {
    local dir at
    dir=$(cd "$1" && pwd -P) && [ -r /proc/self/mountinfo ] || return 0
    while read -r _ _ _ _ at _; do
        at=${at//\\040/ } # so a space is written there
        case $at/ in "$dir"/*) return 0 ;; esac
    done </proc/self/mountinfo
    return 1
}

# Removes every folder in cleanup_dirs; on each way out of the script.
cleanup() {
    local dir
    for dir in ${cleanup_dirs[@]+"${cleanup_dirs[@]}"}; do
        if [ ! -e "$dir" ]; then
            continue
        elif mounted_below "$dir"; then
            say "$dir is left: something is mounted in it; umount that, then remove the folder" >&2
        else
            rm -rf "${within[@]}" "$dir"
        fi
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
