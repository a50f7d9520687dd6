//! `congkhai build`: checks the content, makes the site, and puts it in place in one step.

use std::path::Path;

use super::args::Options;
use super::progress::Counter;
use super::report::{Format, summary};
use super::{Exit, key, run};
use crate::base::diagnostic::Message;
use crate::base::path::SitePath;
use crate::check::guard;
use crate::fetch::{FetchFault, fetch, fetch_many, is_address};
use crate::inputs::{History, Inputs, NoHistory, PERMALINKS, Published};
use crate::pipeline::{self, Settings};
use crate::plan::outputs::ledger;
use crate::write::{self, Kept, MANIFEST, NotMade};
use crate::{load, msg, repository};

/// Runs the command.
pub fn run(options: &Options) -> Exit {
    run::with_threads(options.jobs, options.lang, || build(options))
}

fn build(options: &Options) -> Exit {
    let counter = Counter::new(options.lang, options.verbosity < 0);
    let (settings, mut inputs) = match run::start(options) {
        Ok(started) => started,
        Err(exit) => return exit,
    };
    let refused = |exit: Exit, words: &Message| {
        complain!("congkhai: {}", options.lang.of(words));
        exit
    };
    inputs.key = match key::signing(options) {
        Ok(key) => key,
        Err((exit, words)) => return refused(exit, &words),
    };
    let unsigned = match key::judge(&inputs, &settings) {
        Ok(unsigned) => unsigned,
        Err(words) => return refused(Exit::Usage, &words),
    };
    let mut kept = match write::previous(&options.output) {
        Ok(kept) => kept,
        Err(error) => {
            return refused(if error.is_usage() { Exit::Usage } else { Exit::Machine }, &error.words());
        }
    };
    inputs.published = match published(options, &mut kept) {
        Ok(published) => published,
        Err((exit, words)) => return refused(exit, &words),
    };
    inputs.previous = std::mem::take(&mut kept.previous);
    inputs.history = match history(options, &inputs) {
        Ok(history) => history,
        Err(words) => return refused(Exit::Machine, &words),
    };
    let writer = write::Writer::new(&options.content, &options.output);
    let made = pipeline::build(&inputs, &settings, &writer, &|step| counter.step(step));
    counter.finish();
    let exit = run::tell(options, &inputs, &made, false);
    let Some(site) = made.site.as_ref().filter(|_| exit == Exit::Done) else {
        if exit == Exit::Content && options.format == Format::Text {
            complain!(
                "{}",
                options.lang.pick(
                    "Không đăng gì: trang cũ (nếu có) vẫn nguyên. Sửa các lỗi trên rồi chạy lại.",
                    "Nothing was published: the old site (if any) is untouched. Mend the errors above and run again."
                )
            );
        }
        return exit;
    };
    match writer.finish(site) {
        Ok(report) => {
            for path in &kept.gone {
                complain!(
                    "{}: {path}",
                    options.lang.pick(
                        "Bản cũ này không còn ở lần đăng trước nên thôi đăng",
                        "This earlier version is no longer in the last publication and stays down"
                    )
                );
            }
            if options.write_lock
                && let Err(words) = write_lock(options, &inputs, &settings)
            {
                return refused(Exit::Machine, &words);
            }
            if options.verbosity >= 0 {
                if let Some(words) = &unsigned {
                    complain!("{}", options.lang.of(words));
                }
                complain!(raw summary::build(&made, &inputs, &report, options, counter.elapsed()));
            }
            Exit::Done
        }
        Err(error) => {
            complain!("congkhai: {}", options.lang.of(&error.words()));
            complain!(
                "{}",
                options.lang.pick("Trang cũ (nếu có) vẫn nguyên.", "The old site (if any) is untouched.")
            );
            if error.is_usage() { Exit::Usage } else { Exit::Machine }
        }
    }
}

/// The past of the content, if the site shows it; says why it is not known. A repository that git cannot read is
/// no content without a past: nothing is published that would say so.
fn history(options: &Options, inputs: &Inputs) -> Result<Option<History>, Message> {
    let Some(site) = key::site_config(inputs) else { return Ok(None) };
    if !site.history.as_ref().is_some_and(|choice| choice.shown.0) {
        return Ok(None);
    }
    let history = repository::history(&options.content);
    let why = match &history.missing {
        None | Some(NoHistory::NotRead) => None,
        Some(NoHistory::NoRepository) => Some(msg!(
            "thư mục nội dung không nằm trong kho git",
            "the content folder lies in no git repository"
        )),
        Some(NoHistory::Shallow) => Some(msg!(
            "kho git chép về thiếu phần cũ; chạy `git fetch --unshallow`, trong CI thì đặt fetch-depth: 0",
            "the clone is shallow; run `git fetch --unshallow`, in CI set fetch-depth: 0"
        )),
        Some(NoHistory::Failed(words)) => {
            return Err(msg!(
                "không đọc được lịch sử của nội dung (lich_su trong trang.yaml): git báo: {words}. Trang cũ (nếu có) vẫn nguyên",
                "cannot read the history of the content (lich_su in trang.yaml): git says: {words}. The old site (if any) is untouched"
            ));
        }
    };
    if let Some(Message { vi, en }) = why {
        let words = msg!(
            "Trang /thay-doi/ không có lịch sử (lich_su trong trang.yaml): {vi}.",
            "The page /thay-doi/ has no history (lich_su in trang.yaml): {en}."
        );
        complain!("{}", options.lang.of(&words));
    }
    Ok(Some(history))
}

