//! `congkhai new KIND …`: a commented file of a new record, in the right folder under the right name.

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::{Exit, Lang, print};
use crate::edit::Value;
use crate::edit::place::{identity, place};
use crate::edit::template::{Flag, flags, template};
use crate::inputs::FileKind;
use crate::parse::kinds::{self, KINDS, RecordKind};
use crate::parse::schema::Shape;
use crate::vi::nearest::nearest;
use crate::write::{NotMade, create_file};

/// Where `congkhai init` and `congkhai schema --all` put schemas, beside the content folder.
pub(super) const SCHEMAS: &str = ".vscode/congkhai";

/// Runs the command on the words behind `new`.
pub fn run(words: &[String], lang: Lang) -> Exit {
    let asked = match read(words, lang) {
        Ok(asked) => asked,
        Err(Ended::Shown(text)) => return print(&text, lang),
        Err(Ended::Wrong(text)) => {
            complain!("congkhai: {text}");
            return Exit::Usage;
        }
    };
    match make(asked, lang) {
        Ok(path) => {
            match lang {
                Lang::Vi => complain!("Đã ghi {}: điền nốt rồi chạy `congkhai check`.", path.display()),
                Lang::En => complain!("Wrote {}: fill it in, then run `congkhai check`.", path.display()),
            }
            Exit::Done
        }
        Err((exit, text)) => {
            complain!("congkhai: {text}");
            exit
        }
    }
}

/// What was typed.
struct Asked {
    kind: &'static RecordKind,
    content: PathBuf,
    given: Vec<(String, Value)>,
    section: Option<String>,
}

enum Ended {
    Shown(String),
    Wrong(String),
}

/// What would be said against the words, if anything.
pub(super) fn against(words: &[String], lang: Lang) -> Option<String> {
    match read(words, lang) {
        Err(Ended::Wrong(text)) => Some(text),
        _ => None,
    }
}

fn read(words: &[String], lang: Lang) -> Result<Asked, Ended> {
    let wrong = |vi: String, en: String| Ended::Wrong(if lang == Lang::En { en } else { vi });
    let Some((name, rest)) = words.split_first() else { return Err(Ended::Shown(help(lang))) };
    if name == "-h" || name == "--help" {
        return Err(Ended::Shown(help(lang)));
    }
    let Some(kind) = kinds::named(name) else {
        let near = nearest(name, KINDS.iter().map(|kind| kind.name));
        let all: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
        let (all, vi, en) = (all.join(", "), near.map(|n| format!("; có phải `{n}`?")), near);
        return Err(wrong(
            format!("không có loại bản ghi `{name}`{}; các loại: {all}", vi.unwrap_or_default()),
            format!(
                "there is no kind of record `{name}`{}; the kinds: {all}",
                en.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default()
            ),
        ));
    };
    let known = flags(kind);
    let mut asked = Asked { kind, content: "content".into(), given: Vec::new(), section: None };
    let mut rest = rest.iter();
    while let Some(word) = rest.next() {
        let Some(flag) = word.strip_prefix("--").filter(|flag| !flag.is_empty()) else {
            if word == "-h" {
                return Err(Ended::Shown(help_of(kind, &known, lang)));
            }
            // A word without a flag is what the record is known by.
            let Some(key) =
                identity(kind.kind).filter(|key| asked.given.iter().all(|(known, _)| known != key))
            else {
                return Err(wrong(
                    format!("không rõ `{word}` là gì; đặt chữ có dấu cách trong ngoặc kép"),
                    format!("what is `{word}`? Put a text with spaces in quotes"),
                ));
            };
            let value = judged(kind, key, word, lang).map_err(Ended::Wrong)?;
            asked.given.push((key.to_owned(), value));
            continue;
        };
        if flag == "help" {
            return Err(Ended::Shown(help_of(kind, &known, lang)));
        }
        let (flag, value) = match flag.split_once('=') {
            Some((flag, value)) => (flag, Some(value.to_owned())),
            None => (flag, rest.next().cloned()),
        };
        let Some(value) = value else {
            return Err(wrong(format!("`--{flag}` cần một giá trị"), format!("`--{flag}` needs a value")));
        };
        match flag {
            "lang" => {}
            "content" => asked.content = value.into(),
            "chuyen-muc" if kind.kind == FileKind::Article => asked.section = Some(value),
            _ => {
                let key = flag.replace('-', "_");
                if known.iter().all(|flag| flag.key != key) {
                    let near = nearest(&key, known.iter().map(|flag| flag.key.as_str()));
                    let near = near.map(|near| near.replace('_', "-"));
                    return Err(wrong(
                        format!(
                            "`{}` không có tùy chọn `--{flag}`{}; xem: congkhai new {} --help",
                            kind.name,
                            near.as_ref().map(|near| format!("; có phải `--{near}`?")).unwrap_or_default(),
                            kind.name
                        ),
                        format!(
                            "`{}` has no option `--{flag}`{}; see: congkhai new {} --help",
                            kind.name,
                            near.as_ref()
                                .map(|near| format!("; did you mean `--{near}`?"))
                                .unwrap_or_default(),
                            kind.name
                        ),
                    ));
                }
                let value = judged(kind, &key, &value, lang).map_err(Ended::Wrong)?;
                asked.given.retain(|(known, _)| *known != key);
                asked.given.push((key, value));
            }
        }
    }
    Ok(asked)
}

