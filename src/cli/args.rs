//! What was typed, and what it means: `clap` on one side, [`Action`] on the other.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::ValueParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command};
use clap_complete::Shell;

use super::Lang;
use super::examples;
use super::export::{self, ExportOptions};
use super::import::{self, ImportOptions};
use super::init::Agency;
use super::key::KeyAction;
use super::report::Format;
use crate::base::date::Date;
use crate::base::note::PublicKey;
use crate::plan::posting::Choice;
use crate::record::scalar::{Scalar, WebAddress};
use crate::vi::nearest::nearest;

/// What a run was asked to do.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "made once a run")]
pub enum Asked {
    /// Something to do.
    Act(Action),
    /// A text to show: help or version.
    Show(String, Lang),
    /// Wrong use, with what to say.
    Wrong(String),
}

/// The commands.
#[derive(Debug)]
pub enum Action {
    /// Make the site.
    Build(Options),
    /// Only look the content over.
    Check(Options),
    /// Make PDFs of sheets for the board.
    Print(Options, PrintOptions),
    /// List what the office has to do now.
    Todo(Options, TodoOptions),
    /// Show the site while it is being written.
    Serve(Options, ServeOptions),
    /// Tell all about a rule.
    Explain {
        /// Its code or slug; nothing lists them all.
        code: Option<String>,
        /// Language of the messages around it.
        lang: Lang,
    },
    /// Print the completions for a shell.
    Completions {
        /// The shell.
        shell: Shell,
        /// Language of the words beside them.
        lang: Lang,
    },
    /// Write the settings of web servers.
    Hosting {
        /// The folder for them.
        dir: PathBuf,
        /// The address of the site, if it was given.
        base_url: Option<WebAddress>,
        /// The content folder, which tells what moved.
        content: PathBuf,
        /// Language of the messages.
        lang: Lang,
    },
    /// Write the man pages.
    Man {
        /// The folder for them.
        dir: PathBuf,
        /// Their language.
        lang: Lang,
    },
    /// Write the editors' handbook as pages.
    Handbook {
        /// The folder.
        dir: PathBuf,
        /// Language of the messages.
        lang: Lang,
    },
    /// Make or show a key.
    Key {
        /// What to do.
        action: KeyAction,
        /// Language of the messages.
        lang: Lang,
    },
    /// Tell whether something is what the agency signed.
    Verify {
        /// What, and by which key.
        what: Box<VerifyOptions>,
        /// Language of the messages.
        lang: Lang,
    },
    /// Make a new agency's site.
    Init {
        /// What is told of it.
        agency: Agency,
        /// Language of the messages.
        lang: Lang,
    },
    /// Write every schema into a folder.
    SchemaFiles {
        /// The folder.
        dir: PathBuf,
        /// Language of the messages.
        lang: Lang,
    },
    /// Make the file of a new record.
    New {
        /// The words behind the command: kind, code, values. They depend on the kind.
        words: Vec<String>,
        /// Language of the messages.
        lang: Lang,
    },
    /// Write the records as tables.
    Export(ExportOptions),
    /// Take records in.
    Import(Options, ImportOptions),
    /// Say what differs between two states of the content.
    Diff(Compared),
    /// Print the JSON Schema of a kind of record.
    Schema {
        /// The kind, by its folder or file; nothing lists them.
        kind: Option<String>,
        /// Language of the messages.
        lang: Lang,
    },
}

/// What `diff` is told.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The earlier state: a folder, `git:REV` or a published site.
    pub old: String,
    /// The later state.
    pub new: String,
    /// The content folder that `git:REV` is about.
    pub content: PathBuf,
    /// How the differences are printed.
    pub form: DiffForm,
    /// Language of the messages.
    pub lang: Lang,
}

/// How differences are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiffForm {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For the page of a pull request.
    Markdown,
}

/// What `verify` is told.
#[derive(Debug, Clone)]
pub struct VerifyOptions {
    /// A folder, a file or a web address.
    pub target: String,
    /// The site that a file was taken from, if it lies elsewhere: a folder or a web address.
    pub site: Option<String>,
    /// The public key that the reader trusts, if it is known from elsewhere.
    pub public_key: Option<PublicKey>,
    /// The fingerprint that the reader trusts, without blanks.
    pub fingerprint: Option<String>,
}

/// What only `todo` is told.
#[derive(Debug, Clone)]
pub struct TodoOptions {
    /// Only what is this unit's.
    pub unit: Option<String>,
    /// How the list is printed.
    pub form: TodoForm,
}

/// How a list of things to do is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TodoForm {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For calendars (RFC 5545).
    Calendar,
}

/// What only `serve` is told.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// The port; the first free one from 8257 on if none is given.
    pub port: Option<u16>,
    /// The address to listen on; this machine alone if none is given.
    pub host: Option<String>,
    /// Whether to open the browser.
    pub open: bool,
    /// Look at the folders every so often instead of waiting for the system to tell.
    pub poll: bool,
    /// How a place in a file is opened: `{tep}`, `{dong}`, `{cot}` stand for path, line and column.
    pub editor: String,
}

/// The options that commands share.
#[derive(Debug, Clone)]
pub struct Options {
    /// The content folder.
    pub content: PathBuf,
    /// The output folder.
    pub output: PathBuf,
    /// A theme by name or folder.
    pub theme: Option<String>,
    /// Where themes are looked for by name.
    pub themes: PathBuf,
    /// The file of the key to sign with.
    pub key: Option<PathBuf>,
    /// The publication to hold the site to: a manifest, a folder or an address; that in the output folder if
    /// none is given.
    pub previous: Option<String>,
    /// How many records may vanish, if a person has said so.
    pub allow_removals: Option<usize>,
    /// Write down every address in `permalinks.lock`.
    pub write_lock: bool,
    /// Replaces `dia_chi_trang`.
    pub base_url: Option<WebAddress>,
    /// The day of the build, if it was given.
    pub date: Option<Date>,
    /// How many threads; 0 is one a processor.
    pub jobs: usize,
    /// How findings are printed.
    pub format: Format,
    /// Language of the messages.
    pub lang: Lang,
    /// Write cleaned copies of attachments whose metadata names somebody.
    pub fix_metadata: bool,
    /// Make the safe repairs of records first.
    pub fix: bool,
    /// Only show what would be written.
    pub dry_run: bool,
    /// Warnings fail.
    pub strict: bool,
    /// −1 quiet, 0 normal, 1 and more verbose.
    pub verbosity: i8,
}

/// What `print` is asked for beside the common options.
#[derive(Debug, Clone)]
pub struct PrintOptions {
    /// Which sheets.
    pub choices: Vec<Choice>,
    /// The folder for the PDFs.
    pub output_dir: PathBuf,
    /// The browser, if it was named.
    pub browser: Option<PathBuf>,
}

