#!/usr/bin/env bash
# Runs a command on an X server of its own: tests/xvfb.sh COMMAND ...
# HEED_XVFB_SCREEN is its size (1600x1000x24). Ends with the command's exit
# status, or 77 (meson's "skipped") without Xvfb.
set -u
if ! command -v Xvfb >/dev/null; then
    echo "xvfb.sh: there is no Xvfb" >&2
    exit 77
fi

work=$(mktemp -d) || exit 1
server=
finish() {
    trap - EXIT INT TERM
    if [ -n "$server" ]; then
        kill "$server" 2>/dev/null
        wait "$server" 2>/dev/null
    fi
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Xvfb picks a free display and writes its number when it is ready.
mkfifo "$work/display"
Xvfb -displayfd 3 -screen 0 "${HEED_XVFB_SCREEN:-1600x1000x24}" \
    -nolisten tcp -noreset 3>"$work/display" >"$work/log" 2>&1 &
server=$!
if ! read -r -t 30 display <"$work/display" || [ -z "$display" ]; then
    echo "xvfb.sh: Xvfb doesn't start:" >&2
    cat "$work/log" >&2
    exit 1
fi

unset WAYLAND_DISPLAY
export DISPLAY=:$display
export LIBGL_ALWAYS_SOFTWARE=1
"$@"