/// The publication that the site is held to: the one that was named, or that of the output folder. From one that is
/// named by its address the versions of records are taken over too, so that a machine that begins with an empty
/// folder each time does not lose them.
fn published(options: &Options, kept: &mut Kept) -> Result<Option<Published>, (Exit, Message)> {
    let removals = options.allow_removals;
    let Some(name) = &options.previous else {
        // A manifest of the output folder that cannot be read is told when the folder is written.
        let own = kept.manifest.as_deref();
        let published = own.and_then(ledger::read).map(|published| Published { removals, ..published });
        if published.is_none() && removals.is_some() {
            let words = msg!(
                "--allow-removals cần một lần đăng trước để so: thư mục kết quả chưa có trang, hãy ghi --previous",
                "--allow-removals needs a publication to compare with: there is no site in the output folder, give --previous"
            );
            return Err((Exit::Usage, words));
        }
        return Ok(published);
    };
    let web = is_address(name);
    let site = name.strip_suffix(MANIFEST).unwrap_or(name).trim_end_matches('/');
    let bytes = if web {
        let address = format!("{site}/{MANIFEST}");
        match fetch(&address) {
            Ok(bytes) => Some(bytes),
            Err(FetchFault::NotThere) => None,
            Err(fault) => return Err(not_fetched(fault, &address)),
        }
    } else {
        let path = Path::new(name);
        let file = if path.is_dir() { path.join(MANIFEST) } else { path.to_owned() };
        load::read_file(&file).map_err(|error| (Exit::Machine, error.words()))?
    };
    let bytes = bytes.ok_or_else(|| {
        let words = msg!(
            "--previous {name}: không có {MANIFEST} ở đó; lần đăng đầu tiên thì bỏ --previous",
            "--previous {name}: there is no {MANIFEST}; leave --previous out at the first publication"
        );
        (Exit::Usage, words)
    })?;
    let published = ledger::read(&bytes).ok_or_else(|| {
        let words = msg!(
            "--previous {name}: không phải {MANIFEST} của một trang",
            "--previous {name}: no {MANIFEST} of a site"
        );
        (Exit::Usage, words)
    })?;
    if web {
        versions(site, &bytes, kept)?;
    }
    Ok(Some(Published { removals, ..published }))
}

/// Takes over the versions of records that a published site lists and the output folder has not.
fn versions(site: &str, manifest: &[u8], kept: &mut Kept) -> Result<(), (Exit, Message)> {
    let wanted = write::missing(kept, manifest);
    let addresses: Vec<String> = wanted.iter().map(|path| format!("{site}/{path}")).collect();
    let fetched = fetch_many(&addresses).map_err(|fault| not_fetched(fault, site))?;
    write::join(kept, manifest, wanted.into_iter().zip(fetched).collect()).map_err(|path| {
        let words = msg!(
            "bản cũ {site}/{path} không khớp với mã trong tên: đã bị sửa ở máy chủ hoặc trên đường truyền, nên không đăng gì; hãy khôi phục tệp đó ở máy chủ",
            "the earlier version {site}/{path} does not fit its name: it was changed on the server or on the way, so nothing is published; restore it on the server"
        );
        (Exit::Machine, words)
    })
}

fn not_fetched(fault: FetchFault, address: &str) -> (Exit, Message) {
    let words = match fault {
        FetchFault::NoCurl => msg!(
            "máy này không có curl để tải lần đăng trước; hãy cài curl, hoặc tự tải {address} rồi ghi tên tệp ở --previous",
            "there is no curl on this machine; install it, or fetch {address} yourself and give the file"
        ),
        FetchFault::NotThere => msg!("máy chủ không có {address}", "the server has no {address}"),
        FetchFault::Failed(words) => words,
    };
    (Exit::Machine, words)
}

/// Brings `permalinks.lock` up to the site that was just put in place.
fn write_lock(options: &Options, inputs: &Inputs, settings: &Settings) -> Result<(), Message> {
    let old = inputs.permalinks.as_deref();
    let (_, new) = pipeline::survey(inputs, settings, |plan| guard::write_lock(plan, old));
    let Some(new) = new.filter(|new| Some(new.as_slice()) != old) else { return Ok(()) };
    match old {
        Some(old) => {
            let file = SitePath::new(PERMALINKS).expect("a fixed name");
            write::replace_record(&options.content, &file, old, &new)
        }
        None => write::create_file(&options.content.join(PERMALINKS), &new).map_err(|error| match error {
            NotMade::Refused(words) => words,
            NotMade::Exists(path) => {
                let path = path.display();
                msg!("{path} vừa có ai ghi; hãy chạy lại", "{path} was made just now; run again")
            }
        }),
    }
}
