# shellcheck shell=bash disable=SC2154
# The Debian packages: finds those that are missing and installs only them.

# The package names in the list files given.
listed_packages() {
    sed -e 's/#.*//' -e 's/[[:space:]].*//' -e '/^$/d' "$@"
}

# Those of them that dpkg hasn't installed, each on a line.
missing_packages() {
    local installed
    # dpkg-query also ends with 1 when a name is unknown to it.
    # shellcheck disable=SC2046
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' \
        $(listed_packages "$@") 2>/dev/null | sed -n 's/^installed //p')
    listed_packages "$@" | while read -r name; do
        case $'\n'$installed$'\n' in
        *$'\n'"$name"$'\n'*) ;;
        *) printf '%s\n' "$name" ;;
        esac
    done
}

# Without dpkg: the names in the lists whose check in the second column fails.
unmet_needs() {
    local name check
    sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$@" |
        while read -r name check; do
            case $check in
            cmd:*) command -v "${check#cmd:}" >/dev/null ;;
            pc:*) pkg-config --exists "${check#pc:}" 2>/dev/null ;;
            py:*) python3 -c "import ${check#py:}" 2>/dev/null ;;
            esac || printf '%s ' "$name"
        done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        env DEBIAN_FRONTEND=noninteractive "$@"
    else
        sudo env DEBIAN_FRONTEND=noninteractive "$@"
    fi
}

apt_install() {
    as_root apt-get install -y -q --no-install-recommends \
        -o DPkg::Lock::Timeout=300 "$@" >"$scratch/apt.log" 2>&1 </dev/null
}

apt_update() {
    say "packages: bringing apt's lists up to date"
    as_root apt-get update -q -o DPkg::Lock::Timeout=300 \
        >"$scratch/update.log" 2>&1 </dev/null
}

# Says in one line why apt failed. The update's log counts too: apt-get update
# ends well without a network.
die_of_apt() {
    touch "$scratch/update.log"
    cat "$scratch/update.log" "$scratch/apt.log" >"$scratch/both.log"
    if log_tells_disk_full "$scratch/both.log"; then
        die "apt ran out of disk space; free some and start again"
    fi
    if log_tells_no_network "$scratch/both.log"; then
        die "apt reached no package server; connect to the network (once) and" \
            "start again"
    fi
    die "apt-get could not install the packages" \
        "($(grep -E '^E:|^sudo:' "$scratch/both.log" | tail -n 1));" \
        "install them by hand and start again: $*"
}

# Packages of the list files given. Says nothing when all are there.
ensure_packages() {
    local missing
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null
    then
        missing=$(unmet_needs "$@")
        [ -z "$missing" ] ||
            die "this system has no apt; install these by its own means (the" \
                "names are Debian's) and start again: ${missing% }"
        return 0
    fi
    missing=$(missing_packages "$@" | tr '\n' ' ')
    missing=${missing% }
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
        die "packages are missing, and this is neither root nor has sudo;" \
            "as root: apt-get install --no-install-recommends $missing"
    fi
    need_scratch
    if [ "$(id -u)" != 0 ]; then
        sudo true || die "sudo refused; as root:" \
            "apt-get install --no-install-recommends $missing"
    fi
    install_missing "$missing"
}

install_missing() {
    # shellcheck disable=SC2086
    set -- $1
    say "packages: installing $#: $*"
    # An install that can't even be simulated needs newer lists, and so does
    # one that asks a server for a version that is gone.
    if ! apt-get install -s --no-install-recommends "$@" >/dev/null 2>&1; then
        apt_update || true
        apt_install "$@" || die_of_apt "$@"
    elif ! apt_install "$@"; then
        apt_update || true
        apt_install "$@" || die_of_apt "$@"
    fi
}
