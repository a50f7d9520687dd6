#!/usr/bin/env bash
# Mọi việc tự động gọi tệp này: GitHub Actions, GitLab CI, máy chủ riêng. Chạy thử được trên máy mình.
#
#   bash xuat-ban.sh tai         tải congkhai về .congkhai/, chỉ nhận đúng tệp có mã SHA-256 đã ghi
#   bash xuat-ban.sh kiem-tra    kiểm tra nội dung, ghi bản tóm tắt vào tom-tat.md
#   bash xuat-ban.sh dung        kiểm tra rồi dựng trang vào public/
#   bash xuat-ban.sh dang        dựng rồi đưa lên TRANG_DICH; còn một lỗi thì không gì được đăng
#
# Biến:
#   CONGKHAI_URL, CONGKHAI_SHA256   nơi tải chương trình và mã của nó (cho lệnh tai)
#   CONGKHAI          chương trình đã có sẵn; không ghi thì dùng .congkhai/congkhai, rồi congkhai trong PATH
#   CONGKHAI_THAM_SO  chữ thêm vào lệnh dựng, ví dụ --strict
#   TRANG_TRUOC       địa chỉ trang đang đăng, để máy dừng khi điều đã đăng lặng lẽ mất đi; lần đăng đầu tiên thì để trống
#   TRANG_DICH        nơi đăng: nguoi-dung@may-chu:/srv/trang hoặc một thư mục của máy này
#   TRANG_SSH_KEY, TRANG_KNOWN_HOSTS  khóa riêng để đăng, và dòng known_hosts của máy chủ (chữ, không phải tên tệp)
#   TRANG_SSH         lệnh ssh, nếu không dùng lệnh thường
#   TRANG_GIU         giữ bao nhiêu bản gần nhất trên máy chủ (5)
#   CONGKHAI_KEY      nội dung tệp khóa bí mật do `congkhai key new` tạo ra, để ký trang (bí mật của kho, không bao giờ ghi vào tệp trong kho)
#   TRANG_PHAI_KY     ghi 1 khi trang đã ký: thiếu khóa hay thiếu chữ ký thì không đăng
#   TRANG_SO_VOI      so với bản nào của kho để tóm tắt thay đổi, ví dụ origin/main
#
# Trên máy chủ: TRANG_DICH/ban/<mã> là từng bản, TRANG_DICH/hien-tai dẫn tới bản đang đăng; máy chủ web đọc hien-tai.
# Bản mới được chép vào chỗ riêng, đối chiếu từng tệp, rồi mới đổi hien-tai trong một bước: đứt mạng giữa chừng thì người đọc vẫn
# thấy nguyên bản cũ. Muốn về bản trước: đổi hien-tai.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
umask 022
export LC_ALL=C.UTF-8

loi() { printf 'xuat-ban: %s\n' "$*" >&2; exit 3; }
noi() { printf 'xuat-ban: %s\n' "$*" >&2; }

congkhai() {
  if [ -n "${CONGKHAI:-}" ]; then "$CONGKHAI" "$@"
  elif [ -x .congkhai/congkhai ]; then ./.congkhai/congkhai "$@"
  else command congkhai "$@"; fi
}

tai() {
  : "${CONGKHAI_URL:?ghi địa chỉ tải congkhai vào biến CONGKHAI_URL}"
  [[ "${CONGKHAI_SHA256:-}" =~ ^[0-9a-f]{64}$ ]] || loi "ghi mã SHA-256 (64 chữ số, chữ a–f) của congkhai vào biến CONGKHAI_SHA256"
  mkdir -p .congkhai
  curl --fail --silent --show-error --location --proto '=https,file' --retry 3 --output .congkhai/moi -- "$CONGKHAI_URL"
  if ! printf '%s  .congkhai/moi\n' "$CONGKHAI_SHA256" | sha256sum --check --quiet --strict -; then
    rm -f .congkhai/moi
    loi "tệp tải về không đúng mã CONGKHAI_SHA256; không dùng"
  fi
  chmod 755 .congkhai/moi
  mv .congkhai/moi .congkhai/congkhai
  congkhai --version
}

