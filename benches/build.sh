#!/usr/bin/env bash
# Times whole builds: wall and CPU seconds, peak memory, five runs and their median. Needs GNU time.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -x /usr/bin/time ] || { echo "no /usr/bin/time: apt-get install time" >&2; exit 1; }
cargo build --release --locked --quiet
[ $# -gt 0 ] || set -- content
for content in "$@"; do
  work=$(mktemp -d)
  for run in 1 2 3 4 5; do
    /usr/bin/time -f '%e %U %S %M' -a -o "$work/times" \
      ./target/release/congkhai build -q --date 2026-11-23 --content "$content" --output "$work/public-$run"
  done
  echo "$content: $(find "$work/public-1" -type f | wc -l) files, $(du -sk "$work/public-1" | cut -f1) KiB"
  awk '{printf "  wall %.2f s  cpu %.2f s  peak %.0f MiB\n", $1, $2 + $3, $4 / 1024}' "$work/times"
  sort -n "$work/times" | awk 'NR == 3 {printf "  median wall %.2f s, cpu %.2f s, peak %.0f MiB\n", $1, $2 + $3, $4 / 1024}'
  rm -rf "$work"
done