/// A typed value, as its key accepts it; several are divided by commas.
fn judged(kind: &RecordKind, key: &str, typed: &str, lang: Lang) -> Result<Value, String> {
    let Shape::Map(keys) = (kind.shape)() else { return Ok(typed.into()) };
    let Some(known) = keys.iter().find(|known| known.name == key) else { return Ok(typed.into()) };
    match &known.shape {
        Shape::List(inner) | Shape::Filled(inner) => {
            let words = typed.split(',').map(str::trim).filter(|word| !word.is_empty());
            let items: Result<Vec<Value>, String> =
                words.map(|word| one(inner, key, word, lang).map(Value::Scalar)).collect();
            items.map(Value::List)
        }
        shape => one(shape, key, typed, lang).map(Value::Scalar),
    }
}

fn one(shape: &Shape, key: &str, typed: &str, lang: Lang) -> Result<String, String> {
    let typed = typed.trim();
    match shape {
        Shape::Scalar { judge, .. } => match judge(typed) {
            Ok(()) => Ok(typed.to_owned()),
            Err(fault) => match fault.repair {
                // `5/3/2026` has one meaning.
                Some(meant) if judge(&meant).is_ok() => Ok(meant.into()),
                _ => {
                    let help = fault.help.map(|help| lang.pick(&help.vi, &help.en).to_owned());
                    let fact = lang.pick(&fault.message.vi, &fault.message.en).to_owned();
                    Err(format!("{key}: {fact}; {}", help.unwrap_or_default()))
                }
            },
        },
        Shape::Choice(choices) if choices.iter().all(|(known, _)| known != typed) => {
            let all: Vec<String> = choices.iter().map(|(key, label)| format!("{key} ({label})")).collect();
            let all = all.join(", ");
            Err(match lang {
                Lang::Vi => format!("{key} không nhận `{typed}`; chọn một trong: {all}"),
                Lang::En => format!("{key} cannot be `{typed}`; one of: {all}"),
            })
        }
        _ => Ok(typed.to_owned()),
    }
}

fn make(mut asked: Asked, lang: Lang) -> Result<PathBuf, (Exit, String)> {
    let known = flags(asked.kind);
    if std::io::stdin().is_terminal() {
        ask(&mut asked, &known, lang);
    }
    let order: Vec<&str> = known.iter().map(|flag| flag.key.as_str()).collect();
    asked.given.sort_by_key(|(key, _)| order.iter().position(|known| known == key));
    let kind = asked.kind;
    let Some(file) = place(kind.kind, kind.files, &asked.given, asked.section.as_deref()) else {
        return Err((Exit::Usage, missing(&asked, lang)));
    };
    if !asked.content.is_dir() {
        let content = asked.content.display();
        return Err((
            Exit::Usage,
            match lang {
                Lang::Vi => format!(
                    "không có thư mục nội dung `{content}`; chỉ ra bằng --content, hoặc tạo trang mới bằng `congkhai init`"
                ),
                Lang::En => format!(
                    "there is no content folder `{content}`; name it with --content, or make a site with `congkhai init`"
                ),
            },
        ));
    }
    let path = asked.content.join(&file);
    let text = template(kind, &asked.given, schema_of(&asked.content, &file, kind.name).as_deref());
    match create_file(&path, text.as_bytes()) {
        Ok(()) => Ok(path),
        Err(NotMade::Exists(path)) => Err((
            Exit::Usage,
            match lang {
                Lang::Vi => format!("đã có {}, không ghi đè; mở tệp đó mà sửa", path.display()),
                Lang::En => format!("{} is there already and is not overwritten", path.display()),
            },
        )),
        Err(NotMade::Refused(words)) => Err((Exit::Machine, lang.of(&words).to_owned())),
    }
}

fn missing(asked: &Asked, lang: Lang) -> String {
    let (kind, example) = (asked.kind.name, example(asked.kind.kind));
    match (lang, asked.kind.kind, &asked.section) {
        (Lang::Vi, FileKind::Article, None) => {
            format!("thiếu chuyên mục của bài, ví dụ: congkhai new {kind} {example}")
        }
        (Lang::En, FileKind::Article, None) => {
            format!("the section of the article is missing, such as: congkhai new {kind} {example}")
        }
        (Lang::Vi, ..) => format!("thiếu tên của bản ghi, ví dụ: congkhai new {kind} {example}"),
        (Lang::En, ..) => {
            format!("the name of the record is missing, such as: congkhai new {kind} {example}")
        }
    }
}

