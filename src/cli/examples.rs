//! What help teaches by example: for every command some lines that can be typed as they stand. A test reads each.

use super::Lang;

/// A line to type, and what it does in Vietnamese and English.
pub(super) type Example = (&'static str, &'static str, &'static str);

/// The examples of every command; those under the empty name stand in the help of congkhai itself.
pub(super) const EXAMPLES: &[(&str, &[Example])] = &[
    (
        "",
        &[
            ("congkhai init trang-moi", "tạo trang mới cho một cơ quan", "make a new agency's site"),
            ("congkhai new thu-tuc 1.014888", "tạo tệp của một thủ tục", "make the file of a procedure"),
            ("congkhai check", "xem nội dung sai ở đâu, sửa thế nào", "see what is wrong and how to mend it"),
            ("congkhai build", "dựng trang vào public/", "make the site in public/"),
        ],
    ),
    (
        "build",
        &[
            (
                "congkhai build",
                "kiểm tra nội dung trong content/ rồi dựng trang vào public/",
                "check content/ and make public/",
            ),
            (
                "congkhai build --date 2026-12-31 --output thu",
                "dựng như thể hôm nay là 31/12/2026, vào thư mục thu/",
                "make the site as of 31 December 2026, in thu/",
            ),
            (
                "congkhai build --strict",
                "còn cảnh báo thì không dựng",
                "make nothing while there are warnings",
            ),
            (
                "congkhai build --previous https://mau.gov.vn/ --write-lock",
                "so với trang đang đăng, rồi ghi mọi địa chỉ vào permalinks.lock",
                "hold the site to the published one, then write down every address",
            ),
        ],
    ),
    (
        "check",
        &[
            (
                "congkhai check",
                "kể mọi lỗi và cảnh báo, mỗi chỗ có cách sửa",
                "tell every fault and how to mend it",
            ),
            (
                "congkhai check --fix --dry-run",
                "cho xem máy sẽ tự sửa gì, không ghi vào tệp",
                "show what would be repaired, write nothing",
            ),
            (
                "congkhai check --fix",
                "tự sửa chỗ chỉ có một cách sửa đúng, rồi kiểm tra lại",
                "repair, then check",
            ),
            (
                "congkhai check --format github --strict",
                "dùng trong GitHub Actions: cảnh báo cũng là lỗi",
                "in GitHub Actions: warnings fail",
            ),
        ],
    ),
    (
        "print",
        &[
            (
                "congkhai print --decision 949/QĐ-UBND",
                "các tờ phải treo sau một quyết định, và những tờ phải gỡ",
                "what to hang after a decision, and what to take down",
            ),
            (
                "congkhai print --field so-huu-tri-tue --notice",
                "cả tập của một lĩnh vực và thông báo tiếp nhận phản ánh",
                "the folder of a field, and the notice on petitions",
            ),
        ],
    ),
    (
        "import",
        &[
            (
                "congkhai import danh-sach.xlsx --dry-run",
                "xem máy hiểu bảng thế nào, tệp nào sẽ đổi; chưa ghi gì",
                "see what is understood and what would change",
            ),
            (
                "congkhai import danh-sach.xlsx",
                "nhập bảng; ô nào không hiểu đều được kể ra",
                "import; every cell that is not understood is listed",
            ),
            (
                "congkhai import quyet-dinh-949.docx --decision 949/QĐ-UBND",
                "nhập các bảng thủ tục trong tệp Word của quyết định 949/QĐ-UBND",
                "take in the tables of a decision",
            ),
        ],
    ),
    (
        "export",
        &[
            (
                "congkhai export --output noi-dung.xlsx",
                "mọi bản ghi vào một tệp Excel, mỗi loại một trang tính",
                "all records in one workbook",
            ),
            (
                "congkhai export thu-tuc --output thu-tuc.xlsx",
                "chỉ các thủ tục; sửa trong Excel rồi nhập lại bằng congkhai import",
                "the procedures only",
            ),
            (
                "congkhai export van-ban --format csv --output bang",
                "danh mục văn bản dạng CSV vào thư mục bang/",
                "the legal texts as CSV",
            ),
        ],
    ),
    (
        "todo",
        &[
            ("congkhai todo", "việc cần làm, gấp nhất trước", "what to do, most urgent first"),
            (
                "congkhai todo --unit so-khcn --format ics > viec.ics",
                "việc của một đơn vị, để mở bằng lịch trên điện thoại",
                "what one unit has to do, for the calendar of a phone",
            ),
        ],
    ),
    (
        "serve",
        &[
            (
                "congkhai serve --open",
                "mở trang xem thử trong trình duyệt; lưu tệp là trang đổi theo",
                "open the preview in the browser; it follows every save",
            ),
            (
                "congkhai serve --date 2026-03-01 --port 8300",
                "xem trang như vào một ngày khác, ở cổng đã chọn",
                "the site as of another day, at a chosen port",
            ),
        ],
    ),
    (
        "init",
        &[
            (
                "congkhai init trang-moi",
                "hỏi tên, địa chỉ cơ quan rồi tạo trang trong trang-moi/",
                "ask, then make a site",
            ),
            (
                "congkhai init trang-moi --name \"Sở Mẫu\" --address \"Số 1\" --base-url https://mau.gov.vn/",
                "không hỏi gì",
                "ask nothing",
            ),
        ],
    ),
    (
        "diff",
        &[
            (
                "congkhai diff git:HEAD content",
                "những gì đã sửa mà chưa lưu vào git",
                "what was changed since the last commit",
            ),
            (
                "congkhai diff git:main git:HEAD --format markdown",
                "bản này đổi gì so với nhánh main, để dán vào yêu cầu duyệt",
                "what a branch changes, for its pull request",
            ),
            (
                "congkhai diff phien-ban-cu.json public",
                "những trang có thêm, mất đi, thay đổi giữa hai lần đăng",
                "pages that came, went or changed between two publications",
            ),
        ],
    ),
    (
        "key",
        &[
            (
                "congkhai key new ~/khoa-cong-khai",
                "tạo khóa bí mật trong tệp khoa-cong-khai ở thư mục riêng, in khóa công khai",
                "make a private key in a file of your own, print the public one",
            ),
            (
                "congkhai key show ~/khoa-cong-khai",
                "in lại khóa công khai và vân tay",
                "print the public key and its fingerprint again",
            ),
        ],
    ),
    (
        "verify",
        &[
            (
                "congkhai verify public",
                "kiểm cả trang trong thư mục public/",
                "check the whole site in public/",
            ),
            (
                "congkhai verify https://mau.gov.vn/thu-tuc/1.014888/",
                "tải một trang từ mạng rồi kiểm",
                "fetch a page and check it",
            ),
            (
                "congkhai verify to-niem-yet.html --site https://mau.gov.vn/ --fingerprint \"3f2a 91c4 5d6e 7f80 1122 3344 5566 7788\"",
                "kiểm một tệp đã tải về, theo vân tay khóa in trên tờ niêm yết",
                "check a saved file by the fingerprint printed on a sheet",
            ),
        ],
    ),
    (
        "hosting",
        &[(
            "congkhai hosting may-chu --base-url https://mau.gov.vn/cong-khai/",
            "ghi thiết đặt cho nginx, Caddy, Apache, Cloudflare Pages vào may-chu/",
            "write the settings of nginx, Caddy, Apache and Cloudflare Pages into may-chu/",
        )],
    ),
    (
        "explain",
        &[
            (
                "congkhai explain CK0301",
                "vì sao mã thủ tục bị báo sai, viết thế nào cho đúng",
                "explain one rule",
            ),
            ("congkhai explain", "liệt kê mọi quy tắc", "list all rules"),
        ],
    ),
    (
        "schema",
        &[
            ("congkhai schema thu-tuc", "in lược đồ của thủ tục", "print the schema of procedures"),
            (
                "congkhai schema --all .vscode/congkhai",
                "ghi lược đồ của mọi loại cho VS Code",
                "write the schemas of all kinds for VS Code",
            ),
        ],
    ),
    (
        "completions",
        &[(
            "congkhai completions bash",
            "in mã gợi ý lệnh cho bash; ghi vào ~/.local/share/bash-completion/completions/congkhai",
            "print completions for bash",
        )],
    ),
    (
        "handbook",
        &[(
            "congkhai handbook so-tay",
            "ghi hướng dẫn vào so-tay/; mở so-tay/index.html bằng trình duyệt",
            "write the handbook into so-tay/",
        )],
    ),
    (
        "man",
        &[(
            "congkhai man trang-huong-dan",
            "ghi các trang man vào thư mục trang-huong-dan/",
            "write the man pages",
        )],
    ),
];

/// The examples of a command as they stand below its help.
pub(super) fn text(command: &str, lang: Lang) -> Option<String> {
    let (_, examples) = EXAMPLES.iter().find(|(name, _)| *name == command)?;
    let mut text = format!("{}:\n", lang.pick("Ví dụ", "Examples"));
    for (line, vi, en) in *examples {
        text.push_str(&format!("  {line}\n      {}\n", lang.pick(vi, en)));
    }
    Some(text.trim_end().to_owned())
}
