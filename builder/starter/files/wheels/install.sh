#!/bin/sh
# 把 jixiao 和它用到的软件装进当前的 Python：sh wheels/install.sh
# jixiao 只从安装包安装，并且须与 SHA256SUMS 里的校验码相符。公共的软件库里没有它，那里叫这个名字的是别人的程序，
# 所以决不去那里找。安装包默认在本文件夹里；在别处的，用 JIXIAO_WHEELS 写明文件夹或网址。
set -eu
here=$(cd "$(dirname "$0")" && pwd)
wheels=${JIXIAO_WHEELS:-$here}
lock=$(mktemp)
trap 'rm -f "$lock"' EXIT
stop() { printf '%s\n' "$1" >&2; exit 3; }

[ -f "$here/SHA256SUMS" ] ||
    stop 'wheels/ 里没有 SHA256SUMS。请把 jixiao 的安装包（jixiao-版本-py3-none-any.whl）和一同做出的 SHA256SUMS 放进 wheels/，提交到仓库，见 README。'
sed -nE 's,^([0-9a-f]{64}) [ *](.*/)?jixiao-([^-/]+)-[^/]*\.whl$,jixiao==\3 --hash=sha256:\1,p' \
    "$here/SHA256SUMS" >"$lock"
[ "$(wc -l <"$lock")" -eq 1 ] ||
    stop 'wheels/SHA256SUMS 里应有一行是 jixiao 的安装包，不能没有，也不能有几行。'

python=python3
"$python" -c '' 2>/dev/null || python=python
"$python" -m pip install --no-deps --only-binary :all: --require-hashes -r "$here/../requirements.txt" ||
    stop 'jixiao 用到的软件没有装上，原因见上面。安装软件要走镜像源的，用 PIP_INDEX_URL 写明。'
"$python" -m pip --isolated install --no-deps --only-binary :all: --require-hashes --force-reinstall \
    --no-index --find-links "$wheels" -r "$lock" ||
    stop "jixiao 没有装上：$wheels 里没有与 wheels/SHA256SUMS 相符的安装包。"
