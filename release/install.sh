#!/bin/sh
# Install jixiao from the folder that this script lies in, without network.
#     sh install.sh [folder]     default /opt/jixiao
# Exit codes as jixiao's own: 2 wrong usage, 3 the environment failed.
set -eu
umask 022
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive PIP_CONFIG_FILE=/dev/null

stop() { printf '%s\n' "$1" >&2; exit "${2:-3}"; }

here=$(cd "$(dirname "$0")" && pwd)
home=/opt/jixiao
[ $# -le 1 ] || stop '用法：sh install.sh [文件夹]，不写文件夹时装到 /opt/jixiao' 2
case ${1-} in
    -*) stop '用法：sh install.sh [文件夹]，不写文件夹时装到 /opt/jixiao' 2 ;;
    '') ;;
    /*) home=$1 ;;
    *) home=$(pwd)/$1 ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 3' HUP INT TERM

# What this folder was made for, and whether it is whole.
(cd "$here" && sha256sum --check --quiet SHA256SUMS) >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    stop '离线安装包不完整，或者被改动过，请重新复制。什么都没有安装。'
}
. "$here/target"  # version, debian, architecture, python
ID='' VERSION_ID='' PRETTY_NAME=''
[ ! -e /etc/os-release ] || . /etc/os-release
own=$(dpkg --print-architecture 2>/dev/null || uname -m)
[ "$ID $VERSION_ID $own" = "debian $debian $architecture" ] ||
    stop "这个离线安装包只用于 Debian $debian（$architecture），这台机器是 ${PRETTY_NAME:-别的系统}（$own）。"
if [ -e "$home" ] && [ ! -e "$home/.jixiao" ]; then
    [ -d "$home" ] && [ -z "$(ls -A "$home")" ] ||
        stop "$home 里有别的文件，没有安装。请换一个文件夹：sh install.sh 文件夹"
fi

# System packages: only what is missing here, or older. The list tells, not the folder, where
# something else may lie since an older bundle was copied to the same place.
missing() {
    sed -n 's,^[0-9a-f]*  \(debian/.*\.deb\)$,\1,p' "$here/SHA256SUMS" | while read -r deb; do
        deb=$here/$deb
        name=$(dpkg-deb --field "$deb" Package)
        offered=$(dpkg-deb --field "$deb" Version)
        present=$(dpkg-query --show --showformat='${db:Status-Status} ${Architecture} ${Version}\n' \
            "$name" 2>/dev/null | sed -nE "s/^installed (all|$architecture) //p")
        if [ -z "$present" ] || dpkg --compare-versions "$present" lt "$offered"; then
            printf '%s\n' "$deb"
        fi
    done
}
missing >"$work/missing"
if [ -s "$work/missing" ]; then
    count=$(wc -l <"$work/missing")
    [ "$(id -u)" = 0 ] ||
        stop "有 $count 个系统软件包要安装或更新，请用 root 的身份运行：sudo sh install.sh"
    echo "正在安装 $count 个系统软件包……"
    set --
    while read -r deb; do set -- "$@" "$deb"; done <"$work/missing"
    apt-get install -y --no-install-recommends -o Dpkg::Options::=--force-confold \
        -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts=/dev/null \
        "$@" </dev/null >"$work/log" 2>&1 || {
        cat "$work/log" >&2
        stop '系统软件包没有装上，原因见上面。这台机器的系统比安装包新的，请重新制作安装包。'
    }
fi
[ "$(/usr/bin/python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')" = "$python" ] ||
    stop "需要 Debian 自带的 Python $python（/usr/bin/python3），这台机器上的是别的版本。"

# A virtual environment of its own, all of it by hash. The mark says that the folder is ours.
echo "正在安装到 $home……"
mkdir -p "$home" 2>/dev/null && : 2>/dev/null >"$home/.jixiao" ||
    stop "不能写入 $home。请用 root 的身份运行，或者换一个文件夹：sh install.sh 文件夹"
find "$home" -mindepth 1 -maxdepth 1 ! -name .jixiao -exec rm -rf {} +
/usr/bin/python3 -m venv "$home"
for lock in requirements.lock jixiao.lock; do
    "$home/bin/python" -m pip --isolated --disable-pip-version-check --no-input --quiet install \
        --no-index --find-links "$here/wheels" --no-cache-dir --no-deps --only-binary :all: \
        --require-hashes -r "$here/$lock"
done
"$home/bin/python" -m pip --isolated --disable-pip-version-check check >"$work/log" ||
    stop "$(cat "$work/log")"

command=$home/bin/jixiao
if [ "$(id -u)" = 0 ]; then
    if [ -e /usr/local/bin/jixiao ] && [ ! -L /usr/local/bin/jixiao ]; then
        echo '/usr/local/bin/jixiao 已经是别的文件，没有改动。' >&2
    else
        ln -sfn "$home/bin/jixiao" /usr/local/bin/jixiao
        command=jixiao
    fi
fi
echo "已装好 jixiao $version，命令是 $command。"
if "$home/bin/jixiao" doctor --help >/dev/null 2>&1; then
    "$home/bin/jixiao" doctor
else
    "$home/bin/jixiao" --help
fi
