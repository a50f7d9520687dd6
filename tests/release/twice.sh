#!/usr/bin/env bash
# Builds the release of one commit twice, in two folders with names of different length, another TZ, locale and umask, and
# compares the bytes. Two cold builds cost about ten minutes of two cores, so CI does not run this: a release does.
#   tests/release/twice.sh [WORKFOLDER]
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=${1:-$(mktemp -d)}
mkdir -p "$work"
commit=$(git -C "$root" rev-parse HEAD)
epoch=$(git -C "$root" log -1 --format=%ct)

once() { # once FOLDER TZ LOCALE UMASK
  rm -rf "$1" && mkdir -p "$1"
  git -C "$root" archive "$commit" | tar -x -C "$1"
  (umask "$4"; cd "$1"; env -u CARGO_TARGET_DIR TZ="$2" LANG="$3" SOURCE_DATE_EPOCH="$epoch" ./release.sh --quiet)
}

once "$work/a" America/Los_Angeles C 077
once "$work/một thư mục khác, tên dài hơn" Asia/Ho_Chi_Minh vi_VN.UTF-8 022
for file in congkhai congkhai.cdx.json; do
  cmp "$work/a/target/release/$file" "$work/một thư mục khác, tên dài hơn/target/release/$file" || { echo "$file differs" >&2; exit 1; }
done
echo "the same bytes twice"
