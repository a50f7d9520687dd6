//! `congkhai export`: everything that the records say, as XLSX, CSV or JSON.

use std::path::{Path, PathBuf};

use clap::builder::ValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::args::content_arg;
use super::{Exit, Lang};
use crate::export::{self, Held};
use crate::load;
use crate::parse::kinds::{self, KINDS, RecordKind};
use crate::sheet;
use crate::vi::nearest::nearest;
use crate::write::{NotMade, create_file};

/// What the command is told.
#[derive(Debug, Clone)]
pub struct ExportOptions {
    /// The content folder.
    pub content: PathBuf,
    /// Where the files go: a folder, or one file by its extension.
    pub output: PathBuf,
    /// `xlsx`, `csv` or `json`, if it was given.
    pub format: Option<String>,
    /// The kinds; all if none is named.
    pub kinds: Vec<String>,
    /// Language of the messages.
    pub lang: Lang,
}

/// The options.
pub(super) fn command(command: Command, lang: Lang) -> Command {
    let t = |vi: &'static str, en: &'static str| lang.pick(vi, en);
    command
        .about(t(
            "Xuất các bản ghi thành bảng Excel, CSV hoặc JSON để sửa hàng loạt, rồi nhập lại",
            "Write the records as XLSX, CSV or JSON, to be edited and imported again",
        ))
        .arg(Arg::new("kinds").value_name(t("LOẠI", "KIND")).action(ArgAction::Append).help(t(
            "Loại bản ghi: thu-tuc, quyet-dinh, van-ban …; không ghi thì xuất tất cả",
            "Kinds of records; all if none is named",
        )))
        .arg(
            Arg::new("output")
                .long("output")
                .value_name(t("THƯ_MỤC|TỆP", "DIR|FILE"))
                .required(true)
                .value_parser(ValueParser::path_buf())
                .help(t(
                    "Thư mục, hoặc một tệp đuôi .xlsx, .json; không ghi đè tệp đã có",
                    "A folder, or one file ending in .xlsx or .json; nothing is overwritten",
                )),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("xlsx|csv|json")
                .value_parser(["xlsx", "csv", "json"])
                .hide_possible_values(true)
                .help(t(
                    "Dạng tệp [mặc định: theo đuôi của --output, không thì xlsx]",
                    "Form of the files [default: by the extension of --output, else xlsx]",
                )),
        )
        .arg(
            content_arg()
                .help(t("Thư mục nội dung [mặc định: content]", "Content folder [default: content]")),
        )
}

/// What was typed.
pub(super) fn options(m: &ArgMatches, lang: Lang) -> ExportOptions {
    ExportOptions {
        content: m.get_one::<PathBuf>("content").cloned().unwrap_or_else(|| "content".into()),
        output: m.get_one::<PathBuf>("output").cloned().unwrap_or_default(),
        format: m.get_one::<String>("format").cloned(),
        kinds: m.get_many::<String>("kinds").into_iter().flatten().cloned().collect(),
        lang,
    }
}

/// The kind of this name, or what to say.
pub(super) fn kind_named(name: &str, lang: Lang) -> Result<&'static RecordKind, String> {
    kinds::named(name.trim_end_matches('/')).ok_or_else(|| {
        let near = nearest(name, KINDS.iter().map(|kind| kind.name));
        let all: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
        let all = all.join(", ");
        match (lang, near) {
            (Lang::Vi, Some(near)) => {
                format!("không có loại bản ghi `{name}`; có phải `{near}`? Các loại: {all}")
            }
            (Lang::Vi, None) => format!("không có loại bản ghi `{name}`; các loại: {all}"),
            (Lang::En, _) => format!("there is no kind of record `{name}`; the kinds: {all}"),
        }
    })
}

/// Runs the command.
pub fn run(wanted: &ExportOptions) -> Exit {
    let lang = wanted.lang;
    match made(wanted) {
        Ok((files, count, unreadable)) => {
            for file in &files {
                match lang {
                    Lang::Vi => complain!("Đã ghi {}", file.display()),
                    Lang::En => complain!("Wrote {}", file.display()),
                }
            }
            match lang {
                Lang::Vi => complain!(
                    "{count} bản ghi. Tệp có cả ghi chú nội bộ (ghi_chu_bien_tap): để sửa trong cơ quan, đừng đăng lên mạng."
                ),
                Lang::En => {
                    complain!("{count} records, with the editors' own notes: not to be published.");
                }
            }
            for file in &unreadable {
                match lang {
                    Lang::Vi => {
                        complain!("congkhai: không xuất được {file}: tệp đang có lỗi, xem `congkhai check`")
                    }
                    Lang::En => {
                        complain!("congkhai: {file} has faults and was left out, see `congkhai check`")
                    }
                }
            }
            if unreadable.is_empty() { Exit::Done } else { Exit::Content }
        }
        Err((exit, words)) => {
            complain!("congkhai: {words}");
            exit
        }
    }
}

