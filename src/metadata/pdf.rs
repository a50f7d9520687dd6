//! PDF: the Info dictionary, authors of remarks, XMP packets and pictures' own metadata, all blanked in
//! place so that every offset stays right.
//!
//! 1. [`walk`] reads the tokens once. Page contents lie in streams and are passed over, so that a text on
//!    a page that looks like metadata stays.
//! 2. [`seen`] looks into the streams that hold metadata: XMP, packed objects, JPEG pictures.
//! 3. [`clean`] overwrites the values. A packed stream is packed again into the room it had.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::ops::Range;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::{Budget, Field, Found, Unreadable, find, is_nobody, jpeg, tells_of_a_person, xml};

/// How deep dictionaries and arrays lie in each other at most.
const DEEPEST: usize = 256;
/// How much of a string is judged and masked, in bytes.
const LONGEST_STRING: usize = 4096;

const REMARK: Field = Field::somebody("/T", "người ghi chú");
const CREATOR: Field = Field::somebody("Creator", "phần mềm hoặc người tạo");
const AUTHOR: Field = Field::somebody("Author", "người soạn");
const COMPANY: Field = Field::somebody("Company", "công ty, cơ quan");
const MANAGER: Field = Field::somebody("Manager", "người quản lý");
const LAST: Field = Field::somebody("LastModifiedBy", "người sửa cuối");

/// Annotations whose `/T` is the name of who wrote them; in a form's field it is the field's name.
const REMARKS: &[&[u8]] = &[
    b"Text",
    b"FreeText",
    b"Line",
    b"Square",
    b"Circle",
    b"Polygon",
    b"PolyLine",
    b"Highlight",
    b"Underline",
    b"Squiggly",
    b"StrikeOut",
    b"Stamp",
    b"Caret",
    b"Ink",
    b"Popup",
    b"FileAttachment",
    b"Sound",
    b"Redact",
];

// ---- 1. Tokens ----------------------------------------------------------------------------------

/// A token: where it stands, delimiters and all.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    DictOpen,
    DictClose,
    ArrayOpen,
    ArrayClose,
    /// `(…)` or `<…>`.
    Text(Range<usize>),
    /// Without its slash.
    Name(Range<usize>),
    /// Numbers and keywords.
    Word(Range<usize>),
}

struct Tokens<'p> {
    bytes: &'p [u8],
    at: usize,
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0C | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl Tokens<'_> {
    fn run(&self, from: usize, stop: impl Fn(u8) -> bool) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        rest.iter().position(|byte| stop(*byte)).map_or(self.bytes.len(), |i| from + i)
    }

    /// The next token; `None` at the end. A string without an end is an error: what follows it cannot be
    /// told from it.
    fn next(&mut self) -> Result<Option<Token>, Unreadable> {
        loop {
            let at = self.run(self.at, |b| !is_space(b));
            let Some(byte) = self.bytes.get(at) else { return Ok(None) };
            let second = self.bytes.get(at + 1);
            let (token, end) = match byte {
                b'%' => {
                    self.at = self.run(at, |b| b == b'\n' || b == b'\r');
                    continue;
                }
                b'(' => {
                    let end = self.literal_end(at + 1).ok_or_else(Unreadable::broken)?;
                    (Token::Text(at..end), end)
                }
                b'<' if second == Some(&b'<') => (Token::DictOpen, at + 2),
                b'<' => {
                    let end = find(self.bytes, b">", at).ok_or_else(Unreadable::broken)? + 1;
                    (Token::Text(at..end), end)
                }
                b'>' if second == Some(&b'>') => (Token::DictClose, at + 2),
                b'[' => (Token::ArrayOpen, at + 1),
                b']' => (Token::ArrayClose, at + 1),
                b'/' => {
                    let end = self.run(at + 1, |b| is_space(b) || is_delimiter(b));
                    (Token::Name(at + 1..end), end)
                }
                b if is_delimiter(*b) => (Token::Word(at..at + 1), at + 1),
                _ => {
                    let end = self.run(at, |b| is_space(b) || is_delimiter(b));
                    (Token::Word(at..end), end)
                }
            };
            self.at = end;
            return Ok(Some(token));
        }
    }

    /// Where a literal string ends, from after its opening parenthesis.
    fn literal_end(&self, from: usize) -> Option<usize> {
        let mut depth = 1_usize;
        let mut at = from;
        loop {
            match self.bytes.get(at)? {
                b'\\' => at += 1,
                b'(' => depth += 1,
                b')' if depth == 1 => return Some(at + 1),
                b')' => depth -= 1,
                _ => {}
            }
            at += 1;
        }
    }
}