/// Reads the arguments.
pub fn read(arguments: &[OsString]) -> Asked {
    let lang = language(arguments);
    match command(lang).try_get_matches_from(arguments) {
        Ok(matches) => meaning(&matches, lang),
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Asked::Show(error.to_string(), lang),
            ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => Asked::Wrong(error.to_string()),
            _ => Asked::Wrong(wrong(&error, arguments, lang)),
        },
    }
}

/// The language must be known before help is made, so it is looked for by hand.
fn language(arguments: &[OsString]) -> Lang {
    let words: Vec<&str> = arguments.iter().filter_map(|a| a.to_str()).collect();
    let english = words.contains(&"--lang=en") || words.windows(2).any(|pair| pair == ["--lang", "en"]);
    if english { Lang::En } else { Lang::Vi }
}

/// The whole command, with its examples.
pub(super) fn command(lang: Lang) -> Command {
    let mut command = commands(lang)
        .subcommand(completions_command(lang))
        .subcommand(man_command(lang))
        .subcommand(handbook_command(lang))
        .subcommand(key_command(lang))
        .subcommand(verify_command(lang));
    let names: Vec<String> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    for name in names {
        if let Some(text) = examples::text(&name, lang) {
            command = command.mut_subcommand(name, |inner| {
                let closing = inner.get_after_help().map(|words| format!("\n\n{words}")).unwrap_or_default();
                inner.after_help(format!("{text}{closing}"))
            });
        }
    }
    let closing = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let examples = examples::text("", lang).unwrap_or_default();
    let command = command.after_help(format!("{examples}\n\n{closing}"));
    let names: Vec<String> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    let command = names.into_iter().fold(command, |command, name| {
        let usage = format!("congkhai {name}");
        command.mut_subcommand(name, |inner| in_words(inner, &usage, lang))
    });
    in_words(command, "congkhai", lang)
}

/// Puts what `clap` says by itself into the language: placeholders, headings, the line of usage.
fn in_words(mut command: Command, usage: &str, lang: Lang) -> Command {
    // `new` makes its commands out of the kinds, with words of its own.
    let names: Vec<String> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    for name in names.into_iter().filter(|_| usage == "congkhai key") {
        let usage = format!("{usage} {name}");
        command = command.mut_subcommand(name, |inner| in_words(inner, &usage, lang));
    }
    let command = command.mut_args(|arg| {
        let arg =
            if arg.is_positional() { arg.help_heading(lang.pick("Tham số", "Arguments")) } else { arg };
        let name = arg.get_value_names().and_then(|names| names.first()).map(|name| name.as_str());
        match name.and_then(placeholder).filter(|_| lang == Lang::Vi) {
            Some(name) => arg.value_name(name),
            None => arg,
        }
    });
    if lang == Lang::En {
        return command;
    }
    let mut usage = format!("{usage} [TÙY CHỌN]");
    for arg in command.get_positionals() {
        let name = arg.get_value_names().and_then(|names| names.first()).map_or("", |name| name.as_str());
        usage.push_str(&if arg.is_required_set() { format!(" <{name}>") } else { format!(" [{name}]") });
    }
    if command.has_subcommands() {
        usage.push_str(" <LỆNH>");
    }
    command.override_usage(usage)
}

/// What stands for a value in the Vietnamese help.
fn placeholder(english: &str) -> Option<&'static str> {
    Some(match english {
        "DIR" => "THƯ_MỤC",
        "NAME|DIR" => "TÊN|THƯ_MỤC",
        "DIR|URL" => "THƯ_MỤC|ĐỊA_CHỈ",
        "DIR|URL|FILE" => "THƯ_MỤC|ĐỊA_CHỈ|TỆP",
        "FILE" => "TỆP",
        "URL" => "ĐỊA_CHỈ",
        "YYYY-MM-DD" => "NĂM-THÁNG-NGÀY",
        "N" | "NUMBER" => "SỐ",
        "TEXT" => "CHỮ",
        "CODE" => "MÃ",
        "KIND" => "LOẠI",
        _ => return None,
    })
}

fn completions_command(lang: Lang) -> Command {
    let t = |vi: &'static str, en: &'static str| lang.pick(vi, en);
    dress(Command::new("completions"), lang)
        .about(t("In mã gợi ý lệnh cho bash, zsh, fish …", "Print completions for a shell"))
        .arg(
            Arg::new("shell")
                .value_name("bash|zsh|fish|elvish|powershell")
                .required(true)
                .hide_possible_values(true)
                .value_parser(clap::value_parser!(Shell))
                .help(t("Chương trình dòng lệnh đang dùng", "The shell")),
        )
}

fn man_command(lang: Lang) -> Command {
    let t = |vi: &'static str, en: &'static str| lang.pick(vi, en);
    dress(Command::new("man"), lang)
        .about(t("Ghi các trang hướng dẫn cho lệnh man", "Write the man pages"))
        .arg(
            Arg::new("dir")
                .value_name("DIR")
                .required(true)
                .value_parser(ValueParser::path_buf())
                .help(t("Thư mục nhận các trang", "Folder for the pages")),
        )
}

fn handbook_command(lang: Lang) -> Command {
    let t = |vi: &'static str, en: &'static str| lang.pick(vi, en);
    dress(Command::new("handbook"), lang)
        .about(t(
            "Ghi hướng dẫn người biên tập thành các trang, mở bằng trình duyệt",
            "Write the editors' handbook as pages",
        ))
        .arg(Arg::new("dir").value_name("DIR").required(true).value_parser(ValueParser::path_buf()).help(t(
            "Thư mục nhận hướng dẫn, không phải thư mục của trang",
            "Folder for the handbook, not that of the site",
        )))
}

