//! The agency's keys: `congkhai key new`, `congkhai key show`, and the key that a build signs with.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::Options;
use super::{Exit, Lang, print};
use crate::base::diagnostic::Message;
use crate::base::note::{PRIVATE, PrivateKey, PublicKey, is_key_name};
use crate::base::path::SitePath;
use crate::inputs::{FileKind, Inputs, SourceFile};
use crate::load::{self, KeyFault};
use crate::msg;
use crate::parse::record::{Record, parse};
use crate::pipeline::Settings;
use crate::record::config::SiteConfig;
use crate::vi::number::date_short;
use crate::write::{self, NotMade};

/// The environment variable that may hold the key itself.
pub const VARIABLE: &str = "CONGKHAI_KEY";

/// What `key` is asked to do.
#[derive(Debug, Clone)]
pub enum KeyAction {
    /// Make a key.
    New {
        /// The file for it.
        file: PathBuf,
        /// Its name; the site's address if it is not given.
        name: Option<String>,
        /// The content folder, for the site's address.
        content: PathBuf,
    },
    /// Show the public half of a key.
    Show {
        /// The file of the key.
        file: PathBuf,
    },
}

/// Runs the command.
pub fn run(action: &KeyAction, lang: Lang) -> Exit {
    match action {
        KeyAction::New { file, name, content } => match make(file, name.as_deref(), content) {
            Ok(key) => print(&made(&key, file, lang), lang),
            Err((exit, words)) => refuse(exit, &words, lang),
        },
        KeyAction::Show { file } => match read(file) {
            Ok(key) => print(&format!("{}\n{}\n", key.public(), key.public().fingerprint()), lang),
            Err((exit, words)) => refuse(exit, &words, lang),
        },
    }
}

fn refuse(exit: Exit, words: &Message, lang: Lang) -> Exit {
    complain!("congkhai: {}", lang.of(words));
    exit
}

fn make(file: &Path, name: Option<&str>, content: &Path) -> Result<PublicKey, (Exit, Message)> {
    let usage = |words: Message| (Exit::Usage, words);
    let name = match name {
        Some(name) => name.to_owned(),
        None => name_of(content).ok_or_else(|| {
            usage(msg!(
                "không đọc được địa chỉ trang trong trang.yaml để đặt tên khóa; ghi --name, ví dụ --name cong-khai.tinh-mau.gov.vn",
                "cannot read the site's address in trang.yaml to name the key; give --name, such as --name cong-khai.tinh-mau.gov.vn"
            ))
        })?,
    };
    if !is_key_name(&name) {
        return Err(usage(msg!(
            "tên khóa `{name}` không dùng được: không để trống, không có khoảng trắng và dấu +",
            "a key cannot be named `{name}`: neither empty nor with blanks or +"
        )));
    }
    if let Some(repository) = repository_of(file) {
        let repository = repository.display();
        return Err(usage(msg!(
            "không tạo khóa bí mật trong kho git `{repository}`: ai có kho là có khóa; hãy chọn chỗ khác",
            "no private key is made in the git repository `{repository}`: whoever has it has the key; choose another place"
        )));
    }
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|error| {
        (
            Exit::Machine,
            msg!("máy không cho số ngẫu nhiên: {error}", "the machine gives no random numbers: {error}"),
        )
    })?;
    let key = PrivateKey::new(&name, &seed).expect("the name was looked at above");
    let text = format!(
        "# Khóa bí mật để ký trang công khai. Giữ kín, sao một bản ra nơi an toàn. Xem docs/bien-tap/khoa.md\n{}\n",
        key.to_text()
    );
    match write::create_secret(file, text.as_bytes()) {
        Ok(()) => Ok(key.public()),
        Err(NotMade::Exists(path)) => {
            let path = path.display();
            Err(usage(msg!(
                "`{path}` đã có, không ghi đè: đó có thể là khóa đang dùng",
                "`{path}` is there already and is not overwritten: it may be a key in use"
            )))
        }
        Err(NotMade::Refused(words)) => Err((Exit::Machine, words)),
    }
}

/// The site's address without scheme, as the format recommends for names of keys.
fn name_of(content: &Path) -> Option<String> {
    let bytes = load::read_attachment(content, &SitePath::new("trang.yaml").ok()?).ok()?;
    let config = config(&SourceFile { kind: FileKind::Site, bytes: bytes.into() })?;
    let address = config.base_url.as_str();
    let name = address.split_once("://").map_or(address, |(_, rest)| rest).trim_end_matches('/');
    Some(name.to_owned())
}

fn config(source: &SourceFile) -> Option<Arc<SiteConfig>> {
    let file = SitePath::new("trang.yaml").ok()?;
    match parse(&file, source).record {
        Some(Record::Site(config)) => Some(config),
        _ => None,
    }
}

/// The git repository that a new file would lie in.
fn repository_of(file: &Path) -> Option<PathBuf> {
    let folder = file.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."));
    let folder = folder.canonicalize().ok()?;
    folder.ancestors().find(|above| load::is_repository(above)).map(Path::to_owned)
}

