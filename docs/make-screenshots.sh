#!/usr/bin/env bash
# Makes docs/screenshots/: every view and panel of the window, light and dark,
# at 1600x1000 and 1024x700, by the program itself on an X server of its own.
# Needs ./run --setup-only, and Xvfb, xdotool and imagemagick (./check installs
# them). Names on the command line make only those: docs/make-screenshots.sh links
set -eu
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
heed=${HEED_BINARY:-$root/build/heed}
out=$root/docs/screenshots
views=(links arcs matrix heads neuron stack compare lab off ablation probe)
text="The animal didn't cross the street because it was too tired."

# A session: view or panel ("off": Links with a head and a link off), theme. In
# Links and Arcs "it" is pinned, in the others the pair "it" -> "animal"; special
# tokens are hidden where they crowd the rest.
session() {
    local key=null hide=false words=false compare=null
    local heads='"L3H1": 0, "L5H11": 1, "L0H2": 2' page=4
    local view=$1 panel=none more=
    case $1 in
    links) hide=true ;;
    arcs) hide=true words=true ;;
    matrix | neuron | stack) key='{"first": 2, "count": 1}' heads='"L3H1": 0' ;;
    heads) heads='"L3H1": 0, "L5H11": 1' ;;
    compare)
        key='{"first": 2, "count": 1}' words=true hide=true heads='"L3H1": 0, "L5H11": 1'
        compare="\"${text/tired/wide}\""
        ;;
    lab)
        key='{"first": 2, "count": 1}' heads='"L3H1": 0, "L5H11": 1'
        more='"mask": "causal", "muted": ["L0H2", "L1H8"], "cuts": [{"head": "L3H1",
          "query": {"first": 10, "count": 1}, "key": {"first": 8, "count": 1}}],'
        ;;
    off)
        view=links hide=true key='{"first": 2, "count": 1}'
        more='"muted": ["L2H9"], "cuts": [{"head": "L3H1",
          "query": {"first": 10, "count": 1}, "key": {"first": 8, "count": 1}}],'
        ;;
    ablation) view=links panel=ablation key='{"first": 2, "count": 1}' ;;
    probe) view=links panel=probe heads='"L3H1": 0'
        more='"probe": "pronouns.tsv", "color_by": "probe-accuracy",'
        ;;
    esac
    cat <<JSON
{"version": 1, "text": "$text", "compare": $compare, "view": "$view",
 "panel": "$panel", $more
 "shown": {$heads}, "matrix_head": "L3H1", "query": {"first": 10, "count": 1}, "key": $key,
 "filter": {"hide_special": $hide, "words": $words},
 "stack_page": $page, "theme": "$2"}
JSON
}

# Inside Xvfb: waits until two pictures of the window are the same.
settle() {
    local before= now=
    for _ in $(seq 60); do
        sleep 0.4
        now=$(import -window root png:- | cksum)
        [ "$now" = "$before" ] && break
        before=$now
    done
}

# Inside Xvfb: starts the window on a session, waits until it stands still.
shoot() {
    local file=$1 session=$2 size=$3
    XDG_STATE_HOME=$work/state XDG_CONFIG_HOME=$work/config \
        "$heed" "$session" &
    local pid=$! window=
    for _ in $(seq 100); do
        window=$(xdotool search --pid $pid --name heed 2>/dev/null | head -n 1) &&
            [ -n "$window" ] && break
        sleep 0.1
    done
    xdotool windowmove "$window" 0 0 windowsize "$window" "${size%x*}" "${size#*x}"
    xdotool mousemove "${size%x*}" "${size#*x}"
    settle
    xdotool windowfocus "$window" key --window "$window" Escape
    case $session in
    *ablation.heed | *probe.heed)
        xdotool key --window "$window" ctrl+Return
        sleep 1
        ;;
    esac
    settle
    # A palette of 255 colours tells these pictures from the originals by
    # nothing one can see, at a third of the size.
    import -window root png:- | convert png:- -strip +dither -colors 255 \
        -define png:compression-level=9 "PNG8:$file"
    kill $pid
    wait $pid || true
}

if [ "${1:-}" = --inside ]; then
    work=$2
    shoot "$3" "$4" "$5"
    exit
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out" "$work/config/heed"
echo '{"version": 1, "hint_seen": true}' >"$work/config/heed/settings.json"
[ $# -gt 0 ] && views=("$@")
for view in "${views[@]}"; do
    for theme in light dark; do
        session "$view" $theme >"$work/$view.heed"
        for size in 1600x1000 1024x700; do
            name=$view-$theme-${size%x*}.png
            HEED_XVFB_SCREEN=${size}x24 "$root/tests/xvfb.sh" "$0" --inside \
                "$work" "$work/$name" "$work/$view.heed" $size
            mv "$work/$name" "$out/$name"
            echo "docs/screenshots/$name"
        done
    done
done