fn key_command(lang: Lang) -> Command {
    let t = |vi: &'static str, en: &'static str| lang.pick(vi, en);
    let file = |vi: &'static str, en: &'static str| {
        Arg::new("file")
            .value_name("FILE")
            .required(true)
            .value_parser(ValueParser::path_buf())
            .help(t(vi, en))
    };
    let new = dress(Command::new("new"), lang)
        .about(t(
            "Tạo khóa bí mật mới trong một tệp, in khóa công khai",
            "Make a private key in a file, print the public one",
        ))
        .arg(file(
            "Tệp sẽ giữ khóa bí mật; phải chưa có, và ở ngoài kho git",
            "File for the private key; must not exist, outside git",
        ))
        .arg(Arg::new("name").long("name").value_name(t("TÊN", "NAME")).help(t(
            "Tên khóa [mặc định: địa chỉ trang trong trang.yaml, bỏ https://]",
            "Name of the key [default: the site's address in trang.yaml without https://]",
        )))
        .arg(
            content_arg()
                .help(t("Thư mục nội dung [mặc định: content]", "Content folder [default: content]")),
        );
    let show = dress(Command::new("show"), lang)
        .about(t(
            "In khóa công khai và vân tay của một tệp khóa",
            "Print public key and fingerprint of a key file",
        ))
        .arg(file("Tệp giữ khóa bí mật", "File of the private key"));
    dress(Command::new("key"), lang)
        .about(t(
            "Tạo khóa để ký trang, xem khóa công khai",
            "Make the key that signs the site, show its public half",
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand(new)
        .subcommand(show)
}

fn key_action(m: &ArgMatches, lang: Lang) -> Asked {
    let file = |m: &ArgMatches| m.get_one::<PathBuf>("file").cloned().unwrap_or_default();
    let action = match m.subcommand() {
        Some(("new", m)) => KeyAction::New {
            file: file(m),
            name: m.get_one::<String>("name").cloned(),
            content: m.get_one::<PathBuf>("content").cloned().unwrap_or_else(|| "content".into()),
        },
        Some((_, m)) => KeyAction::Show { file: file(m) },
        None => return Asked::Wrong(String::new()),
    };
    Asked::Act(Action::Key { action, lang })
}

fn verify_command(lang: Lang) -> Command {
    let t = |vi: &'static str, en: &'static str| lang.pick(vi, en);
    dress(Command::new("verify"), lang)
        .about(t(
            "Kiểm xem trang, hoặc một tệp đã tải về, có đúng là bản cơ quan đã ký",
            "Tell whether a site, or a saved file of it, is what the agency signed",
        ))
        .arg(Arg::new("target").value_name("DIR|URL|FILE").required(true).help(t(
            "Thư mục của cả trang, địa chỉ mạng, hoặc một tệp đã tải về",
            "Folder of a whole site, web address, or one saved file",
        )))
        .arg(Arg::new("site").long("site").value_name("DIR|URL").help(t(
            "Trang mà tệp được tải về từ đó, nếu tệp không nằm trong thư mục của trang",
            "The site that the file was saved from, if it does not lie in the site's folder",
        )))
        .arg(Arg::new("public-key").long("public-key").value_name(t("KHÓA", "KEY")).help(t(
            "Khóa công khai mà bạn biết là của cơ quan",
            "The public key that you know to be the agency's",
        )))
        .arg(Arg::new("fingerprint").long("fingerprint").value_name(t("VÂN TAY", "FINGERPRINT")).help(t(
            "Vân tay khóa in trên tờ niêm yết; viết liền hoặc trong ngoặc kép",
            "The fingerprint printed on the agency's sheets; in one word or in quotes",
        )))
        .after_help(t(
            "Mã kết thúc: 0 đúng bản đã ký · 1 không đúng, hoặc không có chữ ký · 2 dùng lệnh sai · 3 không đọc, không tải được",
            "Exit status: 0 what was signed · 1 not what was signed, or no signature · 2 wrong use · 3 cannot be read or fetched",
        ))
}

fn verify_action(m: &ArgMatches, lang: Lang) -> Asked {
    let word = |name: &str| m.get_one::<String>(name).cloned();
    let public_key = match word("public-key").map(|text| PublicKey::parse(text.trim())) {
        Some(None) => {
            return Asked::Wrong(
                lang.pick(
                    "congkhai: --public-key: không phải khóa công khai; chép cả dòng trong trang.yaml hoặc trang Xác minh\n",
                    "congkhai: --public-key: no public key; copy the whole line\n",
                )
                .to_owned(),
            );
        }
        key => key.flatten(),
    };
    let fingerprint =
        word("fingerprint").map(|text| text.split_whitespace().collect::<String>().to_lowercase());
    if fingerprint
        .as_ref()
        .is_some_and(|text| text.len() != 32 || !text.bytes().all(|b| b.is_ascii_hexdigit()))
    {
        return Asked::Wrong(
            lang.pick(
                "congkhai: --fingerprint: vân tay có 32 chữ số và chữ từ a đến f, chia làm 8 nhóm\n",
                "congkhai: --fingerprint: a fingerprint has 32 hexadecimal digits in 8 groups\n",
            )
            .to_owned(),
        );
    }
    let target = word("target").unwrap_or_default();
    let what = VerifyOptions { target, site: word("site"), public_key, fingerprint };
    Asked::Act(Action::Verify { what: Box::new(what), lang })
}

fn hosting_command(lang: Lang) -> Command {
    let t = |vi: &'static str, en: &'static str| lang.pick(vi, en);
    dress(Command::new("hosting"), lang)
        .about(t(
            "Ghi thiết đặt cho máy chủ web: nginx, Caddy, Apache, Cloudflare Pages",
            "Write the settings of web servers: nginx, Caddy, Apache, Cloudflare Pages",
        ))
        .arg(
            Arg::new("dir")
                .value_name("DIR")
                .required(true)
                .value_parser(ValueParser::path_buf())
                .help(t("Thư mục nhận các tệp", "Folder for the files")),
        )
        .arg(Arg::new("base-url").long("base-url").value_name("URL").help(t(
            "Địa chỉ của trang, nếu trang nằm dưới một thư mục của tên miền",
            "Address of the site, if it lies below a folder of its host",
        )))
        .arg(content_arg().help(t(
            "Thư mục nội dung, để biết trang nào đã đổi địa chỉ [mặc định: content]",
            "Content folder, which tells what pages moved [default: content]",
        )))
}

fn hosting_action(m: &ArgMatches, lang: Lang) -> Asked {
    let dir = m.get_one::<PathBuf>("dir").cloned().unwrap_or_default();
    let base_url = match m.get_one::<String>("base-url").map(|text| WebAddress::parse(text)) {
        Some(Err(fault)) => {
            return Asked::Wrong(format!("congkhai: --base-url: {}\n", lang.of(&fault.message)));
        }
        Some(Ok(url)) => Some(url),
        None => None,
    };
    let content = m.get_one::<PathBuf>("content").cloned().unwrap_or_else(|| "content".into());
    Asked::Act(Action::Hosting { dir, base_url, content, lang })
}

/// What the help of every command has.
/// Where the content is: the same of every command that reads it.
pub(super) fn content_arg() -> Arg {
    Arg::new("content")
        .long("content")
        .value_name("DIR")
        .default_value("content")
        .hide_default_value(true)
        .value_parser(ValueParser::path_buf())
}

fn dress(command: Command, lang: Lang) -> Command {
    let t = |vi: &'static str, en: &'static str| lang.pick(vi, en);
    let template = match lang {
        Lang::Vi => "{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}\n",
        Lang::En => "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}\n",
    };
    command
        .help_template(template)
        .subcommand_help_heading(t("Các lệnh", "Commands"))
        .next_help_heading(t("Tùy chọn", "Options"))
        .disable_help_flag(true)
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help(t("Hiện trợ giúp này", "Show this help")),
        )
}

fn commands(lang: Lang) -> Command {
    let t = |vi: &'static str, en: &'static str| lang.pick(vi, en);
    let dress = |command: Command| dress(command, lang);
    let common = |command: Command| common_options(dress(command), lang);
    dress(Command::new("congkhai"))
        .about(t(
            "congkhai: dựng trang công khai thủ tục hành chính từ các tệp YAML và Markdown",
            "congkhai: makes an agency's transparency site out of YAML and Markdown",
        ))
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .arg(Arg::new("version").short('V').long("version").action(ArgAction::Version).help(t("Hiện phiên bản", "Show the version")))
        .arg(lang_arg(lang).global(true))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .after_help(t(
            "Mã kết thúc: 0 tốt · 1 nội dung có lỗi (không đăng gì) · 2 dùng lệnh sai · 3 máy từ chối (ổ đĩa, quyền)",
            "Exit status: 0 all well · 1 the content has errors (nothing was published) · 2 wrong use · 3 the machine refused",
        ))
        .subcommand(
            common(Command::new("build").about(t("Kiểm tra nội dung rồi dựng trang", "Check the content and make the site")))
                .arg(
                    Arg::new("output")
                        .long("output")
                        .value_name("DIR")
                        .default_value("public")
                        .value_parser(ValueParser::path_buf())
                        .help(t("Thư mục kết quả [mặc định: public]", "Output folder [default: public]"))
                        .hide_default_value(true),
                )
                .arg(Arg::new("key").long("key").value_name("FILE").value_parser(ValueParser::path_buf()).help(t(
                    "Tệp khóa bí mật để ký trang; không ghi thì lấy khóa trong biến môi trường CONGKHAI_KEY, nếu có",
                    "File of the private key to sign with; else the key in the environment variable CONGKHAI_KEY, if any",
                )))
                .arg(Arg::new("previous").long("previous").value_name("DIR|URL|FILE").help(t(
                    "Lần đăng trước để so, xem có gì lặng lẽ mất đi: thư mục, địa chỉ trang, hoặc tệp phien-ban.json [mặc định: thư mục kết quả]",
                    "The last publication, to see that nothing vanishes: folder, address of the site or its phien-ban.json [default: the output folder]",
                )))
                .arg(Arg::new("allow-removals").long("allow-removals").value_name("N").value_parser(clap::value_parser!(usize)).help(t(
                    "Cho phép mất đúng bấy nhiêu bản ghi so với lần đăng trước",
                    "Let exactly so many records of the last publication vanish",
                )))
                .arg(Arg::new("write-lock").long("write-lock").action(ArgAction::SetTrue).help(t(
                    "Ghi mọi địa chỉ của trang vào permalinks.lock trong thư mục nội dung, để không địa chỉ nào mất về sau",
                    "Write every address into permalinks.lock in the content folder, so that none dies later",
                ))),
        )
        .subcommand(
            fix_options(common(Command::new("check").about(t("Chỉ kiểm tra nội dung, không dựng trang", "Only check the content"))), lang)
                .arg(Arg::new("fix-metadata").long("fix-metadata").action(ArgAction::SetTrue).help(t(
                    "Ghi cạnh mỗi tệp đính kèm có thông tin ẩn nêu tên người, nơi chụp một bản sao đã xóa thông tin đó",
                    "Write a copy without hidden information beside each attachment that names a person or a place",
                ))),
        )
        .subcommand(print_command(common(Command::new("print")), lang))
        .subcommand(todo_options(
            common(Command::new("todo").about(t(
                "Liệt kê việc cơ quan cần làm ngay, gấp nhất trước",
                "List what the office has to do now, most urgent first",
            ))),
            lang,
        ))
        .subcommand(diff_options(dress(Command::new("diff")), lang))
        .subcommand(serve_options(
            common(Command::new("serve").about(t(
                "Xem thử trang trên máy này, tự cập nhật khi lưu tệp",
                "Preview the site on this machine, updated at every save",
            ))),
            lang,
        ))
        .subcommand(init_options(dress(Command::new("init")), lang))
        .subcommand(hosting_command(lang))
        .subcommand(new_command(lang))
        .subcommand(import::command(common(Command::new("import")), lang))
        .subcommand(export::command(dress(Command::new("export")), lang))
        .subcommand(
            dress(Command::new("explain").about(t("Giải thích một quy tắc: vì sao, sai, đúng", "Explain a rule")))
                .arg(Arg::new("code").value_name(t("MÃ", "CODE")).help(t(
                    "Mã (CK0401) hoặc tên quy tắc; không ghi thì liệt kê tất cả",
                    "Code (CK0401) or slug of a rule; without it, all are listed",
                ))),
        )
        .subcommand(
            dress(Command::new("schema").about(t(
                "In JSON Schema của một loại bản ghi, để trình soạn thảo gợi ý và gạch đỏ",
                "Print the JSON Schema of a kind of record",
            )))
            .arg(Arg::new("kind").value_name(t("LOẠI", "KIND")).help(t(
                "thu-tuc, quyet-dinh, bai-viet …; không ghi thì liệt kê các loại",
                "thu-tuc, quyet-dinh, bai-viet …; without it, the kinds are listed",
            )))
            .arg(
                Arg::new("all")
                    .long("all")
                    .value_name("DIR")
                    .value_parser(ValueParser::path_buf())
                    .conflicts_with("kind")
                    .help(t(
                        "Ghi lược đồ của mọi loại vào thư mục này",
                        "Write the schemas of all kinds into this folder",
                    )),
            ),
        )
}

fn print_command(command: Command, lang: Lang) -> Command {
    let t = |vi: &'static str, en: &'static str| lang.pick(vi, en);
    let named = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).action(ArgAction::Append).value_delimiter(',').help(help)
    };
    let flag = |name: &'static str, help: &'static str| {
        Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
    };
    let path = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).value_parser(ValueParser::path_buf()).help(help)
    };
    command
        .about(t(
            "Làm tệp PDF của các tờ niêm yết, bằng trình duyệt có sẵn trên máy",
            "Make PDFs of the sheets for the board, with an installed browser",
        ))
        .arg(named(
            "decision",
            t("SỐ", "NUMBER"),
            t(
                "Các tờ phải treo sau một quyết định, ví dụ 949/QĐ-UBND; in ra cả những tờ phải gỡ",
                "What to hang after a decision, such as 949/QĐ-UBND; tells what to take down",
            ),
        ))
        .arg(named(
            "field",
            t("MÃ", "CODE"),
            t("Cả tập của một lĩnh vực: bìa, danh sách, các tờ", "The whole folder of a field"),
        ))
        .arg(named("procedure", t("MÃ", "CODE"), t("Tờ của một thủ tục", "The sheet of a procedure")))
        .arg(flag("notice", t("Thông báo tiếp nhận phản ánh, kiến nghị", "The notice on petitions")))
        .arg(flag("all", t("Tất cả", "Everything")))
        .arg(
            path(
                "output-dir",
                "DIR",
                t("Thư mục chứa các tệp PDF [mặc định: ban-in]", "Folder for the PDFs [default: ban-in]"),
            )
            .default_value("ban-in")
            .hide_default_value(true),
        )
        .arg(path(
            "browser",
            "FILE",
            t(
                "Trình duyệt Chromium, Chrome hoặc Edge [mặc định: biến CHROMIUM, hoặc tự tìm]",
                "Chromium, Chrome or Edge [default: the variable CHROMIUM, or looked for]",
            ),
        ))
}