fn made(key: &PublicKey, file: &Path, lang: Lang) -> String {
    let (file, print) = (file.display(), key.fingerprint());
    let day = super::run::today();
    match lang {
        Lang::Vi => format!(
            "Đã tạo khóa bí mật trong {file}. Giữ kín, và sao một bản ra nơi an toàn.\n\
             Vân tay của khóa: {print}\n\n\
             Ghi vào trang.yaml (đây là khóa công khai, ai cũng được biết):\n\n\
             khoa_cong_khai:\n  - khoa: {key}\n    tu: {day}\n\n\
             Rồi dựng trang có chữ ký: congkhai build --key {file}\n"
        ),
        Lang::En => format!(
            "Made a private key in {file}. Keep it secret, and keep a copy in a safe place.\n\
             Fingerprint of the key: {print}\n\n\
             Put into trang.yaml (this is the public key, known to all):\n\n\
             khoa_cong_khai:\n  - khoa: {key}\n    tu: {day}\n\n\
             Then make the site with its signature: congkhai build --key {file}\n"
        ),
    }
}

fn read(file: &Path) -> Result<PrivateKey, (Exit, Message)> {
    // What was meant to be secret is not repeated, though it is too late by now.
    if file.to_string_lossy().contains(PRIVATE) {
        return Err((
            Exit::Usage,
            msg!(
                "đừng ghi khóa bí mật vào dòng lệnh: người khác trên máy thấy được; hãy ghi tên tệp. Khóa vừa ghi coi như đã lộ",
                "never write a private key into a command line: others on the machine see it; name its file. Take that key for known"
            ),
        ));
    }
    load::read_key(file).map_err(|fault| match fault {
        KeyFault::Unfit(words) => (Exit::Usage, words),
        KeyFault::Refused(words) => (Exit::Machine, words),
    })
}

/// The key that a build signs with: out of the file that was named, else out of the environment.
pub fn signing(options: &Options) -> Result<Option<PrivateKey>, (Exit, Message)> {
    if let Some(file) = &options.key {
        let within = |folder: &Path| match (file.canonicalize(), folder.canonicalize()) {
            (Ok(file), Ok(folder)) => file.starts_with(folder),
            _ => false,
        };
        if within(&options.content) || within(&options.output) {
            let file = file.display();
            return Err((
                Exit::Usage,
                msg!(
                    "tệp khóa `{file}` nằm trong thư mục nội dung hoặc thư mục kết quả; hãy chuyển khóa ra ngoài",
                    "the key file `{file}` lies in the content or the output folder; move it out"
                ),
            ));
        }
        return read(file).map(Some);
    }
    match std::env::var(VARIABLE) {
        Ok(text) if !text.trim().is_empty() => load::parse_key(&text).map(Some).ok_or_else(|| {
            (
                Exit::Usage,
                msg!(
                    "biến môi trường {VARIABLE} không chứa khóa bí mật do `congkhai key new` tạo ra",
                    "the environment variable {VARIABLE} holds no private key as `congkhai key new` makes them"
                ),
            )
        }),
        _ => Ok(None),
    }
}

/// What `trang.yaml` says, if it can be read.
pub(super) fn site_config(inputs: &Inputs) -> Option<Arc<SiteConfig>> {
    inputs.sources.values().find(|source| source.kind == FileKind::Site).and_then(config)
}

/// Whether readers will be able to check what this key signs: it must be one that the site names for the day.
/// Says so where it is not; without a key, whether there should be one.
pub fn judge(inputs: &Inputs, settings: &Settings) -> Result<Option<Message>, Message> {
    let Some(config) = site_config(inputs) else {
        // The build will say what is wrong with the file.
        return Ok(None);
    };
    let day = settings.as_of.date();
    let shown = date_short(day);
    let holding = || config.public_keys.iter().filter(|term| term.holds(day));
    let Some(key) = &inputs.key else {
        return Ok(holding().next().map(|_| {
            msg!(
                "Chưa ký: trang nêu khóa công khai nhưng lần dựng này không có khóa bí mật (--key hoặc {VARIABLE}).",
                "Not signed: the site names a public key but this run has no private key (--key or {VARIABLE})."
            )
        }));
    };
    let public = key.public();
    if holding().any(|term| term.public() == public) {
        return Ok(None);
    }
    let print = public.fingerprint();
    if config.public_keys.iter().any(|term| term.public() == public) {
        return Err(msg!(
            "khóa ký (vân tay {print}) không còn hoặc chưa có hiệu lực vào ngày {shown}, theo khoa_cong_khai trong trang.yaml",
            "the signing key (fingerprint {print}) does not hold on {shown}, by khoa_cong_khai in trang.yaml"
        ));
    }
    Err(msg!(
        "khóa ký (vân tay {print}) không có trong khoa_cong_khai của trang.yaml nên người đọc không kiểm được; thêm khoa: {public}",
        "the signing key (fingerprint {print}) is not in khoa_cong_khai of trang.yaml, so readers could not check it; add khoa: {public}"
    ))
}
