//! `congkhai print`: checks the content, lays out the sheets that were asked for, and has an installed
//! browser make a PDF of each.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::args::{Options, PrintOptions};
use super::{Exit, Lang, print, run};
use crate::browser::{self, Browser, Fault, Job};
use crate::codes::CK0702;
use crate::pipeline;
use crate::plan::posting::{Choice, Chosen, NoSuch, Passed};
use crate::site::Site;
use crate::write::{Accepted, Papers, WriteError};

/// How long one sheet may take: a slow office machine needs some ten seconds for a browser's first start.
const PATIENCE: Duration = Duration::from_secs(90);

/// How many browsers run at once at most: each takes some 200 MB.
const MOST_BROWSERS: usize = 4;

/// Runs the command.
pub fn run(options: &Options, asked: &PrintOptions) -> Exit {
    run::with_threads(options.jobs, options.lang, || papers(options, asked))
}

fn papers(options: &Options, asked: &PrintOptions) -> Exit {
    let lang = options.lang;
    let (settings, inputs) = match run::start(options) {
        Ok(started) => started,
        Err(exit) => return exit,
    };
    let (made, chosen) = pipeline::sheets(&inputs, &settings, &asked.choices);
    let exit = run::tell(options, &inputs, &made, false);
    if exit != Exit::Done {
        return exit;
    }
    let (Some(site), Some(chosen)) = (made.site, chosen) else { return Exit::Content };
    let chosen = match chosen {
        Ok(chosen) => chosen,
        Err(fault) => {
            complain!("congkhai: {}", no_such(&fault, lang));
            return Exit::Usage;
        }
    };
    if made.diagnostics.iter().any(|found| *found.rule == *CK0702) {
        complain!(
            "{}",
            lang.pick(
                "Chú ý: dia_chi_trang là địa chỉ ví dụ, nên mã QR trên các tờ này không dẫn tới đâu. Chưa dùng để niêm yết.",
                "Mind: dia_chi_trang is an example, so the QR codes lead nowhere. Do not post these sheets."
            )
        );
    }
    // What needs no browser is told even where there is none.
    let exit = print(&told(&chosen, lang), lang);
    if exit != Exit::Done || chosen.sheets.is_empty() {
        return exit;
    }
    let program = match program(asked) {
        Ok(program) => program,
        Err((exit, words)) => {
            complain!("congkhai: {}", words.pick(lang));
            return exit;
        }
    };
    match make(options, asked, &site, &chosen, program) {
        Ok(exit) => exit,
        Err(error) => {
            complain!("congkhai: {}", lang.of(&error.words()));
            if error.is_usage() { Exit::Usage } else { Exit::Machine }
        }
    }
}

/// A text in both languages.
struct Both {
    vi: String,
    en: String,
}

impl Both {
    fn pick(&self, lang: Lang) -> &str {
        lang.pick(&self.vi, &self.en)
    }
}

/// The browser: named, in the variable, or one that is installed.
fn program(asked: &PrintOptions) -> Result<PathBuf, (Exit, Both)> {
    let variable = || std::env::var_os("CHROMIUM").filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(named) = asked.browser.clone().or_else(variable) {
        if browser::is_program(&named) {
            return Ok(named);
        }
        let path = named.display();
        let words = Both {
            vi: format!(
                "`{path}` không phải chương trình chạy được; hãy ghi đường dẫn đầy đủ của trình duyệt ở --browser hoặc biến CHROMIUM"
            ),
            en: format!(
                "`{path}` is no program; give the whole path of the browser with --browser or the variable CHROMIUM"
            ),
        };
        return Err((Exit::Usage, words));
    }
    browser::find(&std::env::var_os("PATH").unwrap_or_default()).ok_or_else(|| {
        let words = Both {
            vi: "không tìm thấy trình duyệt Chromium, Chrome hay Edge để làm tệp PDF.\n  \
                 Debian, Ubuntu: sudo apt install chromium fonts-noto-core (Ubuntu: chromium-browser)\n  \
                 Windows: không cần lệnh này. Mở trang trong thư mục public/niem-yet bằng Edge có sẵn trong máy rồi in (Ctrl+P); trong WSL thì cài như Debian\n  \
                 Đã cài ở nơi khác: ghi đường dẫn ở --browser, hoặc ở biến CHROMIUM"
                .to_owned(),
            en: "found no Chromium, Chrome or Edge to make PDFs with.\n  \
                 Debian, Ubuntu: sudo apt install chromium fonts-noto-core (Ubuntu: chromium-browser)\n  \
                 Windows: open the page in public/niem-yet with Edge and print it (Ctrl+P); in WSL install as on Debian\n  \
                 Installed elsewhere: give its path with --browser or in the variable CHROMIUM"
                .to_owned(),
        };
        (Exit::Machine, words)
    })
}

