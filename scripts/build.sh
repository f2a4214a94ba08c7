# shellcheck shell=bash disable=SC2154
# Configures and builds with meson and ninja, quietly unless something fails.

# The end of a failed build, on stderr.
show_log() {
    grep -v '^\[[0-9]*/[0-9]*\]' "$1" | tail -n "${2:-40}" >&2
}

# Whether the folder was configured before the last commit or tag: only a new
# configuration asks for the version.
is_of_another_version() {
    local had
    had=$(sed -n 's/^{"version": "\([^"]*\)".*/\1/p' "$1/meson-info/intro-projectinfo.json" 2>/dev/null)
    [ -n "$had" ] && [ "$had" != "$("$root/scripts/version.sh")" ]
}

# build_in FOLDER TARGET MESON-OPTION...: the options count when the folder is
# first made. Returns 1, with the tail of the log shown, when it can't be built.
build_in() {
    local dir=$1 target=$2 log
    shift 2
    need_scratch
    log=$scratch/build.log
    # Two at once would step on each other. This script is the lock, so none is
    # left behind.
    exec 8<"$root/run"
    if ! flock -n 8; then
        say "build: waiting for another run that builds"
        flock 8
    fi
    if ! ninja -C "$dir" -n "$target" >"$log" 2>&1 || is_of_another_version "$dir"; then
        configure "$dir" "$log" "$@" || { show_log "$log"; return 1; }
    fi
    if ! grep -q 'no work to do' "$log"; then
        say "build: ${dir#"$root"/}"
        ninja_in "$dir" "$target" "$log" "$@" || { show_log "$log"; return 1; }
    fi
    exec 8<&-
}

# Builds; once more from a new configuration if the old one is of no use (it
# came from another meson, or needs what the system hasn't any more).
ninja_in() {
    local dir=$1 target=$2 log=$3
    shift 3
    ninja -C "$dir" "$target" >"$log" 2>&1 && return 0
    grep -q "error: rebuilding 'build.ninja'" "$log" || return 1
    configure "$dir" "$log" "$@" && ninja -C "$dir" "$target" >"$log" 2>&1
}

# Makes the folder ready, also one that was left half made, that another
# meson made, or that came from another place.
configure() {
    local dir=$1 log=$2
    shift 2
    say "build: configuring ${dir#"$root"/}"
    if [ -f "$dir/meson-private/coredata.dat" ]; then
        meson setup --reconfigure "$dir" "$root" >"$log" 2>&1 && return 0
        meson setup --wipe "$dir" "$root" >"$log" 2>&1 && return 0
    fi
    rm -rf "$dir"
    meson setup "$dir" "$root" "$@" >"$log" 2>&1
}