// ---- Strings ------------------------------------------------------------------------------------

/// The value of a string token, so much of it as is judged and masked.
fn string(token: &[u8]) -> String {
    let token = &token[..token.len().min(LONGEST_STRING)];
    let raw = match token {
        [b'(', rest @ ..] => literal(rest.strip_suffix(b")").unwrap_or(rest)),
        _ => hex(token),
    };
    let units = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest.chunks_exact(2).map(|p| unit([p[0], p[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match raw.as_slice() {
        [0xFE, 0xFF, rest @ ..] => units(rest, u16::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => units(rest, u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        // PDFDocEncoding is near Latin-1; some writers put UTF-8 there all the same.
        _ => match String::from_utf8(raw) {
            Ok(text) => text,
            Err(error) => error.as_bytes().iter().map(|&b| char::from(b)).collect(),
        },
    }
}

fn literal(token: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(token.len());
    let mut bytes = token.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        match bytes.next() {
            Some(b'n') => out.push(b'\n'),
            Some(b'r') => out.push(b'\r'),
            Some(b't') => out.push(b'\t'),
            Some(b'b' | b'f' | b'\n') | None => {}
            Some(b'\r') => {
                bytes.next_if_eq(&b'\n');
            }
            Some(digit @ b'0'..=b'7') => {
                let mut value = u32::from(digit - b'0');
                for _ in 0..2 {
                    let Some(digit) = bytes.next_if(|b| matches!(b, b'0'..=b'7')) else { break };
                    value = value * 8 + u32::from(digit - b'0');
                }
                out.push((value & 0xFF) as u8);
            }
            Some(other) => out.push(other),
        }
    }
    out
}

fn hex(token: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = token
        .iter()
        .filter_map(|&b| char::from(b).to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}

/// A name with its `#xx` read.
fn name(raw: &[u8]) -> Cow<'_, [u8]> {
    // No name is longer.
    if !raw.contains(&b'#') || raw.len() > 127 {
        return Cow::Borrowed(raw);
    }
    let mut out = Vec::with_capacity(raw.len());
    let mut at = 0;
    while let Some(byte) = raw.get(at) {
        let digits = raw.get(at + 1..at + 3).filter(|d| *byte == b'#' && d.iter().all(u8::is_ascii_hexdigit));
        match digits {
            Some(digits) => {
                out.extend(hex(digits));
                at += 3;
            }
            None => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    Cow::Owned(out)
}

// ---- Dictionaries -------------------------------------------------------------------------------

/// How a stream is packed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Filter {
    #[default]
    None,
    Flate,
    Dct,
    FlateDct,
    Other,
}

/// Keys that matter here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    /// Its text names somebody.
    Names(&'static Field),
    /// Its text names somebody if the dictionary is a remark.
    Title,
    Type,
    Subtype,
    Filter,
    Length,
    First,
    Encrypt,
    ByteRange,
    Parameters,
    Other,
}

fn key(raw: &[u8]) -> Key {
    match &*name(raw) {
        b"Author" => Key::Names(&AUTHOR),
        b"Creator" => Key::Names(&CREATOR),
        b"Company" => Key::Names(&COMPANY),
        b"Manager" => Key::Names(&MANAGER),
        b"LastModifiedBy" | b"LastSavedBy" => Key::Names(&LAST),
        b"T" => Key::Title,
        b"Type" => Key::Type,
        b"Subtype" => Key::Subtype,
        b"Filter" => Key::Filter,
        b"Length" => Key::Length,
        b"First" => Key::First,
        b"Encrypt" => Key::Encrypt,
        b"ByteRange" => Key::ByteRange,
        b"DecodeParms" => Key::Parameters,
        _ => Key::Other,
    }
}

/// A text that may name somebody: here, or in the object of this number.
#[derive(Debug, Clone)]
enum Value {
    Here(Range<usize>),
    Object(u64),
}

/// What is known of a dictionary, or of an array in one.
#[derive(Debug, Default)]
struct Frame {
    is_array: bool,
    key: Option<Key>,
    /// The key has (the start of) its value.
    valued: bool,
    /// A number that stands as the value, until `R` says that it is a reference.
    number: Option<(u64, Range<usize>)>,
    is_remark: bool,
    is_objects: bool,
    is_xmp: bool,
    filter: Filter,
    has_parameters: bool,
    length: Option<(u64, Range<usize>)>,
    first: Option<u64>,
    values: Vec<(Key, Value)>,
}

impl Frame {
    /// Takes the number that turned out to be the whole value.
    fn settle(&mut self) {
        match (self.key, self.number.take()) {
            (Some(Key::Length), number @ Some(_)) => self.length = number,
            (Some(Key::First), Some((number, _))) => self.first = Some(number),
            _ => {}
        }
    }

    fn filter(&mut self, name: &[u8]) {
        self.filter = match (self.filter, name) {
            (Filter::None, b"FlateDecode" | b"Fl") => Filter::Flate,
            (Filter::None, b"DCTDecode" | b"DCT") => Filter::Dct,
            (Filter::Flate, b"DCTDecode" | b"DCT") => Filter::FlateDct,
            _ => Filter::Other,
        };
    }

    fn name_value(&mut self, name: &[u8]) {
        match self.key {
            Some(Key::Type) => {
                self.is_objects |= name == b"ObjStm";
                self.is_xmp |= name == b"Metadata";
            }
            Some(Key::Subtype) => {
                self.is_remark |= REMARKS.contains(&name);
                self.is_xmp |= name == b"XML";
            }
            Some(Key::Filter) => self.filter(name),
            _ => {}
        }
    }

    fn value(&mut self, value: Value) {
        if let Some(key @ (Key::Names(_) | Key::Title)) = self.key {
            self.values.push((key, value));
        }
    }
}

/// A stream that may hold metadata.
struct Stream {
    is_objects: bool,
    is_xmp: bool,
    filter: Filter,
    has_parameters: bool,
    first: u64,
    data: Range<usize>,
    /// Where its length is written, if it is written right there.
    length: Option<Range<usize>>,
}

/// What one walk over the tokens gives.
#[derive(Default)]
struct Walk {
    values: Vec<(&'static Field, Value)>,
    /// Objects that are a string and nothing else, with all their versions.
    strings: BTreeMap<u64, Vec<Range<usize>>>,
    streams: Vec<Stream>,
    is_encrypted: bool,
    is_signed: bool,
}

fn number(word: &[u8]) -> Option<u64> {
    let digits = word.iter().all(u8::is_ascii_digit) && word.len() <= 18;
    digits.then(|| word.iter().fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0')))
}

fn walk(bytes: &[u8]) -> Result<Walk, Unreadable> {
    let mut walk = Walk::default();
    let mut tokens = Tokens { bytes, at: 0 };
    // The lowest frame stands for what is in no dictionary.
    let mut stack = vec![Frame::default()];
    // The dictionary that closed last, and the last two numbers.
    let mut closed: Option<Frame> = None;
    let mut numbers = [None; 2];
    // The number of the object that has just been opened.
    let mut object = None;
    while let Some(token) = tokens.next()? {
        let depth = stack.len();
        let Some(top) = stack.last_mut() else { break };
        let opened = object.take();
        match token {
            Token::DictOpen | Token::ArrayOpen => {
                if depth > DEEPEST {
                    return Err(Unreadable::broken());
                }
                top.valued = true;
                top.number = None;
                stack.push(Frame { is_array: token == Token::ArrayOpen, ..Frame::default() });
            }
            Token::ArrayClose => {
                if top.is_array {
                    stack.pop();
                }
            }
            Token::DictClose => {
                while stack.len() > 1 && stack.last().is_some_and(|frame| frame.is_array) {
                    stack.pop();
                }
                if stack.len() > 1
                    && let Some(mut frame) = stack.pop()
                {
                    frame.settle();
                    walk.take(&mut frame);
                    closed = Some(frame);
                }
            }
            Token::Text(range) => {
                if let Some(number) = opened {
                    walk.strings.entry(number).or_default().push(range);
                } else if !top.is_array && top.key.is_some() && !top.valued {
                    top.valued = true;
                    top.value(Value::Here(range));
                }
            }
            Token::Name(range) => {
                let raw = &bytes[range];
                if top.is_array {
                    let outer = depth.checked_sub(2).and_then(|i| stack.get_mut(i));
                    if let Some(outer) = outer.filter(|outer| outer.key == Some(Key::Filter)) {
                        outer.filter(&name(raw));
                    }
                } else if top.key.is_some() && !top.valued {
                    top.valued = true;
                    top.name_value(&name(raw));
                } else {
                    top.settle();
                    top.valued = false;
                    top.key = Some(key(raw));
                    match top.key {
                        Some(Key::Encrypt) => walk.is_encrypted = true,
                        Some(Key::ByteRange) => walk.is_signed = true,
                        Some(Key::Parameters) => top.has_parameters = true,
                        _ => {}
                    }
                }
            }
            Token::Word(range) => match &bytes[range.clone()] {
                b"obj" => {
                    object = numbers[0];
                    walk.restart(&mut stack);
                }
                b"endobj" | b"trailer" | b"xref" | b"startxref" => walk.restart(&mut stack),
                b"stream" => {
                    let (stream, end) = stream(bytes, tokens.at, closed.take().unwrap_or_default());
                    walk.streams.extend(stream);
                    tokens.at = end;
                    walk.restart(&mut stack);
                }
                b"R" => {
                    if let Some((number, _)) = top.number.take() {
                        top.value(Value::Object(number));
                    }
                }
                word => {
                    let number = number(word);
                    numbers = [numbers[1], number];
                    if let (Some(number), false, true) = (number, top.valued, top.key.is_some()) {
                        top.number = Some((number, range));
                    }
                    top.valued = true;
                }
            },
        }
    }
    walk.restart(&mut stack);
    Ok(walk)
}

impl Walk {
    /// Takes what a dictionary names.
    fn take(&mut self, frame: &mut Frame) {
        for (key, value) in frame.values.drain(..) {
            match key {
                Key::Names(field) => self.values.push((field, value)),
                Key::Title if frame.is_remark => self.values.push((&REMARK, value)),
                _ => {}
            }
        }
    }

    /// Leaves every dictionary that is still open: a new object starts.
    fn restart(&mut self, stack: &mut Vec<Frame>) {
        while let Some(mut frame) = stack.pop() {
            self.take(&mut frame);
        }
        stack.push(Frame::default());
    }
}

/// The stream whose data start after `at`, if it may hold metadata, and where it ends.
fn stream(bytes: &[u8], at: usize, dictionary: Frame) -> (Option<Stream>, usize) {
    let start = match bytes.get(at..).unwrap_or_default() {
        [b'\r', b'\n', ..] => at + 2,
        [b'\r' | b'\n', ..] => at + 1,
        _ => at,
    };
    // A stated length is believed only if the stream does end there.
    let ends_at = |end: usize| {
        let rest = bytes.get(end..)?;
        let spaces = rest.iter().take(4).take_while(|byte| is_space(**byte)).count();
        rest[spaces..].starts_with(b"endstream").then_some(end)
    };
    let stated = dictionary.length.and_then(|(length, place)| {
        let end =
            usize::try_from(length).ok().and_then(|length| start.checked_add(length)).and_then(ends_at)?;
        Some((end, place))
    });
    let (end, length) = match stated {
        Some((end, place)) => (end, Some(place)),
        None => (find(bytes, b"endstream", start).unwrap_or(bytes.len()), None),
    };
    let is_picture = matches!(dictionary.filter, Filter::Dct | Filter::FlateDct);
    let matters = dictionary.is_objects || dictionary.is_xmp || is_picture;
    let stream = Stream {
        is_objects: dictionary.is_objects,
        is_xmp: dictionary.is_xmp,
        filter: dictionary.filter,
        has_parameters: dictionary.has_parameters,
        first: dictionary.first.unwrap_or(0),
        data: start..end,
        length,
    };
    (matters.then_some(stream), end)
}

// ---- 2. What it names ---------------------------------------------------------------------------

/// How something is overwritten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Blank {
    /// A string with its delimiters becomes an empty one, and spaces.
    String,
    /// Everything becomes spaces.
    Text,
}

type Blanks = Vec<(Range<usize>, Blank)>;

/// Everything that has to be overwritten so that a PDF names nobody.
#[derive(Default)]
struct Seen {
    /// In the file itself.
    blanks: Blanks,
    /// In streams that had to be unpacked, with their content.
    packed: Vec<(Stream, Vec<u8>, Blanks)>,
    is_signed: bool,
}

/// References to texts that may name somebody, each once.
type Wanted = BTreeSet<(u64, &'static Field)>;

fn names_somebody(field: &'static Field, value: &str) -> bool {
    // The creator of a PDF is a program, unless somebody wrote a name there.
    !is_nobody(field, value) && (*field != CREATOR || tells_of_a_person(value))
}

fn seen(bytes: &[u8], found: &mut Found, budget: &mut Budget) -> Result<Seen, Unreadable> {
    let outer = walk(bytes)?;
    if outer.is_encrypted {
        return Err(Unreadable::hidden());
    }
    let mut seen = Seen { is_signed: outer.is_signed, ..Seen::default() };
    let mut wanted = Wanted::new();
    let mut packed_strings: BTreeMap<u64, String> = BTreeMap::new();
    judge(bytes, 0, &outer, &mut seen.blanks, &mut wanted, found);
    for stream in outer.streams {
        let data = &bytes[stream.data.clone()];
        let is_picture = !stream.is_objects && !stream.is_xmp;
        let content = match stream.filter {
            Filter::None => Cow::Borrowed(data),
            Filter::Dct if is_picture => Cow::Borrowed(data),
            Filter::Flate if !stream.has_parameters => Cow::Owned(budget.zlib(data)?),
            Filter::FlateDct if is_picture && !stream.has_parameters => Cow::Owned(budget.zlib(data)?),
            // A picture packed in an unusual way is let be; hidden objects are not.
            _ if is_picture => continue,
            _ => return Err(Unreadable::hidden()),
        };
        // Where the content stands in what is overwritten: in the file, or in the unpacked stream.
        let offset = if matches!(content, Cow::Borrowed(_)) { stream.data.start } else { 0 };
        let as_text = |range: &Range<usize>| (offset + range.start..offset + range.end, Blank::Text);
        let mut blanks = Blanks::new();
        if stream.is_objects {
            let inner = walk(&content)?;
            seen.is_signed |= inner.is_signed;
            judge(&content, offset, &inner, &mut blanks, &mut wanted, found);
            packed_strings.extend(strings_of(&content, stream.first));
        } else if stream.is_xmp {
            xml::check_encoding(&content)?;
            let hits = xml::xmp(&content);
            xml::add(&content, &hits, found);
            blanks.extend(hits.iter().map(|(range, _)| as_text(range)));
        } else {
            let mut own = Found::default();
            if jpeg::inspect(&content, &mut own).is_ok() && !own.0.is_empty() {
                found.0.extend(own.0);
                blanks.extend(jpeg::blanks(&content)?.iter().map(as_text));
            }
        }
        match content {
            Cow::Borrowed(_) => seen.blanks.extend(blanks),
            Cow::Owned(content) if !blanks.is_empty() => seen.packed.push((stream, content, blanks)),
            Cow::Owned(_) => {}
        }
    }
    for (number, field) in wanted {
        for range in outer.strings.get(&number).into_iter().flatten() {
            let value = string(&bytes[range.clone()]);
            if names_somebody(field, &value) {
                found.add(field, &value);
                seen.blanks.push((range.clone(), Blank::String));
            }
        }
        // A string on its own in a packed stream is told of, and not overwritten: nobody writes so.
        if let Some(value) = packed_strings.get(&number).filter(|value| names_somebody(field, value)) {
            found.add(field, value);
        }
    }
    Ok(seen)
}

/// Judges the values of a walk; those that are references are noted as wanted.
fn judge(
    bytes: &[u8],
    offset: usize,
    walk: &Walk,
    blanks: &mut Blanks,
    wanted: &mut Wanted,
    found: &mut Found,
) {
    for (field, value) in &walk.values {
        match value {
            Value::Object(number) => {
                wanted.insert((*number, field));
            }
            Value::Here(range) => {
                let value = string(&bytes[range.clone()]);
                if names_somebody(field, &value) {
                    found.add(field, &value);
                    blanks.push((offset + range.start..offset + range.end, Blank::String));
                }
            }
        }
    }
}

/// The objects of an object stream that are strings: its head gives number and place of each.
fn strings_of(content: &[u8], first: u64) -> Vec<(u64, String)> {
    let Ok(first) = usize::try_from(first) else { return Vec::new() };
    let head = content.get(..first).unwrap_or_default();
    let words = head.split(|byte| is_space(*byte)).filter(|word| !word.is_empty());
    let numbers: Vec<u64> = words.map_while(number).collect();
    let one = |pair: &[u64]| {
        let at = usize::try_from(pair[1]).ok().and_then(|offset| first.checked_add(offset))?;
        let cut = content.get(at..content.len().min(at.checked_add(LONGEST_STRING)?))?;
        if !matches!(cut, [b'(' | b'<', ..]) || cut.starts_with(b"<<") {
            return None;
        }
        let token = Tokens { bytes: cut, at: 0 }.next();
        let range = if let Ok(Some(Token::Text(range))) = token { range } else { 0..cut.len() };
        Some((pair[0], string(&cut[range])))
    };
    numbers.chunks_exact(2).filter_map(one).collect()
}

pub(super) fn inspect(bytes: &[u8], found: &mut Found, budget: &mut Budget) -> Result<(), Unreadable> {
    seen(bytes, found, budget).map(drop)
}

// ---- 3. Cleaning --------------------------------------------------------------------------------

pub(super) fn clean(bytes: &[u8], budget: &mut Budget) -> Result<Vec<u8>, Unreadable> {
    let seen = seen(bytes, &mut Found::default(), budget)?;
    if seen.is_signed {
        return Err(Unreadable::signed());
    }
    let mut out = bytes.to_vec();
    overwrite(&mut out, &seen.blanks);
    for (stream, mut content, blanks) in seen.packed {
        overwrite(&mut content, &blanks);
        let packed = pack(&content).filter(|packed| packed.len() <= stream.data.len());
        let packed = packed.ok_or_else(Unreadable::hidden)?;
        let data = &mut out[stream.data];
        data.fill(b' ');
        data[..packed.len()].copy_from_slice(&packed);
        if let Some(place) = stream.length {
            // Not longer than before, so it has no more digits.
            let length = format!("{:0width$}", packed.len(), width = place.len());
            out[place].copy_from_slice(length.as_bytes());
        }
    }
    Ok(out)
}

fn overwrite(bytes: &mut [u8], blanks: &Blanks) {
    for (range, blank) in blanks {
        let Some(slot) = bytes.get_mut(range.clone()) else { continue };
        slot.fill(b' ');
        if let ([first, second, ..], Blank::String) = (slot, blank) {
            (*first, *second) = (b'(', b')');
        }
    }
}

fn pack(content: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).ok()?;
    encoder.finish().ok()
}