# Cái gì đổi so với bản TRANG_SO_VOI: từng bản ghi nếu congkhai biết so, nếu không thì từng tệp.
thay_doi() {
  local truoc=${TRANG_SO_VOI:-}
  [ -n "$truoc" ] || return 0
  git rev-parse --quiet --verify "$truoc^{commit}" >/dev/null 2>&1 || { echo "Không có bản \`$truoc\` để so."; return 0; }
  # Từ chỗ hai nhánh tách ra, để chỉ kể việc của nhánh này. Chương trình không so được thì kể theo tệp.
  local goc
  goc=$(git merge-base "$truoc" HEAD) || goc=$truoc
  congkhai diff "git:$goc" git:HEAD --content content --format markdown 2>/dev/null && return 0
  local tep
  tep=$(git -c core.quotePath=false diff --name-status --no-renames "$truoc...HEAD" -- content | sed -n '1,500p')
  [ -n "$tep" ] || { echo "Không có bản ghi nào đổi."; return 0; }
  echo "$tep" | while IFS=$'\t' read -r loai ten; do
    case $loai in A) loai=thêm ;; D) loai=bỏ ;; *) loai=sửa ;; esac
    # Tên tệp do người gửi đặt: không để dấu nháy trong tên thành mã của bản tóm tắt.
    # shellcheck disable=SC2016 # dấu nháy của Markdown
    printf -- '- %s `%s`\n' "$loai" "${ten//\`/}"
  done
}

kiem_tra() {
  local dang=text ma=0
  [ "${GITHUB_ACTIONS:-}" = true ] && dang=github
  # Chú thích từng dòng cho GitHub; nơi khác là chữ cho người đọc. GitLab đọc chú thích từ một tệp.
  congkhai check --format "$dang" || ma=$?
  if [ "${GITLAB_CI:-}" = true ]; then congkhai check --format gitlab > gl-code-quality-report.json || true; fi
  {
    echo "## Kiểm tra nội dung"
    echo
    if [ "$ma" = 0 ]; then echo "Đạt."; else echo "**Chưa đạt: không gì được đăng.**"; fi
    echo
    # Bốn dấu nháy: chữ trong nội dung không đóng được khối.
    echo '````text'
    # shellcheck disable=SC2016 # dấu nháy của Markdown, không phải của bash
    (congkhai check --format text 2>&1 || true) | sed -n 's/````/` ` ` `/g; 1,300p'
    echo '````'
    echo
    echo "## Thay đổi"
    echo
    thay_doi
  } > tom-tat.md
  if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then cat tom-tat.md >> "$GITHUB_STEP_SUMMARY"; fi
  return "$ma"
}

dung() {
  # shellcheck disable=SC2086 # chia thành nhiều chữ là cố ý
  congkhai build ${TRANG_TRUOC:+--previous "$TRANG_TRUOC"} ${CONGKHAI_THAM_SO:-}
  # Chữ ký có thật và đúng với mọi tệp hay không, chứ không chỉ là có khóa.
  case ${TRANG_PHAI_KY:-} in
    '' | 0) ;;
    1) congkhai verify public || loi "TRANG_PHAI_KY=1 mà trang chưa được ký đúng; không đăng. Khóa ghi ở biến CONGKHAI_KEY" ;;
    *) loi "TRANG_PHAI_KY phải là 1, hoặc để trống" ;;
  esac
}

