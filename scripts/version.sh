#!/bin/sh
# heed's version: that of the newest tag v1.2.3 that this commit is or follows, with
# the number of commits since ("1.2.3+4"). Sources from git's archives name the tag in
# version.txt; where there is neither tag nor git, its first line is the version.
cd "$(dirname "$0")" || exit 1
tag=$(sed -n '2,$s/^v[0-9]/&/p' version.txt)
if [ -z "$tag" ] && [ -e ../.git ]; then
    tag=$(git describe --tags --match 'v[0-9]*' 2>/dev/null)
fi
printf '%s\n' "${tag:-v$(sed -n 1p version.txt)}" |
    sed -e 's/^v//' -e 's/-\([0-9]*\)-g[0-9a-f]*$/+\1/'