fn init_options(command: Command, lang: Lang) -> Command {
    let t = |vi: &'static str, en: &'static str| lang.pick(vi, en);
    let text = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    command
        .about(t(
            "Tạo trang mới cho một cơ quan: nội dung minh họa, thiết đặt trình soạn thảo, kiểm tra tự động",
            "Make a new agency's site",
        ))
        .arg(
            Arg::new("dir").value_name("DIR").required(true).value_parser(ValueParser::path_buf()).help(t(
                "Thư mục của trang mới; phải chưa có hoặc rỗng",
                "Folder of the new site; new or empty",
            )),
        )
        .arg(text("name", "TEXT", t("Tên đầy đủ của cơ quan", "Full name of the agency")))
        .arg(text("parent", "TEXT", t("Cơ quan cấp trên", "The agency above it")))
        .arg(text("address", "TEXT", t("Địa chỉ trụ sở", "Address of its office")))
        .arg(text(
            "base-url",
            "URL",
            t("Địa chỉ của trang, bắt đầu bằng https://", "Address of the site, https://…"),
        ))
        .arg(text(
            "date",
            "YYYY-MM-DD",
            t(
                "Ngày của dữ liệu minh họa [mặc định: hôm nay]",
                "Day of the illustrative records [default: today]",
            ),
        ))
}