fn make(
    options: &Options,
    asked: &PrintOptions,
    site: &Site,
    chosen: &Chosen,
    program: PathBuf,
) -> Result<Exit, WriteError> {
    let lang = options.lang;
    let mut papers = Papers::open(&asked.output_dir, &options.content)?;
    let names: Vec<String> = chosen.sheets.iter().map(|sheet| format!("{}.pdf", sheet.file)).collect();
    names.iter().try_for_each(|name| papers.refuse_foreign(name))?;
    let root = papers.lay_out(site)?;
    let mut jobs = Vec::new();
    for (number, sheet) in chosen.sheets.iter().enumerate() {
        let (profile, pdf, log) = papers.desk(number)?;
        jobs.push(Job { page: sheet.path.out_path().below(&root), pdf, profile, log: log.into() });
    }
    let browser = Browser { program, as_root: papers.as_root(), patience: PATIENCE };
    let threads = match options.jobs {
        0 => std::thread::available_parallelism().map_or(1, usize::from).min(MOST_BROWSERS),
        jobs => jobs.min(MOST_BROWSERS),
    };
    let total = jobs.len();
    let count = AtomicUsize::new(0);
    let results = browser.print(jobs, threads, &|number| {
        let count = count.fetch_add(1, Ordering::Relaxed) + 1;
        if options.verbosity >= 0 {
            let title = chosen.sheets.get(number).map_or("", |sheet| sheet.title.as_str());
            complain!("[{count}/{total}] {title}");
        }
    });
    let mut lines = String::new();
    let mut fault = None;
    let mut sides = 0;
    for (number, (result, name)) in results.into_iter().zip(&names).enumerate() {
        let made = match result {
            Ok(()) => papers.accept(number, name)?,
            Err(Fault::Stopped) => continue,
            Err(error) => {
                fault.get_or_insert((number, Some(error)));
                continue;
            }
        };
        let Some(made) = made else {
            fault.get_or_insert((number, None));
            continue;
        };
        sides += made.sides;
        lines.push_str(&line(&asked.output_dir.join(name).display().to_string(), made, lang));
    }
    let exit = print(&lines, lang);
    if let Some((number, error)) = fault {
        let name = names.get(number).map_or("", String::as_str);
        complain!("congkhai: {}", failed(name, error.as_ref(), &browser, &papers.last_words(number), lang));
        papers.finish()?;
        return Ok(Exit::Machine);
    }
    papers.finish()?;
    if options.verbosity >= 0 {
        let place = asked.output_dir.display();
        let words = Both {
            vi: format!("Đã làm {total} tệp PDF, {sides} mặt A4, trong {place}."),
            en: format!("Made {total} PDFs, {sides} sides of A4, in {place}."),
        };
        complain!("{}", words.pick(lang));
    }
    Ok(exit)
}

