#!/usr/bin/env bash
# Everything that CI runs, on a Debian machine with Rust and Node.js: installs what is missing, then checks, tests and tries the site.
set -euo pipefail
cd "$(dirname "$0")"

say() { printf '\n== %s\n' "$*"; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

need() { # need COMMAND PACKAGE…: installs Debian's packages unless the command is there
  local command=$1; shift
  command -v "$command" >/dev/null && return
  say "installing $*"
  as_root apt-get update -qq
  as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null
  command -v "$command" >/dev/null || { echo "no $command after installing $*" >&2; exit 1; }
}

command -v cargo >/dev/null || { echo "no cargo: install Rust 1.89 or later from your distribution or with rustup" >&2; exit 1; }
command -v node >/dev/null || need node nodejs npm
need chromium chromium fonts-noto-core
need pdftotext poppler-utils
need java default-jre-headless
need strace strace
need python3 python3
need rsync rsync
need git git
need nginx nginx-light
need caddy caddy
need apache2 apache2

say "form"
cargo fmt --check
cargo clippy --locked --all-targets -- -D warnings
RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --quiet

say "tests"
# The same cases in every run, so that a failure is of the change; `cargo test` alone tries new ones each time.
PROPTEST_RNG_SEED=${PROPTEST_RNG_SEED:-257} cargo test --locked

say "the shipped site"
cargo build --locked --release
site=$(mktemp -d)
trap 'rm -rf "$site"' EXIT
./target/release/congkhai build --date 2026-11-23 --base-url https://thu.gov.vn/mot/thu-muc/ --output "$site/public" -q

say "in a real browser"
# Two files at a time, as Node would take one alone on two cores; the large sites are built once for all.
(cd tests/browser && npm ci --silent && SITE="$site/public" LARGE="$site/large" CONGKHAI="$PWD/../../target/release/congkhai" node --test --test-concurrency=2 --test-reporter=spec)

say "in an editor's program"
(cd tests/editor && npm ci --silent && CONGKHAI="$OLDPWD/target/release/congkhai" timeout 300 node --test --test-force-exit --test-reporter=spec)

say "published by its script"
tests/publish/publish.sh target/release/congkhai
tests/publish/previous.py target/release/congkhai

say "by real web servers"
tests/hosting/servers.py target/release/congkhai "$site/public" --base-url https://thu.gov.vn/mot/thu-muc/ --must nginx,caddy,apache2

say "what it is made of"
tests/release/sbom.py --check

say "killed at every moment"
# The rebuild is broken at every call; the others at evenly chosen ones, the same in every run. FULL_SWEEP=1: at every call.
points=80
if [ -n "${FULL_SWEEP:-}" ]; then points=0; fi
build="$PWD/target/release/congkhai build -q --jobs 1 --date 2026-11-23 --output {out} --content $PWD/tests/sites"
# Another site comes over the first, which the guard over publications would refuse: each is held to itself.
for name in kho-nhat day-du; do ${build/\{out\}/$site/$name}/$name; done
kho="$build/kho-nhat --previous $site/kho-nhat" day="$build/day-du --previous $site/day-du"
ours='echo giữ > "{out}/rieng.txt"'
python3 tests/crash/sweep.py --old "$kho" --new "$day" --faults KILL,EIO --prepare "$ours"
python3 tests/crash/sweep.py --old "$kho" --new "$day" --faults ENOSPC+ --max-points $points --prepare "$ours"
python3 tests/crash/sweep.py --new "$day" --max-points $points
python3 tests/crash/sweep.py --old "$day" --new "$kho" --max-points $points --prepare "$ours"

say "with the machine in its way"
python3 tests/crash/mishaps.py target/release/congkhai tests/sites/kho-nhat tests/sites/day-du

say "all passed"