/// Which sheets were asked for, in the order of the options' names.
fn choices(m: &ArgMatches) -> Vec<Choice> {
    let named = |name: &str, choice: fn(String) -> Choice| {
        let values: Vec<String> = m.get_many::<String>(name).into_iter().flatten().cloned().collect();
        values.into_iter().map(move |value| choice(value.trim().to_owned()))
    };
    let flag = |name: &str, choice: Choice| m.get_flag(name).then_some(choice);
    let mut all: Vec<Choice> = named("decision", Choice::Decision).collect();
    all.extend(named("field", Choice::Field));
    all.extend(named("procedure", Choice::Procedure));
    all.extend(flag("notice", Choice::Notice));
    all.extend(flag("all", Choice::All));
    all
}

fn print_action(m: &ArgMatches, lang: Lang) -> Asked {
    let options = match options(m, lang) {
        Ok(options) => options,
        Err(words) => return Asked::Wrong(words),
    };
    let choices = choices(m);
    if choices.is_empty() {
        let words = lang.pick(
            "congkhai: in những tờ nào? Hãy ghi một trong --decision, --field, --procedure, --notice, --all\n",
            "congkhai: which sheets? Give one of --decision, --field, --procedure, --notice, --all\n",
        );
        return Asked::Wrong(words.to_owned());
    }
    let path = |name: &str| m.get_one::<PathBuf>(name).cloned();
    let print = PrintOptions {
        choices,
        output_dir: path("output-dir").unwrap_or_else(|| "ban-in".into()),
        browser: path("browser"),
    };
    Asked::Act(Action::Print(options, print))
}

/// What a list needs: the content, the day, the unit, the form. The rest is kept out of sight.
fn todo_options(command: Command, lang: Lang) -> Command {
    let t = |vi: &'static str, en: &'static str| lang.pick(vi, en);
    let unseen = ["theme", "themes", "base-url", "strict", "quiet", "verbose"];
    unseen
        .into_iter()
        .fold(command, |command, name| command.mut_arg(name, |arg| arg.hide(true)))
        .mut_arg("format", |arg| {
            arg.value_name("text|json|ics").value_parser(["text", "json", "ics"]).help(t(
                "Dạng danh sách: text, json, hoặc ics để mở bằng lịch trên điện thoại [mặc định: text]",
                "Form of the list: text, json, or ics for the calendar of a phone [default: text]",
            ))
        })
        .arg(Arg::new("unit").long("unit").value_name(t("MÃ", "CODE")).help(t(
            "Chỉ việc của đơn vị này, theo mã trong danh-muc/don-vi.yaml",
            "Only what is this unit's, by its code in danh-muc/don-vi.yaml",
        )))
        .after_help(t(
            "Có việc cần làm vẫn kết thúc với mã 0; mã 1 chỉ khi nội dung có lỗi.",
            "Things to do are no failure: status 0; status 1 only when the content has errors.",
        ))
}

fn diff_options(command: Command, lang: Lang) -> Command {
    let t = |vi: &'static str, en: &'static str| lang.pick(vi, en);
    let state = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).value_name(value).required(true).help(help)
    };
    command
        .about(t(
            "Cho biết hai bản của nội dung hay của trang khác nhau ở đâu, từng bản ghi, từng mục",
            "Say what differs between two states of the content or the site, record by record",
        ))
        .arg(state(
            "old",
            t("CŨ", "OLD"),
            t(
                "Bản cũ: thư mục nội dung, git:<bản> (như git:HEAD~1), hoặc trang đã đăng (thư mục, phien-ban.json, địa chỉ)",
                "The earlier state: a content folder, git:REV, or a published site (folder, phien-ban.json, address)",
            ),
        ))
        .arg(state("new", t("MỚI", "NEW"), t("Bản mới, viết như bản cũ", "The later state, likewise")))
        .arg(content_arg().help(t(
            "Thư mục nội dung mà git:<bản> nói đến [mặc định: content]",
            "The content folder that git:REV is about [default: content]",
        )))
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("text|json|markdown")
                .value_parser(["text", "json", "markdown"])
                .hide_possible_values(true)
                .help(t("Dạng của kết quả [mặc định: text]", "Form of the result [default: text]")),
        )
        .after_help(t(
            "Có khác nhau hay không, lệnh đều kết thúc với mã 0.",
            "Whether they differ or not, the status is 0.",
        ))
}

fn compared(m: &ArgMatches, lang: Lang) -> Compared {
    let word = |name: &str| m.get_one::<String>(name).cloned().unwrap_or_default();
    Compared {
        old: word("old"),
        new: word("new"),
        content: m.get_one::<PathBuf>("content").cloned().unwrap_or_else(|| "content".into()),
        form: match word("format").as_str() {
            "json" => DiffForm::Json,
            "markdown" => DiffForm::Markdown,
            _ => DiffForm::Text,
        },
        lang,
    }
}

