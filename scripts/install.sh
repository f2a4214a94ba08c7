# shellcheck shell=bash disable=SC2154
# heed into a prefix, and out of it: bin/heed, and share/ with the model and what a
# desktop reads. The list of its files lies in share/heed/installed.txt.

# Sets prefix to the one given, or to the one that is usual for who asks.
choose_prefix() {
    prefix=${1:-}
    if [ -z "$prefix" ]; then
        if [ "$(id -u)" = 0 ]; then
            prefix=/usr/local
        else
            prefix=${HOME:?}/.local
        fi
    fi
    case $prefix in
    /*) prefix=${prefix%/} ;;
    *) prefix=$PWD/${prefix%/} ;;
    esac
    installed=$prefix/share/heed/installed.txt
}

# What desktops keep of menus and file types. Where no type is left, its cache
# is nobody's.
refresh_desktop() {
    local share=$prefix/share
    if [ ! -d "$share/mime/packages" ]; then
        rm -rf "$share/mime"
        rm -f "$share/applications/mimeinfo.cache"
        rmdir "$share/applications" "$share"
        return 0
    fi
    command -v update-desktop-database >/dev/null &&
        update-desktop-database -q "$share/applications"
    command -v update-mime-database >/dev/null &&
        update-mime-database "$share/mime"
    return 0
} 2>/dev/null

# What is listed, and the folders that are empty then.
remove_installed() {
    local file folder
    while read -r file; do
        rm -f "$prefix/$file"
        folder=$(dirname "$prefix/$file")
        while [ "$folder" != "$prefix" ] && rmdir "$folder" 2>/dev/null; do
            folder=$(dirname "$folder")
        done
    done <"$1"
}

# Everything as it will lie, in a folder of the build.
stage() {
    local log=$scratch/install.log
    rm -rf "$staged"
    DESTDIR=$staged meson install -C "$root/build-install" --no-rebuild \
        --quiet >"$log" 2>&1 || { show_log "$log"; return 1; }
    local models=$staged$prefix/share/heed/models
    mkdir -p "$models" && cp -R "$model" "$models/" &&
        rm -f "$models/$model_name/.verified"
}

install_heed() {
    local free need
    choose_prefix "$1"
    ensure_model
    mkdir -p "$prefix/share/heed" 2>/dev/null && [ -w "$prefix/share/heed" ] ||
        die "$prefix can't be written to; start with sudo, or name a folder" \
            "of yours: ./run --install FOLDER"
    build_in "$root/build-install" heed --prefix="$prefix" -Dtests=false ||
        die "heed doesn't build; the lines above say why"
    meson configure "$root/build-install" -Dprefix="$prefix" >/dev/null 2>&1
    staged=$root/build-install/staged
    cleanup_dirs+=("$staged")
    need_scratch
    stage || die "heed can't be put together in $staged; see the lines above" \
        "and how much space is free"
    need=$(du -sk "$staged" | cut -f 1)
    free=$(df -Pk "$prefix" | awk 'NR == 2 { print $4 }')
    [ "${free:-0}" -gt "${need:-0}" ] ||
        die "heed needs $((need / 1024)) MB in $prefix, which has" \
            "$((free / 1024)) MB free; free some and start again"
    (cd "$staged$prefix" && find . -type f) | sed 's|^\./||' >"$scratch/list"
    printf 'share/heed/installed.txt\n' >>"$scratch/list"
    [ ! -f "$installed" ] || remove_installed "$installed"
    if ! { mkdir -p "$prefix/share/heed" && cp "$scratch/list" "$installed" &&
        cp -R "$staged$prefix/." "$prefix/"; }; then
        remove_installed "$scratch/list"
        die "$prefix can't be written; nothing was left there"
    fi
    refresh_desktop
    say "installed: $prefix/bin/heed (./run --uninstall takes it away)"
    case :$PATH: in
    *:"$prefix/bin":*) ;;
    *) say "$prefix/bin isn't in your PATH: start it by its whole name" ;;
    esac
}

uninstall_heed() {
    choose_prefix "$1"
    [ -f "$installed" ] ||
        die "heed isn't installed in $prefix; name the folder that it was" \
            "installed into: ./run --uninstall FOLDER"
    [ -w "$installed" ] ||
        die "$prefix can't be written to; start with sudo"
    need_scratch
    cp "$installed" "$scratch/list"
    remove_installed "$scratch/list"
    refresh_desktop
    say "uninstalled from $prefix; settings and the last state are kept"
}
