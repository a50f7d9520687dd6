//! `congkhai verify`: tells whether a site, or one saved file of it, is what the agency signed, and what that
//! means.

use std::path::{Path, PathBuf};

use super::args::VerifyOptions;
use super::{Exit, Lang, print};
use crate::base::diagnostic::Message;
use crate::base::hash::Sha;
use crate::fetch::{self, FetchFault, fetch, is_address};
use crate::inputs::SIGNATURE;
use crate::load;
use crate::msg;
use crate::proof::{self, Differences, MANIFEST, ProofFault, Signed, Trust};
use crate::record::scalar::{Scalar, WebAddress};
use crate::vi::number::date_short;

/// How many differing files are named.
const NAMED: usize = 20;

/// Why there is no verdict: the status and what to say.
type Stop = (Exit, Message);

/// Runs the command.
pub fn run(what: &VerifyOptions, lang: Lang) -> Exit {
    let verdict = if is_address(&what.target) {
        of_address(what)
    } else {
        let path = Path::new(&what.target);
        if path.is_dir() { of_folder(path, what) } else { of_file(path, what) }
    };
    match verdict {
        Ok(verdict) => match print(&verdict.text(lang), lang) {
            Exit::Done if !verdict.good => Exit::Content,
            exit => exit,
        },
        Err((exit, words)) => {
            complain!("congkhai: {}", lang.of(&words));
            exit
        }
    }
}

/// What came of a look.
struct Verdict {
    good: bool,
    /// The first line and what is to be said of files.
    words: Vec<Message>,
    /// What was signed.
    signed: Signed,
    /// Whether the key is the reader's own, or only what the site says.
    own_key: bool,
}

impl Verdict {
    fn text(&self, lang: Lang) -> String {
        let mut lines: Vec<String> = self.words.iter().map(|words| lang.of(words).to_owned()).collect();
        let Signed { site, day, key, .. } = &self.signed;
        let (day, print) = (date_short(*day), key.fingerprint());
        let say = |words: Message| lang.of(&words).to_owned();
        lines.push(String::new());
        lines.push(say(msg!("  Trang: {site}", "  Site: {site}")));
        lines.push(say(msg!("  Ngày ghi trong chữ ký: {day}", "  Day in the signature: {day}")));
        lines.push(say(msg!("  Vân tay khóa: {print}", "  Fingerprint: {print}")));
        lines.push(String::new());
        if self.good {
            lines.push(say(msg!(
                "Điều này chứng tỏ: người giữ khóa có vân tay trên đã ký đúng những nội dung này; từ đó đến nay không ai sửa.",
                "This proves: the holder of the key with this fingerprint signed exactly these contents, and nobody changed them since."
            )));
        }
        lines.push(say(msg!("Điều này không chứng tỏ:", "This does not prove:")));
        lines.push(say(msg!(
            "  - ngày ký: đó là lời của người ký, không có bên thứ ba làm chứng;",
            "  - the day: it is the signer's word, without a witness;"
        )));
        lines.push(say(msg!(
            "  - đây là bản mới nhất: một bản cũ đã ký vẫn đúng chữ ký;",
            "  - that this is the newest: an old signed version stays signed;"
        )));
        lines.push(say(msg!(
            "  - nội dung đúng pháp luật, đúng sự thật: chữ ký chỉ cho biết ai chịu trách nhiệm.",
            "  - that the content is lawful or true: a signature only tells who answers for it."
        )));
        if !self.own_key {
            lines.push(say(msg!(
                "  - khóa là của cơ quan: khóa này do chính trang nêu ra. Hãy so vân tay ở trên với vân tay in trên tờ niêm yết tại cơ quan,\n    hoặc chạy lại với --fingerprint \"<vân tay trên tờ niêm yết>\".",
                "  - that the key is the agency's: it is named by the site itself. Compare the fingerprint above with that on the agency's\n    printed sheets, or run again with --fingerprint \"<that fingerprint>\"."
            )));
        }
        lines.join("\n") + "\n"
    }
}

fn trust(what: &VerifyOptions) -> Trust {
    match (&what.public_key, &what.fingerprint) {
        (Some(key), _) => Trust::Key(key.clone()),
        (None, Some(print)) => Trust::Fingerprint(print.clone()),
        (None, None) => Trust::OfSite,
    }
}

fn verdict(what: &VerifyOptions, signed: Signed, good: bool, words: Vec<Message>) -> Verdict {
    let own_key = what.public_key.is_some() || what.fingerprint.is_some();
    Verdict { good, words, signed, own_key }
}

/// Where a signed site is.
enum Place {
    Folder(PathBuf),
    /// An address that ends with `/`.
    Web(String),
}