# Mã của cả bản: mọi tệp, mã từng tệp. Tên bản trên máy chủ lấy từ đây, nên bản giống hệt thì không chép lại.
danh_sach() { (cd public && find . -type f ! -path './.git/*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum --); }

dang() {
  : "${TRANG_DICH:?ghi nơi đăng vào biến TRANG_DICH}"
  local giu=${TRANG_GIU:-5}
  [[ "$giu" =~ ^[1-9][0-9]*$ ]] || loi "TRANG_GIU phải là một số từ 1"
  dung
  if [ ! -f public/index.html ] || [ ! -f public/phien-ban.json ]; then loi "public/ không phải một trang dựng xong; không đăng"; fi

  tam=$(mktemp -d)
  trap 'rm -rf "$tam"' EXIT
  danh_sach > "$tam/ma"
  local ban
  ban=$(sha256sum < "$tam/ma" | cut -c1-16)

  local may='' thu_muc=$TRANG_DICH
  if [[ "$TRANG_DICH" =~ ^([A-Za-z0-9_.@-]+|[A-Za-z0-9_.-]+@\[[0-9a-fA-F:]+\]):(/.*)$ ]]; then
    may=${BASH_REMATCH[1]} thu_muc=${BASH_REMATCH[2]}
  fi
  # Đường dẫn này vào lệnh chạy ở máy chủ: chỉ nhận chữ không có nghĩa gì khác ở đó.
  [[ "$thu_muc" =~ ^/[A-Za-z0-9/_.-]+$ ]] || loi "TRANG_DICH phải là đường dẫn đầy đủ, chỉ gồm chữ cái, chữ số và / _ . -"
  [[ "$may" != -* ]] || loi "TRANG_DICH không hợp lệ"
  local ssh=${TRANG_SSH:-ssh -o BatchMode=yes -o StrictHostKeyChecking=yes}
  if [ -n "$may" ] && [ -n "${TRANG_SSH_KEY:-}" ]; then
    (umask 077; printf '%s\n' "$TRANG_SSH_KEY" > "$tam/khoa"; printf '%s\n' "${TRANG_KNOWN_HOSTS:-}" > "$tam/may")
    ssh="$ssh -i $tam/khoa -o IdentitiesOnly=yes -o UserKnownHostsFile=$tam/may"
  fi
  o_do() { # o_do LỆNH: chạy ở nơi đăng
    if [ -n "$may" ]; then
      # shellcheck disable=SC2086
      $ssh "$may" "set -eu; $1"
    else
      sh -c "set -eu; $1"
    fi
  }
  local toi="$thu_muc/ban/$ban/"
  [ -z "$may" ] || toi="$may:$toi"

  local cu
  cu=$(o_do "mkdir -p '$thu_muc/ban'; readlink '$thu_muc/hien-tai' || true")
  # Tệp giống bản cũ thì nối cứng, không chép lại và giữ giờ cũ, để trình duyệt khỏi tải lại.
  rsync -rlc --chmod=D755,F644 --delete --exclude=/.git --rsh="$ssh" \
    ${cu:+--link-dest="$thu_muc/$cu"} public/ "$toi"
  # Đối chiếu từng tệp ở nơi đăng, đếm cả tệp thừa, rồi mới đổi.
  o_do "cd '$thu_muc/ban/$ban'; sha256sum --check --quiet --strict -; [ \$(find . -type f | wc -l) = $(wc -l < "$tam/ma") ]" < "$tam/ma" \
    || loi "bản chép lên không giống bản dựng; trang đang đăng vẫn nguyên"
  if [ "$cu" = "ban/$ban" ]; then
    noi "không có gì đổi, trang đang đăng đã đúng bản $ban"
    return 0
  fi
  o_do "cd '$thu_muc'; touch 'ban/$ban'; ln -sfn 'ban/$ban' hien-tai.moi; mv -T hien-tai.moi hien-tai"
  noi "đã đăng bản $ban"
  # Dọn bản cũ, không bao giờ dọn bản đang đăng.
  o_do "cd '$thu_muc/ban'; ls -1t | tail -n +$((giu + 1)) | while read -r x; do [ \"\$x\" = '$ban' ] || rm -rf -- \"./\$x\"; done" \
    || noi "đã đăng, nhưng chưa dọn được các bản cũ"
}

case ${1:-} in
  tai) tai ;;
  kiem-tra) kiem_tra ;;
  dung) dung ;;
  dang) dang ;;
  *) sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]##*/}" >&2; exit 2 ;;
esac