type Made = (Vec<PathBuf>, usize, Vec<String>);

fn made(wanted: &ExportOptions) -> Result<Made, (Exit, String)> {
    let lang = wanted.lang;
    let usage = |vi: &str, en: &str| (Exit::Usage, lang.pick(vi, en).to_owned());
    let kinds: Vec<&'static RecordKind> = match wanted.kinds.as_slice() {
        [] => KINDS.iter().collect(),
        names => {
            let named: Result<Vec<_>, String> = names.iter().map(|name| kind_named(name, lang)).collect();
            named.map_err(|words| (Exit::Usage, words))?
        }
    };
    let extension = wanted.output.extension().map(|e| e.to_string_lossy().to_lowercase());
    let as_file = extension.as_deref().filter(|e| ["xlsx", "csv", "json"].contains(e)).map(str::to_owned);
    let format = wanted.format.clone().or_else(|| as_file.clone()).unwrap_or_else(|| "xlsx".to_owned());
    if as_file.as_ref().is_some_and(|extension| *extension != format) {
        return Err(usage(
            "đuôi tệp của --output không khớp với --format",
            "the extension of --output and --format do not agree",
        ));
    }
    let inputs = load::read_site(&wanted.content).map_err(|error| {
        let exit = if error.is_usage() { Exit::Usage } else { Exit::Machine };
        (exit, lang.of(&error.words()).to_owned())
    })?;
    let mut all: Vec<(&RecordKind, Vec<Held>)> = Vec::new();
    let mut unreadable = Vec::new();
    for kind in kinds {
        let (records, broken) = export::records(kind, &inputs.sources);
        unreadable.extend(broken.iter().map(ToString::to_string));
        all.push((kind, records));
    }
    let count = all.iter().map(|(_, records)| records.len()).sum();
    let place = |name: &str| match &as_file {
        Some(_) => wanted.output.clone(),
        None => wanted.output.join(name),
    };
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    match format.as_str() {
        "json" => files.push((place("noi-dung.json"), export::to_json(&all).into_bytes())),
        "csv" => {
            let sheets: Vec<_> =
                all.iter().flat_map(|(kind, records)| export::sheets(kind, records)).collect();
            if as_file.is_some() && sheets.len() != 1 {
                return Err(usage(
                    "loại này có nhiều bảng, mỗi bảng một tệp CSV; hãy cho --output một thư mục",
                    "this takes several CSV files; give a folder as --output",
                ));
            }
            files.extend(
                sheets.iter().map(|sheet| (place(&format!("{}.csv", sheet.name)), sheet::csv::write(sheet))),
            );
        }
        _ => {
            let sheets: Vec<_> =
                all.iter().flat_map(|(kind, records)| export::sheets(kind, records)).collect();
            let book = sheet::to_xlsx(&sheets).map_err(|why| (Exit::Machine, why))?;
            files.push((place("noi-dung.xlsx"), book));
        }
    }
    // All are looked at before the first is written.
    if let Some((there, _)) = files.iter().find(|(path, _)| path.exists()) {
        return Err((Exit::Usage, exists(there, lang)));
    }
    for (path, bytes) in &files {
        create_file(path, bytes).map_err(|fault| match fault {
            NotMade::Exists(path) => (Exit::Usage, exists(&path, lang)),
            NotMade::Refused(words) => (Exit::Machine, lang.of(&words).to_owned()),
        })?;
    }
    Ok((files.into_iter().map(|(path, _)| path).collect(), count, unreadable))
}

fn exists(path: &Path, lang: Lang) -> String {
    let path = path.display();
    match lang {
        Lang::Vi => format!("đã có {path}, không ghi đè; đặt tên khác, hoặc xóa tệp cũ"),
        Lang::En => format!("{path} is there already and is not overwritten"),
    }
}