impl Place {
    fn of(text: &str) -> Result<Self, Stop> {
        if !is_address(text) {
            return Ok(Self::Folder(PathBuf::from(text)));
        }
        let plain = text.split(['?', '#']).next().unwrap_or(text);
        if let Err(fault) = WebAddress::parse(plain) {
            return Err((Exit::Usage, fault.message));
        }
        let folder = plain.strip_suffix("index.html").unwrap_or(plain);
        Ok(Self::Web(format!("{}/", folder.trim_end_matches('/'))))
    }

    /// One of its files; nothing if there is none.
    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, Stop> {
        match self {
            Self::Folder(folder) => {
                load::read_file(&folder.join(path)).map_err(|error| (Exit::Machine, error.words()))
            }
            Self::Web(site) => get(&format!("{site}{}", encode(path))),
        }
    }

    fn shown(&self) -> String {
        match self {
            Self::Folder(folder) => folder.display().to_string(),
            Self::Web(site) => site.clone(),
        }
    }

    /// Opens the signature that lies there.
    fn open(&self, what: &VerifyOptions) -> Result<Signed, Stop> {
        let shown = self.shown();
        let manifest = self.get(MANIFEST)?.ok_or_else(|| {
            let words = msg!(
                "không thấy `{MANIFEST}` trong {shown}: đó không phải một trang do congkhai dựng",
                "there is no `{MANIFEST}` in {shown}: that is no site made by congkhai"
            );
            (Exit::Content, words)
        })?;
        let signature = self.get(SIGNATURE)?.ok_or_else(|| {
            let words = msg!(
                "trang ở {shown} chưa được ký (không có `{SIGNATURE}`), nên không kiểm được gì",
                "the site at {shown} is not signed (there is no `{SIGNATURE}`), so nothing can be proven"
            );
            (Exit::Content, words)
        })?;
        proof::open(&signature, &manifest, &trust(what)).map_err(|fault| (Exit::Content, why(&fault)))
    }
}

fn why(fault: &ProofFault) -> Message {
    match fault {
        ProofFault::Manifest => {
            msg!(
                "SAI: `{MANIFEST}` không đọc được, nó đã bị sửa",
                "WRONG: `{MANIFEST}` cannot be read, it was changed"
            )
        }
        ProofFault::NoKey => msg!(
            "trang không nêu khóa công khai nào; nếu bạn biết khóa của cơ quan thì ghi --public-key",
            "the site names no public key; if you know the agency's, give --public-key"
        ),
        ProofFault::NoSuchFingerprint => msg!(
            "SAI: trang không có khóa nào mang vân tay đó; hoặc chép nhầm vân tay, hoặc trang này không phải của cơ quan",
            "WRONG: no key of the site has that fingerprint; either it was copied wrongly or this is not the agency's site"
        ),
        ProofFault::Malformed => {
            msg!(
                "SAI: `{SIGNATURE}` không phải một chữ ký, nó đã bị sửa",
                "WRONG: `{SIGNATURE}` is no signature, it was changed"
            )
        }
        ProofFault::OtherKey => {
            msg!("SAI: chữ ký không phải của khóa này", "WRONG: the signature is not by this key")
        }
        ProofFault::BadSignature => msg!(
            "SAI: chữ ký không khớp: `{SIGNATURE}` đã bị sửa, hoặc do người khác làm ra",
            "WRONG: the signature does not fit: `{SIGNATURE}` was changed, or made by somebody else"
        ),
        ProofFault::OtherText => msg!(
            "SAI: khóa này đã ký một văn bản khác, không phải danh sách tệp của trang",
            "WRONG: the key signed another text, not the list of a site's files"
        ),
        ProofFault::OtherManifest => msg!(
            "SAI: `{MANIFEST}` không phải bản đã ký, nó đã bị sửa (hoặc trang đang được thay bản mới: thử lại sau một phút)",
            "WRONG: `{MANIFEST}` is not the one that was signed (or the site is being replaced just now: try again in a minute)"
        ),
        ProofFault::OutsideTerm(day) => {
            let day = date_short(*day);
            msg!(
                "SAI: chữ ký ghi ngày {day}, ngày mà khóa này không có hiệu lực",
                "WRONG: the signature is of {day}, a day on which this key does not hold"
            )
        }
    }
}

