#!/bin/sh
# Make the wheel and the source archive, with their checksums: the same bytes wherever they are made.
#     sh release/dist.sh [folder]     default dist; PYTHON is one that has hatchling
# Only what git knows goes in. Without git, as in an unpacked source archive, all that is there is.
set -eu
umask 022
export LC_ALL=C.UTF-8
root=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-$root/dist}
python=${PYTHON:-$root/.venv/bin/python}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 3' HUP INT TERM
source=$root
if [ -e "$root/.git" ]; then
    source=$work/source
    mkdir "$source"
    git -C "$root" ls-files -z >"$work/names"
    tar -C "$root" --null --files-from "$work/names" -cf "$work/tracked"
    tar -C "$source" -xf "$work/tracked"
fi

mkdir "$work/dist"
(cd "$source" && "$python" -m hatchling build -d "$work/dist") >"$work/log" 2>&1 ||
    { cat "$work/log" >&2; exit 3; }
(cd "$work/dist" && sha256sum -- * >"$work/SHA256SUMS")
mkdir -p "$folder"
mv -f "$work/dist"/* "$work/SHA256SUMS" "$folder/"
cat "$folder/SHA256SUMS"
