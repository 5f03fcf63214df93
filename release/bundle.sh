#!/bin/sh
# Make a folder that installs jixiao without network, on the Debian that this runs on.
#     sh release/bundle.sh [folder]     default dist; PYTHON is the one of .venv
# Needs the network, and no rights: apt works on lists and a status of its own.
set -eu
umask 022
export LC_ALL=C.UTF-8
root=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-$root/dist}
python=${PYTHON:-$root/.venv/bin/python}
# As in the Makefile, and git, for `jixiao diff` and the history of a report.
packages='python3 python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 git'

stop() { printf '%s\n' "$1" >&2; exit 3; }

ID='' VERSION_ID=''
[ ! -e /etc/os-release ] || . /etc/os-release
[ "$ID" = debian ] && [ -n "$VERSION_ID" ] || stop '离线安装包要在 Debian 的正式版本上制作。'
architecture=$(dpkg --print-architecture)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 3' HUP INT TERM
made=$work/bundle
mkdir -p "$made/debian" "$made/wheels"

# An empty status: for apt nothing is installed, so that all comes along, whatever there is here.
# Debian's own packages before those of other sources.
mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial"
: >"$work/status"
for label in Debian Debian-Security; do
    printf 'Package: *\nPin: release l=%s\nPin-Priority: 990\n\n' $label
done >"$work/preferences"
own_apt() {
    apt-get -qq -o Dir::State="$work/state" -o Dir::State::status="$work/status" \
        -o Dir::Cache="$work/cache" -o Dir::Etc::preferences="$work/preferences" \
        -o Dir::Etc::preferencesparts=/dev/null -o APT::Sandbox::User="$(id -un)" "$@" \
        </dev/null >"$work/log" 2>&1 ||
        { cat "$work/log" >&2; stop '没有取到 Debian 的软件包，请检查网络和软件源。'; }
}
echo '正在下载 Debian 的软件包……'
own_apt update
# shellcheck disable=SC2086  # a list of words
own_apt install --download-only --no-install-recommends -y $packages
mv "$work"/cache/archives/*.deb "$made/debian/"

version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
debian_python=$(dpkg-deb --field "$made"/debian/python3_*.deb Version | cut -d. -f1,2)
[ "$version" = "$debian_python" ] ||
    stop "Debian $VERSION_ID 自带 Python $debian_python，准备环境时用的却是 $version。请运行：make clean，再 make bundle PYTHON=/usr/bin/python3"

echo '正在下载 Python 的软件包……'
"$python" -m pip --disable-pip-version-check --no-input --quiet download --no-deps \
    --only-binary :all: --require-hashes -r "$root/requirements.lock" -d "$made/wheels" ||
    stop '没有取到 Python 的软件包，请检查网络。'

PYTHON=$python sh "$root/release/dist.sh" "$folder"
folder=$(cd "$folder" && pwd)
(cd "$folder" && sha256sum --check --quiet SHA256SUMS)
jixiao=$(sed -n 's/.*  \(jixiao-.*\.whl\)$/\1/p' "$folder/SHA256SUMS")
version=${jixiao#jixiao-}
version=${version%%-*}
cp "$folder/$jixiao" "$made/wheels/"
sed -n "s/^\([0-9a-f]*\)  jixiao-.*\.whl$/jixiao==$version --hash=sha256:\1/p" \
    "$folder/SHA256SUMS" >"$made/jixiao.lock"
cp "$root/requirements.lock" "$root/LICENSE" "$root/release/install.sh" "$made/"
cat >"$made/target" <<END
version=$version
debian=$VERSION_ID
architecture=$architecture
python=$debian_python
END
sed -e "s/@version@/$version/g" -e "s/@debian@/$VERSION_ID/g" \
    -e "s/@architecture@/$architecture/g" -e "s/@python@/$debian_python/g" \
    "$root/release/说明.txt" >"$made/说明.txt"
find "$made" -type f -exec chmod 644 {} +
(cd "$made" && find . -type f | sed 's,^\./,,' | sort | xargs -d '\n' sha256sum -- >"$work/SHA256SUMS")
mv "$work/SHA256SUMS" "$made/"

name=jixiao-$version-debian$VERSION_ID-$architecture
rm -rf "${folder:?}/$name"
mv "$made" "$folder/$name"
echo "已制作 $folder/$name（$(du -sh "$folder/$name" | cut -f1)）"