fn of_folder(folder: &Path, what: &VerifyOptions) -> Result<Verdict, Stop> {
    let signed = Place::Folder(folder.to_owned()).open(what)?;
    let there = load::read_published(folder).map_err(|error| (Exit::Machine, error.words()))?;
    let differences = signed.compare(&there);
    let count = signed.files.len();
    if differences.none() {
        let words = msg!(
            "ĐÚNG: cả trang, {count} tệp, là bản đã ký.",
            "RIGHT: the whole site, {count} files, is what was signed."
        );
        let settings = differences.settings.join(", ");
        let aside = msg!(
            "Không tính tệp thiết đặt của nơi đặt trang: {settings}.",
            "Settings of the host are left aside: {settings}."
        );
        let words = std::iter::once(words).chain((!settings.is_empty()).then_some(aside));
        return Ok(verdict(what, signed, true, words.collect()));
    }
    Ok(verdict(what, signed, false, told(&differences)))
}

fn told(differences: &Differences) -> Vec<Message> {
    let mut words = vec![msg!("SAI: trang không phải bản đã ký.", "WRONG: the site is not what was signed.")];
    for (paths, said) in [
        (&differences.changed, msg!("Tệp đã bị sửa", "Changed")),
        (&differences.missing, msg!("Tệp bị thiếu", "Missing")),
        (&differences.added, msg!("Tệp thừa, cơ quan không ký", "Added, not signed")),
    ] {
        let Message { vi, en } = said;
        let count = paths.len();
        if count > 0 {
            words.push(msg!("{vi} ({count}):", "{en} ({count}):"));
        }
        words.extend(paths.iter().take(NAMED).map(|path| msg!("  {path}", "  {path}")));
        if let Some(more @ 1..) = count.checked_sub(NAMED) {
            words.push(msg!("  … và {more} tệp nữa", "  … and {more} more"));
        }
    }
    words
}

fn of_file(file: &Path, what: &VerifyOptions) -> Result<Verdict, Stop> {
    let shown = file.display();
    let bytes = load::read_file(file).map_err(|error| (Exit::Machine, error.words()))?.ok_or_else(|| {
        (Exit::Usage, msg!("không có tệp hay thư mục `{shown}`", "there is no file or folder `{shown}`"))
    })?;
    let (place, own) = match &what.site {
        Some(site) => (Place::of(site)?, None),
        None => {
            let (root, own) = site_above(file).ok_or_else(|| {
                let words = msg!(
                    "`{shown}` không nằm trong thư mục của một trang; ghi --site với thư mục hoặc địa chỉ của trang mà tệp được tải về",
                    "`{shown}` does not lie in the folder of a site; give --site with the folder or address that it was saved from"
                );
                (Exit::Usage, words)
            })?;
            (Place::Folder(root), own)
        }
    };
    let signed = place.open(what)?;
    let hash = Sha::of(&bytes);
    if let Some(own) = own.filter(|own| signed.hash(own).is_some_and(|wanted| wanted != hash)) {
        let words = msg!("SAI: `{own}` không phải bản đã ký.", "WRONG: `{own}` is not what was signed.");
        return Ok(verdict(what, signed, false, vec![words]));
    }
    let paths: Vec<String> = signed.paths_of(hash).into_iter().map(str::to_owned).collect();
    if paths.is_empty() {
        let words = vec![
            msg!(
                "SAI: `{shown}` không phải tệp nào của bản đã ký.",
                "WRONG: `{shown}` is no file of what was signed."
            ),
            msg!(
                "Có thể tệp đã bị sửa; hoặc đó là tệp của một bản cũ, trang đã thay bản mới; hoặc trình duyệt đã sửa khi lưu: lệnh “Lưu trang”\nthường viết lại cả trang. Hãy tải đúng từng byte: bấm chuột phải vào liên kết rồi chọn “Lưu liên kết thành…”, hoặc chạy\n  curl -O <địa chỉ>",
                "It may have been changed; or it is of an earlier version of the site; or the browser changed it when saving: “Save page”\noften rewrites a page. Fetch its very bytes: right click on a link and “Save link as…”, or run\n  curl -O <address>"
            ),
        ];
        return Ok(verdict(what, signed, false, words));
    }
    let list = paths.join(", ");
    let words =
        msg!("ĐÚNG: tệp này là `{list}` của bản đã ký.", "RIGHT: this file is `{list}` of what was signed.");
    Ok(verdict(what, signed, true, vec![words]))
}

/// The site that a file lies in, and its path there.
fn site_above(file: &Path) -> Option<(PathBuf, Option<String>)> {
    let file = file.canonicalize().ok()?;
    let root = file.ancestors().skip(1).find(|above| above.join(MANIFEST).is_file())?;
    let own = file.strip_prefix(root).ok()?.to_str().map(str::to_owned);
    Some((root.to_owned(), own))
}