/// The way from a file to the schema of its kind, if there is one beside the content folder.
fn schema_of(content: &Path, file: &str, kind: &str) -> Option<String> {
    let schema = format!("{SCHEMAS}/{kind}.json");
    let root = content.canonicalize().ok()?.parent()?.to_owned();
    root.join(&schema).is_file().then(|| format!("{}{schema}", "../".repeat(file.matches('/').count() + 1)))
}

/// Asks for what must be there, on a terminal; an empty answer leaves the place free.
fn ask(asked: &mut Asked, known: &[Flag], lang: Lang) {
    let mut lines = std::io::stdin().lock().lines();
    for flag in known.iter().filter(|flag| flag.required && !flag.list) {
        while asked.given.iter().all(|(key, _)| *key != flag.key) {
            complain!("{} ({})", flag.help, flag.key);
            complain!(raw "> ");
            let _ = std::io::stderr().flush();
            let Some(Ok(line)) = lines.next() else { return };
            if line.trim().is_empty() {
                break;
            }
            match judged(asked.kind, &flag.key, &line, lang) {
                Ok(value) => asked.given.push((flag.key.clone(), value)),
                Err(words) => complain!("  {words}"),
            }
        }
    }
}

/// What is typed behind `new KIND`, as an example.
fn example(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Procedure => "1.014888 --ten \"Thủ tục cấp …\" --linh-vuc so-huu-tri-tue",
        FileKind::Decision => "949/QĐ-UBND --ngay-ky 5/3/2026",
        FileKind::Petition => "2026-001 --ngay-tiep-nhan 5/3/2026 --kenh dien_thoai",
        FileKind::TaskPlan => "2027",
        FileKind::Statistics => "2026-Q1",
        FileKind::Inspection => "kt-2026-01",
        FileKind::Simplification => "cg-2026-01 --ten \"Bỏ bản sao giấy …\"",
        FileKind::Initiative => "sk-2026-01 --tieu-de \"Mời góp ý về …\"",
        FileKind::Article => "\"Nộp hồ sơ trực tuyến\" --chuyen-muc huong-dan --ngay 2026-11-23",
        _ => "",
    }
}

fn help(lang: Lang) -> String {
    let mut text = lang
        .pick(
            "Tạo tệp cho một bản ghi mới: đúng thư mục, đúng tên, có lời chú cho từng khóa\n\nCách dùng: congkhai new LOẠI [MÃ] [--khóa GIÁ_TRỊ]… [--content DIR]\n\nCác loại:\n",
            "Make the file of a new record: right folder, right name, every key explained\n\nUsage: congkhai new KIND [CODE] [--key VALUE]… [--content DIR]\n\nKinds:\n",
        )
        .to_owned();
    for kind in KINDS {
        text.push_str(&format!("  {:<18} {} ({})\n", kind.name, kind.title, kind.files));
    }
    text.push_str(lang.pick("\nVí dụ:\n", "\nExamples:\n"));
    for kind in KINDS.iter().filter(|kind| !example(kind.kind).is_empty()) {
        text.push_str(&format!("  congkhai new {} {}\n", kind.name, example(kind.kind)));
    }
    text.push_str(lang.pick(
        "\nCác khóa của một loại: congkhai new LOẠI --help\nTệp đã có thì không bao giờ bị ghi đè.\n",
        "\nThe keys of a kind: congkhai new KIND --help\nA file that is there is never overwritten.\n",
    ));
    text
}

fn help_of(kind: &RecordKind, known: &[Flag], lang: Lang) -> String {
    let mut text = format!("{} ({})\n\n", kind.title, kind.files);
    if !example(kind.kind).is_empty() {
        let words = lang.pick("Ví dụ", "Example");
        text.push_str(&format!("{words}: congkhai new {} {}\n\n", kind.name, example(kind.kind)));
    }
    if kind.kind == FileKind::Article {
        text.push_str("  --chuyen-muc MÃ   Chuyên mục: tên thư mục trong bai-viet/.\n");
    }
    for flag in known {
        let must = if flag.required { lang.pick(" [bắt buộc]", " [required]") } else { "" };
        let list = if flag.list {
            lang.pick(" (nhiều thì cách nhau bằng dấu phẩy)", " (several: divided by commas)")
        } else {
            ""
        };
        text.push_str(&format!("  --{}{must}{list}\n      {}\n", flag.key.replace('_', "-"), flag.help));
    }
    text
}
