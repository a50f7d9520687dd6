#!/usr/bin/env bash
# Runs the publishing script that `congkhai init` makes, step by step as the workflows call it, against a folder of this machine
# by way of a false ssh that runs here what it is given for the server. Needs rsync and git.
#   tests/publish/publish.sh CONGKHAI
set -uo pipefail
program=$(realpath "$1")
box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT
passed=0 failed=0
ok() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); echo "FAILED: $*"; sed 's/^/    /' "$box/said" | tail -20; }
expect() { # expect STATUS NAME COMMAND…
  local wanted=$1 name=$2 status=0
  shift 2
  "$@" > "$box/said" 2>&1 || status=$?
  if [ "$status" = "$wanted" ]; then ok; else bad "$name: status $status, not $wanted"; fi
}
holds() { if "${@:2}" > "$box/held" 2>&1; then ok; else bad "$1"; fi; }

cat > "$box/ssh" <<END
#!/bin/sh
while [ "\${1#-}" != "\$1" ]; do shift 2; done
echo "\$1" >> $box/hosts
shift
if [ -f $box/broken ]; then exit 255; fi
exec sh -c "\$*"
END
chmod +x "$box/ssh"
export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@thu.example GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@thu.example
unset GITHUB_ACTIONS GITHUB_STEP_SUMMARY CI CONGKHAI TRANG_SSH_KEY SOURCE_DATE_EPOCH
export PATH="$box/bin:$PATH" TRANG_SSH="$box/ssh" CONGKHAI_THAM_SO="--date 2026-11-23 -q"
export TRANG_DICH="dang@may-chu.thu.example:$box/srv/trang"

expect 0 "a new site" "$program" init "$box/kho" --name "Sở Thử" --address "Số 1" --base-url https://thu.tinh-mau.gov.vn/ --date 2026-11-23
cd "$box/kho" || exit 1
git init -q -b main . && git add -A && git commit -qm một
run() { bash xuat-ban.sh "$@"; }
live() { cat "$box/srv/trang/hien-tai/$1"; }

# The program: fetched, and only with the right hash.
expect 3 "no hash" env CONGKHAI_URL="file://$program" bash xuat-ban.sh tai
expect 3 "a wrong hash" env CONGKHAI_URL="file://$program" CONGKHAI_SHA256="$(printf 0%.0s {1..64})" bash xuat-ban.sh tai
holds "nothing is left of a wrong program" test ! -e .congkhai/congkhai -a ! -e .congkhai/moi
expect 0 "the right hash" env CONGKHAI_URL="file://$program" CONGKHAI_SHA256="$(sha256sum < "$program" | cut -c1-64)" bash xuat-ban.sh tai
holds "what was fetched is no part of the repository" test -z "$(git status --porcelain)"
expect 2 "no word" run
holds "the help tells the commands" grep -q "xuat-ban.sh dang" "$box/said"

# Publishing, the second time without a change, then with one.
expect 0 "publishing" run dang
holds "the site is there" live index.html
holds "and is what was built" diff -r --no-dereference public "$box/srv/trang/hien-tai/"
holds "the host was asked" grep -qx "dang@may-chu.thu.example" "$box/hosts"
first=$(readlink "$box/srv/trang/hien-tai")
holds "everybody may read it" test -z "$(find "$box/srv/trang/hien-tai/" ! -perm -o=r -print -quit)"
expect 0 "publishing again" run dang
holds "nothing changed" grep -q "không có gì đổi" "$box/said"
inode=$(stat -c %i "$box/srv/trang/hien-tai/robots.txt")
sed -i 's/^ten: .*/ten: Sở Thử Hai/' content/trang.yaml
expect 0 "a change" run dang
holds "the change is there" grep -q "Sở Thử Hai" "$box/srv/trang/hien-tai/index.html"
holds "what is the same was not sent again" test "$inode" = "$(stat -c %i "$box/srv/trang/hien-tai/robots.txt")"
holds "the version before is kept" test -d "$box/srv/trang/$first" -a "$first" != "$(readlink "$box/srv/trang/hien-tai")"

# Whatever fails, the site that is published stays.
now=$(readlink "$box/srv/trang/hien-tai")
still() { holds "$1: the published site stays" test "$now" = "$(readlink "$box/srv/trang/hien-tai")" -a -s "$box/srv/trang/hien-tai/index.html"; }
printf 'ma: 12\nten: Sai\n' > content/thu-tuc/sai.yaml
expect 1 "wrong content" run dang
still "wrong content"
GITHUB_ACTIONS=true GITHUB_STEP_SUMMARY="$box/summary" expect 1 "a check of wrong content" run kiem-tra
holds "the fault stands at its line" grep -q '^::error file=content/thu-tuc/sai.yaml,line=1' "$box/said"
holds "the summary says so" grep -q "Chưa đạt" "$box/summary"
rm content/thu-tuc/sai.yaml
sed -i 's/^ten: .*/ten: Sở Thử Ba/' content/trang.yaml
touch "$box/broken"
expect 255 "no way to the server" run dang
still "no way to the server"
rm "$box/broken"
mkdir -p "$box/bin"
for fault in "exit 12" "$(command -v rsync) \"\$@\" || exit; find $box/srv/trang/ban -name robots.txt -newer $box/bin/mark -exec truncate -s 3 {} +" \
  "$(command -v rsync) \"\$@\" || exit; for b in $box/srv/trang/ban/*; do [ \"\$b\" = \"$box/srv/trang/$now\" ] || [ \"\$b\" = \"$box/srv/trang/$first\" ] || echo x > \"\$b/la.txt\"; done"; do
  touch "$box/bin/mark"
  printf '#!/bin/sh\n%s\n' "$fault" > "$box/bin/rsync"
  chmod +x "$box/bin/rsync"
  sed -i "s/^mo_ta: .*//; s/^ten: .*/ten: Sở Thử $RANDOM/" content/trang.yaml
  # A page of each build is new, so that something is there to be broken.
  sed -i "s#^dia_chi_trang: .*#dia_chi_trang: https://thu$RANDOM.tinh-mau.gov.vn/#" content/trang.yaml
  if [ "$fault" = "exit 12" ]; then expect 12 "a copy that broke off" run dang; else expect 3 "a copy that is wrong" run dang; fi
  still "a broken copy"