fn get(address: &str) -> Result<Option<Vec<u8>>, Stop> {
    match fetch(address) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(FetchFault::NotThere) => Ok(None),
        Err(FetchFault::NoCurl) => Err((Exit::Machine, fetch::no_curl())),
        Err(FetchFault::Failed(words)) => Err((Exit::Machine, words)),
    }
}

/// Writes a path of the site as a part of an address (RFC 3986, 2.3).
fn encode(path: &str) -> String {
    path.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// Undoes [`encode`].
fn decode(path: &str) -> Option<String> {
    let mut out = Vec::new();
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            let hex = std::str::from_utf8(after.get(..2)?).ok()?;
            out.push(u8::from_str_radix(hex, 16).ok()?);
            rest = &after[2..];
        } else {
            out.push(*first);
            rest = after;
        }
    }
    String::from_utf8(out).ok()
}

fn of_address(what: &VerifyOptions) -> Result<Verdict, Stop> {
    let address = what.target.split(['?', '#']).next().unwrap_or(&what.target);
    if let Err(fault) = WebAddress::parse(address) {
        return Err((Exit::Usage, fault.message));
    }
    let (root, signed) = match &what.site {
        Some(site) => match Place::of(site)? {
            Place::Web(root) if format!("{address}/").starts_with(&root) => {
                (root.clone(), Place::Web(root).open(what)?)
            }
            _ => {
                let words = msg!(
                    "--site phải là địa chỉ gốc của {address}",
                    "--site must be the address that {address} lies below"
                );
                return Err((Exit::Usage, words));
            }
        },
        None => root_of(address, what)?,
    };
    let below = address.strip_prefix(&root).unwrap_or_default();
    let bad = || (Exit::Usage, msg!("địa chỉ {address} viết sai", "malformed address {address}"));
    let below = decode(below).ok_or_else(bad)?;
    let path = if below.is_empty() || below.ends_with('/') { format!("{below}index.html") } else { below };
    let Some(wanted) = signed.hash(&path) else {
        let words =
            msg!("SAI: `{path}` không có trong bản đã ký.", "WRONG: `{path}` is not in what was signed.");
        return Ok(verdict(what, signed, false, vec![words]));
    };
    let bytes = get(address)?.ok_or_else(|| {
        (Exit::Machine, msg!("máy chủ không đưa ra {address}", "the server does not give {address}"))
    })?;
    let good = Sha::of(&bytes) == wanted;
    let mut words = vec![if good {
        msg!("ĐÚNG: {address} là `{path}` của bản đã ký.", "RIGHT: {address} is `{path}` of what was signed.")
    } else {
        msg!(
            "SAI: {address} không phải bản đã ký: đã bị sửa trên máy chủ hoặc trên đường truyền.",
            "WRONG: {address} is not what was signed: it was changed on the server or on the way."
        )
    }];
    if path == "index.html" {
        words.push(msg!(
            "Mới kiểm trang đầu. Để kiểm cả trang: tải về bằng `wget --mirror --no-host-directories` mọi tệp trong {MANIFEST}, rồi kiểm thư mục;\nxem docs/bien-tap/khoa.md.",
            "Only the first page was looked at. To check the whole site fetch every file in {MANIFEST}, then check the folder;\nsee docs/bien-tap/khoa.md."
        ));
    }
    Ok(verdict(what, signed, good, words))
}

/// Looks for the site that an address belongs to: its own folder, then those above it.
fn root_of(address: &str, what: &VerifyOptions) -> Result<(String, Signed), Stop> {
    let host = address.find("://").map_or(0, |at| at + 3);
    let whole = if address[host..].contains('/') { address.to_owned() } else { format!("{address}/") };
    let folders =
        whole.char_indices().rev().filter(|(at, c)| *c == '/' && *at > host).map(|(at, _)| &whole[..=at]);
    for folder in folders {
        if get(&format!("{folder}{MANIFEST}"))?.is_some() {
            return Ok((folder.to_owned(), Place::Web(folder.to_owned()).open(what)?));
        }
    }
    Err((
        Exit::Content,
        msg!(
            "không thấy `{MANIFEST}` ở {address} và các thư mục trên nó: đó không phải một trang do congkhai dựng",
            "there is no `{MANIFEST}` at {address} or above: that is no site made by congkhai"
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stands_in_an_address_and_comes_back() {
        for (path, written) in [("tep/mẫu 1.pdf", "tep/m%E1%BA%ABu%201.pdf"), ("a/b.html", "a/b.html")] {
            assert_eq!(encode(path), written);
            assert_eq!(decode(written).as_deref(), Some(path));
        }
        for bad in ["%", "%4", "%zz", "%ff"] {
            assert_eq!(decode(bad), None, "{bad}");
        }
    }
}
