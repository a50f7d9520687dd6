#!/usr/bin/env bash
# Makes the release binary: the same bytes from the same commit, whatever the folder, user, clock or locale.
# Gives target/release/congkhai, and its hash on standard output. How and why: docs/dev/release.md.
set -euo pipefail
cd "$(dirname "$0")"

# The day of the commit stands for the day of the build, also where there is no git (an archive of the source).
: "${SOURCE_DATE_EPOCH:=$(git log -1 --format=%ct 2>/dev/null || echo 0)}"
export SOURCE_DATE_EPOCH TZ=UTC LC_ALL=C
umask 022

# Paths of this machine would go into the panics' places and so into the hash.
cargo_home=${CARGO_HOME:-$HOME/.cargo}
target=${CARGO_TARGET_DIR:-$PWD/target}
sysroot=$(rustc --print sysroot)
unset RUSTFLAGS
# Parts are divided by 0x1f, so that a blank in a folder's name is no harm.
CARGO_ENCODED_RUSTFLAGS=$(printf '%s\x1f' \
  "--remap-path-prefix=$sysroot=/rust" "--remap-path-prefix=$cargo_home=/cargo" \
  "--remap-path-prefix=$PWD=/congkhai" "--remap-path-prefix=$target=/target")
export CARGO_ENCODED_RUSTFLAGS="${CARGO_ENCODED_RUSTFLAGS%$'\x1f'}"
export CARGO_INCREMENTAL=0

cargo build --locked --release --bin congkhai "$@"
sha256sum "$target/release/congkhai"
# The list of parts, beside it (CycloneDX).
if command -v python3 >/dev/null; then
  python3 tests/release/sbom.py > "$target/release/congkhai.cdx.json"
  sha256sum "$target/release/congkhai.cdx.json"
else
  echo "no python3: congkhai.cdx.json is not made" >&2
fi