fn serve_options(command: Command, lang: Lang) -> Command {
    let t = |vi: &'static str, en: &'static str| lang.pick(vi, en);
    // Findings stand on the pages, whatever their form and number would be elsewhere.
    ["format", "strict", "quiet", "verbose"]
        .into_iter()
        .fold(command, |command, name| command.mut_arg(name, |arg| arg.hide(true)))
        .arg(Arg::new("port").long("port").value_name("N").value_parser(clap::value_parser!(u16)).help(t(
            "Cổng [mặc định: cổng trống đầu tiên từ 8257]",
            "Port [default: the first free one from 8257 on]",
        )))
        .arg(Arg::new("host").long("host").value_name("IP").help(t(
            "Địa chỉ lắng nghe; không ghi thì chỉ máy này xem được",
            "Address to listen on; without it, only this machine can see the preview",
        )))
        .arg(
            Arg::new("open")
                .long("open")
                .action(ArgAction::SetTrue)
                .help(t("Mở trình duyệt", "Open the browser")),
        )
        .arg(Arg::new("poll").long("poll").action(ArgAction::SetTrue).help(t(
            "Tự xem lại thư mục mỗi giây (ổ mạng, máy ảo)",
            "Look at the folders every second (network drives, virtual machines)",
        )))
        .arg(
            Arg::new("editor")
                .long("editor")
                .value_name("URL")
                .default_value("vscode://file{tep}:{dong}:{cot}")
                .hide_default_value(true)
                .help(t(
                    "Cách mở tệp khi bấm vào lỗi [mặc định: vscode://file{tep}:{dong}:{cot}]",
                    "How a click on a fault opens the file [default: vscode://file{tep}:{dong}:{cot}]",
                )),
        )
}

fn agency(m: &ArgMatches, lang: Lang) -> Result<Agency, String> {
    let word = |name: &str| m.get_one::<String>(name).cloned();
    let date = match word("date").map(|text| (Date::parse(&text), text)) {
        None => None,
        Some((Ok(date), _)) => Some(date),
        Some((Err(_), text)) => {
            return Err(match lang {
                Lang::Vi => format!("congkhai: --date `{text}`: viết năm-tháng-ngày, ví dụ 2026-11-23\n"),
                Lang::En => format!("congkhai: --date `{text}`: write year-month-day, such as 2026-11-23\n"),
            });
        }
    };
    Ok(Agency {
        dir: m.get_one::<PathBuf>("dir").cloned().unwrap_or_default(),
        name: word("name"),
        parent: word("parent"),
        address: word("address"),
        base_url: word("base-url"),
        date,
    })
}

/// The words behind `new` depend on the kind that is made, so the command reads them itself.
fn new_command(lang: Lang) -> Command {
    Command::new("new")
        .about(
            lang.pick(
                "Tạo tệp cho một bản ghi mới, có lời chú cho từng khóa",
                "Make the file of a new record",
            ),
        )
        .disable_help_flag(true)
        .arg(
            Arg::new("words")
                .value_name(lang.pick("LOẠI", "KIND"))
                .help(lang.pick(
                    "Loại bản ghi, rồi mã và giá trị của các khóa; xem congkhai new LOẠI --help",
                    "Kind of record, then its code and values; see congkhai new KIND --help",
                ))
                .num_args(0..)
                .trailing_var_arg(true)
                .allow_hyphen_values(true),
        )
}

fn fix_options(command: Command, lang: Lang) -> Command {
    let t = |vi: &'static str, en: &'static str| lang.pick(vi, en);
    command
        .arg(Arg::new("fix").long("fix").action(ArgAction::SetTrue).help(t(
            "Tự sửa những lỗi chỉ có một cách sửa đúng (dạng ngày, số, mã, khoảng trắng, thứ tự khóa) rồi kiểm tra lại",
            "Make the repairs that have one right answer (forms of dates, numbers, codes, blanks, order of keys), then check",
        )))
        .arg(Arg::new("dry-run").long("dry-run").action(ArgAction::SetTrue).requires("fix").help(t(
            "Cùng với --fix: chỉ cho xem sẽ sửa gì, không ghi",
            "With --fix: only show what would be done, write nothing",
        )))
}

fn lang_arg(lang: Lang) -> Arg {
    Arg::new("lang")
        .long("lang")
        .value_name("vi|en")
        .value_parser(["vi", "en"])
        .hide_possible_values(true)
        .help(lang.pick(
            "Ngôn ngữ của thông báo: vi hoặc en [mặc định: vi]",
            "Language of messages: vi or en [default: vi]",
        ))
}

fn common_options(command: Command, lang: Lang) -> Command {
    let t = |vi: &'static str, en: &'static str| lang.pick(vi, en);
    command
        .arg(
            content_arg()
                .help(t("Thư mục nội dung [mặc định: content]", "Content folder [default: content]")),
        )
        .arg(Arg::new("theme").long("theme").value_name("NAME|DIR").help(t(
            "Giao diện: tên trong thư mục themes, hoặc một thư mục",
            "Theme: a name in the themes folder, or a folder",
        )))
        .arg(
            Arg::new("themes")
                .long("themes")
                .value_name("DIR")
                .default_value("themes")
                .hide_default_value(true)
                .value_parser(ValueParser::path_buf())
                .help(t(
                    "Thư mục chứa các giao diện [mặc định: themes]",
                    "Folder of themes [default: themes]",
                )),
        )
        .arg(Arg::new("base-url").long("base-url").value_name("URL").help(t(
            "Địa chỉ gốc của trang, thay cho dia_chi_trang trong trang.yaml",
            "Base URL of the site, instead of dia_chi_trang in trang.yaml",
        )))
        .arg(Arg::new("date").long("date").value_name("YYYY-MM-DD").help(t(
            "Ngày của số liệu [mặc định: hôm nay ở Việt Nam, hoặc SOURCE_DATE_EPOCH]",
            "Day of the figures [default: today in Vietnam, or SOURCE_DATE_EPOCH]",
        )))
        .arg(Arg::new("jobs").long("jobs").short('j').value_name("N").help(t(
            "Số luồng chạy cùng lúc [mặc định: theo số bộ xử lý]",
            "Number of threads [default: one a processor]",
        )))
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("text|json|github|gitlab|sarif")
                .value_parser(["text", "json", "github", "gitlab", "sarif"])
                .hide_possible_values(true)
                .default_value("text")
                .hide_default_value(true)
                .help(t(
                    "Dạng của kết quả kiểm tra [mặc định: text]",
                    "Format of the findings [default: text]",
                )),
        )
        .arg(
            Arg::new("strict")
                .long("strict")
                .action(ArgAction::SetTrue)
                .help(t("Cảnh báo cũng là lỗi", "Warnings fail")),
        )
        .arg(
            Arg::new("quiet")
                .short('q')
                .long("quiet")
                .action(ArgAction::SetTrue)
                .help(t("Chỉ in lỗi", "Print errors only"))
                .conflicts_with("verbose"),
        )
        .arg(Arg::new("verbose").short('v').long("verbose").action(ArgAction::Count).help(t(
            "In thêm: ghi chú, các tệp bỏ qua, thời gian",
            "Print more: notes, files passed over, timings",
        )))
}