fn line(path: &str, made: Accepted, lang: Lang) -> String {
    let sides = made.sides;
    let untagged = match (made.tagged, lang) {
        (true, _) => "",
        (false, Lang::Vi) => ", chưa gắn thẻ cho người dùng trình đọc màn hình (trình duyệt quá cũ)",
        (false, Lang::En) => ", not tagged (the browser is too old)",
    };
    match lang {
        Lang::Vi => format!("{path}: {sides} mặt{untagged}\n"),
        Lang::En => format!("{path}: {sides} sides{untagged}\n"),
    }
}

/// What is to be done by hand: what comes down, and what has no sheet.
fn told(chosen: &Chosen, lang: Lang) -> String {
    let mut out = String::new();
    for (code, name) in &chosen.remove {
        let name = name.as_deref().map(|name| format!(" {name}")).unwrap_or_default();
        out.push_str(&format!("{}: {code}{name}\n", lang.pick("Gỡ xuống", "Take down")));
    }
    for (code, why) in &chosen.passed {
        let why = match why {
            Passed::Ended => lang.pick("đã hết áp dụng, không có tờ", "has ended, no sheet"),
            Passed::Sparse => {
                lang.pick("mới có tên, chưa có nội dung để niêm yết", "has a name only, nothing to post")
            }
            Passed::Unknown => lang.pick("trang chưa có thủ tục này", "is not on the site"),
        };
        out.push_str(&format!("{}: {code} {why}\n", lang.pick("Không in", "Not printed")));
    }
    if chosen.sheets.is_empty() {
        out.push_str(lang.pick("Không có tờ nào để in.\n", "There is no sheet to print.\n"));
    }
    out
}

fn no_such(fault: &NoSuch, lang: Lang) -> String {
    let (vi, en, name) = match &fault.choice {
        Choice::Decision(name) => ("quyết định", "decision", name.as_str()),
        Choice::Field(name) => ("lĩnh vực có mã", "field", name.as_str()),
        Choice::Procedure(name) => ("thủ tục có mã", "procedure", name.as_str()),
        Choice::Notice | Choice::All => ("tờ", "sheet", ""),
    };
    let near = fault.near.join("`, `");
    let words = match fault.near.len() {
        0 => Both { vi: format!("không có {vi} `{name}`"), en: format!("there is no {en} `{name}`") },
        1 => Both {
            vi: format!("không có {vi} `{name}`; gợi ý: có phải `{near}`?"),
            en: format!("there is no {en} `{name}`; perhaps `{near}`?"),
        },
        _ => Both {
            vi: format!("có nhiều {vi} `{name}`; hãy ghi một trong `{near}`"),
            en: format!("there is more than one {en} `{name}`; give one of `{near}`"),
        },
    };
    words.pick(lang).to_owned()
}

/// Why a sheet was not printed, with the browser's last words.
fn failed(name: &str, fault: Option<&Fault>, browser: &Browser, last_words: &str, lang: Lang) -> String {
    let program = browser.program.display();
    let words = match fault {
        None => Both {
            vi: format!("`{program}` không làm ra tệp PDF hoàn chỉnh cho {name}"),
            en: format!("`{program}` made no whole PDF for {name}"),
        },
        Some(Fault::Start(error)) => Both {
            vi: format!("không chạy được `{program}`: {error}"),
            en: format!("cannot run `{program}`: {error}"),
        },
        Some(Fault::Late(patience)) => {
            let seconds = patience.as_secs();
            Both {
                vi: format!("`{program}` không làm xong {name} trong {seconds} giây nên bị dừng"),
                en: format!("`{program}` did not finish {name} in {seconds} seconds and was ended"),
            }
        }
        Some(Fault::Failed(status)) => Both {
            vi: format!("`{program}` không làm được {name} ({status})"),
            en: format!("`{program}` failed at {name} ({status})"),
        },
        Some(Fault::Io(error)) => Both { vi: format!("{name}: {error}"), en: format!("{name}: {error}") },
        Some(Fault::Stopped) => Both { vi: name.to_owned(), en: name.to_owned() },
    };
    let head = words.pick(lang).to_owned();
    if last_words.is_empty() { head } else { format!("{head}\n{last_words}") }
}
