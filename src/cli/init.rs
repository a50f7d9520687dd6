//! `congkhai init DIR`: a new agency's site that builds and passes `check --strict` at once.

use std::collections::BTreeMap;
use std::io::{BufRead, IsTerminal};
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::{Exit, Lang, hosting, run, schema};
use crate::at;
use crate::base::date::Date;
use crate::base::diagnostic::Pointer;
use crate::base::path::SitePath;
use crate::edit::{Document, Edit, EditFault};
use crate::inputs::FileKind;
use crate::parse::kinds::KINDS;
use crate::record::scalar::{Scalar, WebAddress};
use crate::write::{NotMade, create_file, is_free};

/// What every new site starts from.
static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/starter");

/// What is told of the agency.
#[derive(Debug, Default)]
pub struct Agency {
    /// The folder of the new site.
    pub dir: PathBuf,
    /// The agency's name.
    pub name: Option<String>,
    /// The agency above it.
    pub parent: Option<String>,
    /// The address of its office.
    pub address: Option<String>,
    /// The address of the site.
    pub base_url: Option<String>,
    /// The day, if it was given.
    pub date: Option<Date>,
}

/// Runs the command.
pub fn run(agency: &Agency, lang: Lang) -> Exit {
    let dir = &agency.dir;
    match is_free(dir) {
        Ok(true) => {}
        Ok(false) => {
            let dir = dir.display();
            match lang {
                Lang::Vi => {
                    complain!("congkhai: `{dir}` đã có tệp, không ghi vào; chọn một thư mục mới hoặc rỗng")
                }
                Lang::En => complain!(
                    "congkhai: `{dir}` is not empty and is left alone; choose a new or empty folder"
                ),
            }
            return Exit::Usage;
        }
        Err(words) => {
            complain!("congkhai: {}", lang.of(&words));
            return Exit::Machine;
        }
    }
    let told = match ask(agency, lang) {
        Ok(told) => told,
        Err(words) => {
            complain!("congkhai: {words}");
            return Exit::Usage;
        }
    };
    let today = match agency.date {
        Some(date) => date,
        None => run::today(),
    };
    for (path, text) in files(&told, today) {
        match create_file(&dir.join(path), text.as_bytes()) {
            Ok(()) => {}
            Err(NotMade::Exists(path)) => {
                complain!("congkhai: {}: {}", path.display(), lang.pick("đã có sẵn", "is there already"));
                return Exit::Machine;
            }
            Err(NotMade::Refused(words)) => {
                complain!("congkhai: {}", lang.of(&words));
                return Exit::Machine;
            }
        }
    }
    let shown = dir.display();
    match lang {
        Lang::Vi => complain!(
            "Đã tạo trang mới trong {shown}.\nTiếp theo: cd {shown}, chạy `congkhai build`, mở public/index.html; rồi đọc README.md và thay dữ liệu minh họa."
        ),
        Lang::En => complain!(
            "Made a new site in {shown}.\nNext: cd {shown}, run `congkhai build`, open public/index.html; then read README.md and replace the illustrative records."
        ),
    }
    Exit::Done
}

/// What must be known of an agency.
struct Told {
    name: String,
    parent: Option<String>,
    address: String,
    base_url: String,
}

/// What the flags leave out is asked for: on a terminal, or by whatever writes the answers, a line each. A command that
/// has all it must know never waits for more unless a person sits there.
fn ask(agency: &Agency, lang: Lang) -> Result<Told, String> {
    let lacks = |given: &Option<String>| given.as_ref().is_none_or(|text| text.trim().is_empty());
    let asks = std::io::stdin().is_terminal()
        || [&agency.name, &agency.address, &agency.base_url].into_iter().any(lacks);
    let mut lines = std::io::stdin().lock().lines();
    let mut want = |given: &Option<String>, flag: &str, vi: &str, en: &str, must: bool| {
        if let Some(given) = given.as_ref().map(|text| text.trim()).filter(|text| !text.is_empty()) {
            return Ok(Some(given.to_owned()));
        }
        if asks {
            loop {
                complain!(raw format!("{}: ", lang.pick(vi, en)));
                let Some(Ok(line)) = lines.next() else {
                    complain!("");
                    break;
                };
                match line.trim() {
                    "" if must => {}
                    "" => return Ok(None),
                    // Who has typed three answers must not begin again for a slip in the fourth.
                    answer if flag == "base-url" => match site_address(answer, lang) {
                        Ok(address) => return Ok(Some(address)),
                        Err(words) => complain!("  {words}"),
                    },
                    answer => return Ok(Some(answer.to_owned())),
                }
            }
        }
        match (must, lang) {
            (false, _) => Ok(None),
            (true, Lang::Vi) => Err(format!("thiếu --{flag}: {vi}")),
            (true, Lang::En) => Err(format!("--{flag} is missing: {en}")),
        }
    };
    let name = want(&agency.name, "name", "Tên cơ quan", "Name of the agency", true)?;
    let parent = want(
        &agency.parent,
        "parent",
        "Cơ quan cấp trên (không có thì Enter)",
        "Agency above it (or nothing)",
        false,
    )?;
    let address = want(&agency.address, "address", "Địa chỉ trụ sở", "Address of its office", true)?;
    let base_url = want(
        &agency.base_url,
        "base-url",
        "Địa chỉ của trang trên mạng, bắt đầu bằng https://",
        "Address of the site, starting with https://",
        true,
    )?;
    let base_url = site_address(&base_url.unwrap_or_default(), lang)?;
    Ok(Told { name: name.unwrap_or_default(), parent, address: address.unwrap_or_default(), base_url })
}