fn meaning(matches: &ArgMatches, lang: Lang) -> Asked {
    let word = |m: &ArgMatches, name: &str| m.get_one::<String>(name).cloned();
    match matches.subcommand() {
        Some(("build", m)) => options(m, lang).map_or_else(Asked::Wrong, |o| Asked::Act(Action::Build(o))),
        Some(("check", m)) => options(m, lang).map_or_else(Asked::Wrong, |o| Asked::Act(Action::Check(o))),
        Some(("print", m)) => print_action(m, lang),
        Some(("todo", m)) => options(m, lang).map_or_else(Asked::Wrong, |o| {
            let form = match word(m, "format").as_deref() {
                Some("json") => TodoForm::Json,
                Some("ics") => TodoForm::Calendar,
                _ => TodoForm::Text,
            };
            // Errors of the content are told in words, whatever the form of the list.
            let o = Options { format: Format::Text, ..o };
            Asked::Act(Action::Todo(o, TodoOptions { unit: word(m, "unit"), form }))
        }),
        Some(("serve", m)) => options(m, lang).map_or_else(Asked::Wrong, |o| {
            let how = ServeOptions {
                port: m.get_one::<u16>("port").copied(),
                host: word(m, "host"),
                open: m.get_flag("open"),
                poll: m.get_flag("poll"),
                editor: word(m, "editor").unwrap_or_default(),
            };
            Asked::Act(Action::Serve(o, how))
        }),
        Some(("explain", m)) => Asked::Act(Action::Explain { code: word(m, "code"), lang }),
        Some(("completions", m)) => match m.get_one::<Shell>("shell") {
            Some(shell) => Asked::Act(Action::Completions { shell: *shell, lang }),
            None => Asked::Wrong(String::new()),
        },
        Some(("man", m)) => {
            let dir = m.get_one::<PathBuf>("dir").cloned().unwrap_or_default();
            Asked::Act(Action::Man { dir, lang })
        }
        Some(("handbook", m)) => {
            let dir = m.get_one::<PathBuf>("dir").cloned().unwrap_or_default();
            Asked::Act(Action::Handbook { dir, lang })
        }
        Some(("hosting", m)) => hosting_action(m, lang),
        Some(("key", m)) => key_action(m, lang),
        Some(("verify", m)) => verify_action(m, lang),
        Some(("init", m)) => {
            agency(m, lang).map_or_else(Asked::Wrong, |agency| Asked::Act(Action::Init { agency, lang }))
        }
        Some(("schema", m)) if m.get_one::<PathBuf>("all").is_some() => {
            let dir = m.get_one::<PathBuf>("all").cloned().unwrap_or_default();
            Asked::Act(Action::SchemaFiles { dir, lang })
        }
        Some(("export", m)) => Asked::Act(Action::Export(export::options(m, lang))),
        Some(("import", m)) => options(m, lang)
            .and_then(|o| Ok(Asked::Act(Action::Import(o, import::options(m, lang)?))))
            .unwrap_or_else(Asked::Wrong),
        Some(("diff", m)) => Asked::Act(Action::Diff(compared(m, lang))),
        Some(("new", m)) => {
            let words = m.get_many::<String>("words").into_iter().flatten().cloned().collect();
            Asked::Act(Action::New { words, lang })
        }
        Some(("schema", m)) => Asked::Act(Action::Schema { kind: word(m, "kind"), lang }),
        _ => Asked::Wrong(String::new()),
    }
}

fn options(m: &ArgMatches, lang: Lang) -> Result<Options, String> {
    let word = |name: &str| m.try_get_one::<String>(name).ok().flatten().cloned();
    let path = |name: &str| m.try_get_one::<PathBuf>(name).ok().flatten().cloned();
    let bad = |flag: &str, value: &str, vi: &str, en: &str| {
        Err(match lang {
            Lang::Vi => format!("congkhai: --{flag} `{value}`: {vi}\n"),
            Lang::En => format!("congkhai: --{flag} `{value}`: {en}\n"),
        })
    };
    let date = match word("date").map(|text| (Date::parse(&text), text)) {
        None => None,
        Some((Ok(date), _)) => Some(date),
        Some((Err(_), text)) => {
            return bad(
                "date",
                &text,
                "viết năm-tháng-ngày, ví dụ 2026-11-23",
                "write year-month-day, such as 2026-11-23",
            );
        }
    };
    let base_url = match word("base-url").map(|text| (WebAddress::parse(&text), text)) {
        None => None,
        Some((Ok(url), text)) if !text.contains(['?', '#']) => Some(url),
        Some((_, text)) => {
            return bad(
                "base-url",
                &text,
                "viết địa chỉ bắt đầu bằng https://, không có `?` và `#`",
                "write an address starting with https://, without `?` and `#`",
            );
        }
    };
    let jobs = match word("jobs").map(|text| (text.parse::<usize>(), text)) {
        None => 0,
        Some((Ok(jobs @ 1..=1024), _)) => jobs,
        Some((_, text)) => {
            return bad("jobs", &text, "viết một số từ 1 đến 1024", "write a number from 1 to 1024");
        }
    };
    let verbose = i8::try_from(m.get_count("verbose")).unwrap_or(i8::MAX);
    Ok(Options {
        content: path("content").unwrap_or_else(|| "content".into()),
        output: path("output").unwrap_or_else(|| "public".into()),
        theme: word("theme"),
        themes: path("themes").unwrap_or_else(|| "themes".into()),
        key: path("key"),
        previous: word("previous"),
        allow_removals: m.try_get_one::<usize>("allow-removals").ok().flatten().copied(),
        write_lock: m.try_get_one::<bool>("write-lock").ok().flatten().copied().unwrap_or(false),
        base_url,
        date,
        jobs,
        format: word("format").and_then(|f| Format::from_key(&f)).unwrap_or_default(),
        lang,
        fix_metadata: m.try_get_one::<bool>("fix-metadata").ok().flatten().copied().unwrap_or(false),
        fix: m.try_get_one::<bool>("fix").ok().flatten().copied().unwrap_or(false),
        dry_run: m.try_get_one::<bool>("dry-run").ok().flatten().copied().unwrap_or(false),
        strict: m.get_flag("strict"),
        verbosity: if m.get_flag("quiet") { -1 } else { verbose },
    })
}