done
rm "$box/bin/rsync"
expect 0 "the next run heals" run dang
holds "and is what was built" diff -r --no-dereference public "$box/srv/trang/hien-tai/"
for number in 1 2 3; do
  sed -i "s/^ten: .*/ten: Sở Thử lần $number/" content/trang.yaml
  TRANG_GIU=2 expect 0 "keeping two" run dang
done
holds "two versions are kept" test "$(find "$box/srv/trang/ban" -mindepth 1 -maxdepth 1 | wc -l)" = 2
holds "one of them is the published one" test -s "$box/srv/trang/hien-tai/index.html"

# Where to: no word of the address may become a command of the server's.
for to in "" "relative/folder" "host:relative" "host:/srv/\$(touch $box/pwned)" "-oProxyCommand=touch:/srv/x" "host:/srv/a b" "host:/srv/'x"; do
  TRANG_DICH=$to bash xuat-ban.sh dang > "$box/said" 2>&1 && bad "TRANG_DICH=$to was taken" || ok
done
holds "and nothing ran" test ! -e "$box/pwned"
TRANG_DICH="$box/srv/day" expect 0 "a folder of this machine" run dang
holds "without ssh" test -s "$box/srv/day/hien-tai/index.html"

# The key stands in a file of its own during the run, and nowhere later.
cat > "$box/ssh-key" <<END
#!/bin/sh
while [ "\${1#-}" != "\$1" ]; do [ "\$1" = -i ] && cp -p "\$2" $box/seen-key; shift 2; done
shift
exec sh -c "\$*"
END
chmod +x "$box/ssh-key"
TRANG_SSH="$box/ssh-key" TRANG_SSH_KEY="BEGIN bí mật" expect 0 "with a key" run dang
holds "the key was given, to its owner alone" test "$(cat "$box/seen-key")" = "BEGIN bí mật" -a "$(stat -c %a "$box/seen-key")" = 600
holds "the key is in no output and no file" sh -c "! grep -rq 'BEGIN bí mật' '$box/said' '$box/kho' '$box/srv'"

# A site that must be signed is published signed or not at all.
TRANG_PHAI_KY=1 expect 3 "no signature" run dang
holds "and says why" grep -q "chưa được ký đúng" "$box/said"
TRANG_PHAI_KY=có expect 3 "a word that means nothing" run dang
expect 0 "a key" "$program" key new "$box/khoa-ky" --name thu
printf '\nkhoa_cong_khai:\n  - khoa: %s\n    tu: 2026-01-01\n' "$("$program" key show "$box/khoa-ky" | head -n1)" >> content/trang.yaml
now=$(readlink "$box/srv/trang/hien-tai")
TRANG_PHAI_KY=1 expect 3 "a key that is named but not given" run dang
still "no key"
CONGKHAI_KEY=$(cat "$box/khoa-ky") TRANG_PHAI_KY=1 expect 0 "a signed site" run dang
holds "has its signature" live chu-ky.txt
secret=$(grep -o 'PRIVATE+KEY+[^ ]*' "$box/khoa-ky")
holds "the key has a secret" test -n "$secret"
holds "the signing key is in no output and no file" sh -c "! grep -rqF '$secret' '$box/said' '$box/kho' '$box/srv'"

# GitLab shows the findings on the merge request.
printf 'ma: 12\nten: Sai\n' > content/thu-tuc/sai.yaml
GITLAB_CI=true expect 1 "a check of wrong content at GitLab" run kiem-tra
holds "the report names the file" grep -q '"path": "content/thu-tuc/sai.yaml"' gl-code-quality-report.json
rm content/thu-tuc/sai.yaml

# The summary of what would change.
git checkout -q -- content && git checkout -q -b de-xuat
cp content/bai-viet/*/*.md "$box/bai.md" 2>/dev/null
new=$(find content/thu-tuc -name '*.yaml' | head -n1)
sed 's/^ten: .*/ten: Thủ tục đã đổi tên/' "$new" > "$box/x" && cp "$box/x" "$new"
git commit -qam hai
GITHUB_STEP_SUMMARY="$box/summary2" TRANG_SO_VOI=main expect 0 "a summary" run kiem-tra
holds "names what changed" grep -q "$(basename "$new" .yaml)" "$box/summary2"
TRANG_SO_VOI=khong-co expect 0 "no base to compare with" run kiem-tra
holds "and says so" grep -q "Không có bản" tom-tat.md

echo "publish: $passed passed, $failed failed"
[ "$failed" = 0 ]