/// The address of the site with the slash at its end, or what is wrong with it.
fn site_address(typed: &str, lang: Lang) -> Result<String, String> {
    let mut address = typed.to_owned();
    if !address.ends_with('/') {
        address.push('/');
    }
    match WebAddress::parse(&address) {
        Ok(_) => Ok(address),
        Err(fault) => {
            let help = fault.help.map(|help| lang.pick(&help.vi, &help.en).to_owned()).unwrap_or_default();
            Err(format!("{}; {help}", lang.pick(&fault.message.vi, &fault.message.en)))
        }
    }
}

/// Every file of a new site with its text.
fn files(told: &Told, today: Date) -> Vec<(PathBuf, String)> {
    // Illustrative events lie in the weeks before today, all in one year.
    let days: Vec<Date> = [40, 35, 30].iter().map(|days| today.plus_days(-days)).collect();
    let year = days[0].year();
    // Around the turn of a year the later days would fall into the next one.
    let days: Vec<Date> = days.iter().map(|day| if day.year() == year { *day } else { days[0] }).collect();
    let words = [
        ("%NAM%", year.to_string()),
        ("%NAM_SAU%", (year + 1).to_string()),
        ("%KY%", format!("{year}-{:02}", days[0].month())),
        ("%NGAY_1%", days[0].to_string()),
        ("%NGAY_2%", days[1].to_string()),
        ("%NGAY_3%", days[2].to_string()),
    ];
    let mut files = Vec::new();
    let mut open = vec![&STARTER];
    while let Some(dir) = open.pop() {
        open.extend(dir.dirs());
        for file in dir.files() {
            let path = file.path().to_string_lossy().replace("NAM", &year.to_string());
            let mut text = file.contents_utf8().unwrap_or_default().to_owned();
            for (mark, word) in &words {
                text = text.replace(mark, word);
            }
            let text = match path.strip_prefix("content/") {
                Some(record) => with_agency(record, text, told),
                None => text.replace("%TEN%", &told.name),
            };
            // Hidden names stand plain in the repository of congkhai, where its own tools would take them up.
            let path = match path.split_once('/') {
                Some(("vscode", rest)) => format!(".vscode/{rest}"),
                Some(("github", rest)) => format!(".github/workflows/{rest}"),
                None if path == "gitignore" || path == "gitlab-ci.yml" => format!(".{path}"),
                _ => path,
            };
            files.push((PathBuf::from(path), text));
        }
    }
    for kind in KINDS {
        files.push((Path::new(super::new::SCHEMAS).join(format!("{}.json", kind.name)), schema::text(kind)));
    }
    files.push((PathBuf::from(".vscode/settings.json"), settings()));
    for (name, text) in hosting::files(hosting::path_of(&told.base_url), &BTreeMap::new()) {
        files.push((Path::new("may-chu").join(name), text));
    }
    files
}

/// Puts the agency into a record of the starter, beside whose remarks it stands.
fn with_agency(record: &str, text: String, told: &Told) -> String {
    let set = |at: Pointer, value: &str| Edit::Set { at, value: value.into() };
    let name = told.name.as_str();
    let edits = match record {
        "trang.yaml" => vec![
            set(at!["ten"], name),
            match &told.parent {
                Some(parent) => set(at!["co_quan_cap_tren"], parent),
                None => Edit::Delete { at: at!["co_quan_cap_tren"] },
            },
            set(at!["dia_chi_trang"], &told.base_url),
            set(at!["tru_so", "dia_chi"], &told.address),
        ],
        "danh-muc/don-vi.yaml" => vec![set(at![0, "ten"], name)],
        _ if record.starts_with("thu-tuc/") => vec![set(at!["co_quan", "thuc_hien"], name)],
        _ if record.starts_with("quyet-dinh/") || record.starts_with("ke-hoach/") => {
            vec![set(at!["co_quan"], name)]
        }
        _ => return text,
    };
    let made = || -> Result<String, EditFault> {
        let file = SitePath::new(record).map_err(|_| EditFault::Broken)?;
        let mut document = Document::open(&file, FileKind::Site, text.as_bytes())?;
        document.apply_all(&edits)?;
        Ok(document.text())
    };
    made().expect("the starter is ours, and a test makes a site of names with every sign in them")
}

/// Which schema goes with which files, and how files of records are typed.
fn settings() -> String {
    let mut schemas = serde_json::Map::new();
    for kind in KINDS.iter().filter(|kind| kind.kind != FileKind::Article) {
        let file = format!("./{}/{}.json", super::new::SCHEMAS, kind.name);
        schemas.insert(file, serde_json::Value::String(format!("content/{}", kind.files)));
    }
    let settings = serde_json::json!({
        "yaml.schemas": schemas,
        "yaml.schemaStore.enable": false,
        "yaml.format.enable": false,
        "files.encoding": "utf8",
        "files.eol": "\n",
        "editor.insertSpaces": true,
        "editor.tabSize": 2,
        "editor.detectIndentation": false,
        "editor.wordWrap": "on",
        "files.exclude": { "public": true }
    });
    format!("{}\n", serde_json::to_string_pretty(&settings).unwrap_or_default())
}