/// Wrong use, in the editor's language: the words of `clap` are English only.
fn wrong(error: &clap::Error, arguments: &[OsString], lang: Lang) -> String {
    if lang == Lang::En {
        return error.to_string();
    }
    let all = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    };
    // `--verbose...` can be repeated; nobody types the dots.
    let context = |kind: ContextKind| all(kind).join(", ").replace("...", "");
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let fact = match error.kind() {
        ErrorKind::UnknownArgument if argument.starts_with('-') => format!("không có tùy chọn `{argument}`"),
        ErrorKind::UnknownArgument => format!("thừa tham số `{argument}`"),
        ErrorKind::InvalidSubcommand => {
            format!("không có lệnh `{}`", context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("`{argument}` cần một giá trị"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("`{argument}` không nhận giá trị `{value}`")
        }
        ErrorKind::ArgumentConflict => {
            let other = context(ContextKind::PriorArg);
            match other.is_empty() || other == argument {
                true => format!("`{argument}` viết hai lần"),
                false => format!("`{argument}` không đi cùng `{other}`"),
            }
        }
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("`{argument}` nhận một số giá trị khác")
        }
        ErrorKind::NoEquals => format!("`{argument}` viết dấu `=` trước giá trị"),
        ErrorKind::MissingRequiredArgument => format!("thiếu `{argument}`"),
        ErrorKind::MissingSubcommand => "thiếu tên lệnh".to_owned(),
        ErrorKind::InvalidUtf8 => "tham số không phải chữ UTF-8".to_owned(),
        _ => "dòng lệnh viết chưa đúng".to_owned(),
    };
    let mut out = format!("congkhai: {fact}\n");
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .map(all)
        .find(|texts| !texts.is_empty())
        .unwrap_or_default();
    let typed = if value.is_empty() { context(ContextKind::InvalidSubcommand) } else { value };
    let known = all(ContextKind::ValidValue);
    if let Some(near) = nearest(&typed, near.iter().map(String::as_str)).or(near.first().map(String::as_str))
    {
        out.push_str(&format!("  gợi ý: có phải `{near}`?\n"));
    } else if !known.is_empty() {
        out.push_str(&format!("  gợi ý: chọn một trong: {}\n", known.join(", ")));
    }
    let inner = commands(lang);
    let words = arguments.iter().skip(1).filter_map(|word| word.to_str());
    let name = words.map(|word| (word, inner.find_subcommand(word).is_some())).find(|(_, known)| *known);
    let name = name.map(|(name, _)| format!("{name} ")).unwrap_or_default();
    out.push_str(&format!("  Xem cách dùng: congkhai {name}--help\n"));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line as a shell divides it; quotes hold words together.
    fn words(line: &str) -> Vec<OsString> {
        // What a shell does with the output is no word of ours.
        let line = line.split(" > ").next().unwrap_or_default();
        let parts = line.split('"').enumerate();
        parts
            .flat_map(|(i, part)| match i % 2 {
                1 => vec![part.to_owned()],
                _ => part.split_whitespace().map(str::to_owned).collect(),
            })
            .map(OsString::from)
            .collect()
    }

    #[test]
    fn the_command_is_whole_and_every_example_can_be_typed() {
        for lang in [Lang::Vi, Lang::En] {
            command(lang).debug_assert();
            for inner in command(lang).get_subcommands().filter(|inner| !inner.is_hide_set()) {
                let name = inner.get_name();
                // `new` explains itself, kind by kind; tests/it/new.rs reads that.
                assert!(
                    name == "new" || examples::EXAMPLES.iter().any(|(known, _)| *known == name),
                    "{name} has no example"
                );
            }
        }
        for (name, lines) in examples::EXAMPLES {
            for (line, ..) in *lines {
                assert!(matches!(read(&words(line)), Asked::Act(_)), "{line}");
                assert!(name.is_empty() || line.starts_with(&format!("congkhai {name}")), "{name}: {line}");
            }
            let help = ["congkhai", name, "--help"]
                .iter()
                .filter(|word| !word.is_empty())
                .map(OsString::from)
                .collect::<Vec<_>>();
            match read(&help) {
                Asked::Show(text, _) => assert!(text.contains("Ví dụ:\n  congkhai "), "{name}: {text}"),
                other => panic!("{name}: {other:?}"),
            }
        }
    }

    fn shown(words: &[&str]) -> String {
        match read(&words.iter().map(OsString::from).collect::<Vec<_>>()) {
            Asked::Show(text, _) | Asked::Wrong(text) => text,
            other => panic!("{words:?}: {other:?}"),
        }
    }

    /// What `clap` says in English, wherever it could show.
    const LEFT_OVER: &[&str] = &[
        "OPTIONS",
        "COMMAND",
        "Usage",
        "Options",
        "Commands",
        "Arguments",
        "DIR",
        "FILE",
        "NAME",
        "TEXT",
        "YYYY",
        "<N>",
        "error:",
        "For more",
        "tip:",
        "default:",
        "possible",
    ];

    #[test]
    fn help_is_in_vietnamese_to_the_last_placeholder() {
        let vietnamese = |text: &str| text.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
        let whole = command(Lang::Vi);
        let names = whole.get_subcommands().map(|inner| inner.get_name()).filter(|name| *name != "new");
        for name in std::iter::once("").chain(names) {
            let words: Vec<&str> =
                ["congkhai", name, "--help"].into_iter().filter(|word| !word.is_empty()).collect();
            let help = shown(&words);
            for left_over in LEFT_OVER {
                assert!(!help.contains(left_over), "{name}: {left_over} in\n{help}");
            }
            assert!(help.contains("Cách dùng: congkhai"), "{help}");
        }
        for inner in whole.get_subcommands().chain([&whole]) {
            let about = inner.get_about().map(ToString::to_string).unwrap_or_default();
            assert!(vietnamese(&about), "{}: {about}", inner.get_name());
            for arg in inner.get_arguments() {
                let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                assert!(vietnamese(&help), "{} {}: {help}", inner.get_name(), arg.get_id());
            }
        }
    }

    #[test]
    fn wrong_use_is_told_in_vietnamese_with_the_help_of_that_command() {
        for (line, words, see) in [
            ("check --date", "`--date <NĂM-THÁNG-NGÀY>` cần một giá trị", "congkhai check --help"),
            (
                "check --format x",
                "chọn một trong: text, json, github, gitlab, sarif",
                "congkhai check --help",
            ),
            ("todo --format jsn", "có phải `json`?", "congkhai todo --help"),
            ("init", "thiếu `<THƯ_MỤC>`", "congkhai init --help"),
            ("check -q -v", "`--quiet` không đi cùng `--verbose`", "congkhai check --help"),
            ("check --date 2026-01-01 --date 2026-01-02", "viết hai lần", "congkhai check --help"),
            ("chek", "có phải `check`?", "congkhai --help"),
            ("explain a b", "thừa tham số `b`", "congkhai explain --help"),
            ("check --lang xx", "không nhận giá trị `xx`", "congkhai check --help"),
        ] {
            let typed: Vec<&str> = std::iter::once("congkhai").chain(line.split(' ')).collect();
            let said = shown(&typed);
            assert!(
                said.contains(words) && said.contains(&format!("Xem cách dùng: {see}\n")),
                "{line}: {said}"
            );
            for left_over in LEFT_OVER {
                assert!(!said.contains(left_over), "{line}: {said}");
            }
        }
    }
}
