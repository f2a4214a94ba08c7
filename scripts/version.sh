#!/bin/sh
# heed's version: that of the newest tag v1.2.3 that this commit is or follows, with
# the number of commits since ("1.2.3+4"); where there is no tag or no git, what
# meson.build says.
cd "$(dirname "$0")/.." || exit 1
said=$(sed -n "s/^  version: '\([^']*\)',.*/\1/p" meson.build)
tag=$(git describe --tags --match 'v[0-9]*' 2>/dev/null) || tag=v$said
printf '%s\n' "$tag" | sed -e 's/^v//' -e 's/-\([0-9]*\)-g[0-9a-f]*$/+\1/'
