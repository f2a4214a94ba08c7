#!/bin/sh
# make_help.sh HEED [FOLDER]: writes the manual page and the shells' completions as
# that heed's --help says, into assets/help. They are committed, so that a build
# for another processor needn't run what it has built.
set -eu
scripts=$(dirname "$0")
folder=${2:-$scripts/../assets/help}
python3 "$scripts/make_man.py" "$1" >"$folder/heed.1"
python3 "$scripts/make_completions.py" "$1" bash >"$folder/heed.bash"
python3 "$scripts/make_completions.py" "$1" zsh >"$folder/_heed"
python3 "$scripts/make_completions.py" "$1" fish >"$folder/heed.fish"
