//! The index: which words stand where in which document, divided into files of which a query needs few.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use serde_json::{Value, json};

use super::document::{Document, KINDS, Kind};
use super::encode;
use super::words::{Synonyms, for_each_word, words};
use crate::base::hash::Sha;

/// Positions of words in a name that are told apart: a bit each in the script's masks.
pub const POSITIONS: usize = 31;
/// In the name, but further behind, or as the synonym of words there.
const IN_NAME: u8 = 31;
/// Not in the name, but among the keywords.
const KEYWORD: u8 = 32;
/// The longest name whose length is told, in words.
const LONGEST: usize = 27;

/// What is added to the length of a name whose document is no longer in use.
const ENDED: u32 = 28;

/// An index of at most this many bytes is one file: further requests would cost more than they save.
const SMALL: usize = 80_000;
/// About how many bytes of postings stand in one file.
const TERMS_FILE: usize = 4_000;
/// The same for words of bodies.
const BODY_FILE: usize = 4_000;
/// How many documents stand in one file.
const DOCUMENTS_FILE: usize = 12;
/// How many codes stand in one file.
const CODES_FILE: usize = 1_000;

/// Words as numbers, in the order of their first occurrence.
#[derive(Default)]
struct Terms {
    ids: HashMap<Box<str>, usize>,
    texts: Vec<Box<str>>,
}

impl Terms {
    fn id(&mut self, word: &str) -> usize {
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        self.texts.push(word.into());
        self.ids.insert(word.into(), self.texts.len() - 1);
        self.texts.len() - 1
    }

    /// Every word with its number, in the order of their bytes.
    fn sorted(&self) -> Vec<(&str, usize)> {
        let mut all: Vec<(&str, usize)> =
            self.texts.iter().enumerate().map(|(i, text)| (&**text, i)).collect();
        all.sort_unstable();
        all
    }
}

/// Documents that stand together under one name: the procedures of a field, the decisions of a year.
#[derive(Serialize)]
struct Group(usize, usize, String, String);

/// What the files are made of.
#[derive(Default)]
struct Gathered {
    names: Terms,
    /// Word of a name or keyword → documents and the place in each, ascending.
    places: Vec<Vec<(u32, u8)>>,
    bodies: Terms,
    /// Word of a body → documents, ascending.
    body_places: Vec<Vec<u32>>,
    /// Words in each name, with the mark of what has ended.
    lengths: String,
    codes: Vec<(u32, u32)>,
    groups: Vec<Group>,
}

impl Gathered {
    /// Takes in the next document, which gets this number.
    fn add(&mut self, number: u32, document: &Document, synonyms: &Synonyms) {
        match self.groups.last_mut() {
            Some(Group(kind, count, label, _)) if *kind == document.kind && *label == document.group => {
                *count += 1;
            }
            _ => {
                let own = with_synonyms(&document.group, synonyms);
                self.groups.push(Group(document.kind, 1, document.group.clone(), own));
            }
        }
        let name = words(&document.name);
        for (place, word) in name.iter().enumerate() {
            self.put(number, word, if place < POSITIONS { place as u8 } else { IN_NAME });
        }
        for word in synonyms.of(&name) {
            self.put(number, word, IN_NAME);
        }
        for text in &document.keywords {
            let text = words(text);
            for word in text.iter().map(String::as_str).chain(synonyms.of(&text)) {
                self.put(number, word, KEYWORD);
            }
        }
        for text in &document.body {
            for_each_word(text, |word| {
                let id = self.bodies.id(word);
                if id == self.body_places.len() {
                    self.body_places.push(Vec::new());
                }
                if self.body_places[id].last() != Some(&number) {
                    self.body_places[id].push(number);
                }
            });
        }
        let length = name.len().min(LONGEST) as u32;
        encode::number(length + if document.ended { ENDED } else { 0 }, &mut self.lengths);
        self.codes.extend(document.code.map(|code| (code, number)));
    }

    fn put(&mut self, number: u32, word: &str, position: u8) {
        let id = self.names.id(word);
        if id == self.places.len() {
            self.places.push(Vec::new());
        }
        let list = &mut self.places[id];
        // A word that is told of by its place in the name is not told of again by less.
        if usize::from(position) < POSITIONS || list.last().is_none_or(|(document, _)| *document != number) {
            list.push((number, position));
        }
    }

    /// The kinds as the script knows them. Words of kinds and groups are put in the list of words, so
    /// that they too are found when mistyped.
    fn kinds(&mut self, synonyms: &Synonyms) -> Vec<Value> {
        let kinds: Vec<(&Kind, String)> =
            KINDS.iter().map(|kind| (kind, with_synonyms(kind.words, synonyms))).collect();
        let texts =
            self.groups.iter().map(|group| group.3.as_str()).chain(kinds.iter().map(|(_, own)| &**own));
        for word in texts.flat_map(|text| text.split(' ')).filter(|word| !word.is_empty()) {
            self.names.id(word);
        }
        self.places.resize(self.names.texts.len(), Vec::new());
        kinds
            .into_iter()
            .map(|(kind, own)| {
                json!([kind.label, kind.path, kind.leads, own, u8::from(kind.shows_code), kind.prior])
            })
            .collect()
    }
}

/// The files of the index: name without ending, and text. `documents` stand in their final order.
pub fn files(documents: &[Document], synonyms: &Synonyms) -> BTreeMap<String, String> {
    let mut gathered = Gathered::default();
    for (number, document) in (0u32..).zip(documents) {
        gathered.add(number, document, synonyms);
    }
    let mut all = BTreeMap::new();
    names(&mut gathered, documents, synonyms, &mut all);
    bodies(&gathered, &mut all);
    signed(all)
}

/// The root, the words of names and keywords, codes, and what results show.
fn names(gathered: &mut Gathered, documents: &[Document], synonyms: &Synonyms, all: &mut Files) {
    let kinds = gathered.kinds(synonyms);
    let sorted = gathered.names.sorted();
    let lists: Vec<String> = sorted.iter().map(|(_, id)| placed(&gathered.places[*id])).collect();
    let mut codes = gathered.codes.clone();
    codes.sort_unstable();
    let rows: Vec<String> = documents.iter().map(|document| encode::texts(&document.row())).collect();

    let small = bytes(&lists) + bytes(&rows) <= SMALL;
    let unless_small = |most: usize| if small { usize::MAX } else { most };
    let (starts, word_files) = by_size(&lists, unless_small(TERMS_FILE));
    let per_file = if small { documents.len().max(1) } else { DOCUMENTS_FILE };
    let code_files: Vec<&[(u32, u32)]> = codes.chunks(unless_small(CODES_FILE)).collect();
    let code_starts: Vec<u32> = code_files.iter().filter_map(|part| Some(part.first()?.0)).collect();

    let root = format!(
        r#"{{"k":{},"g":{},"n":{},"p":{per_file},"w":{},"t":{},"c":{}}}"#,
        encode::texts(&kinds),
        encode::texts(&gathered.groups),
        encode::lists(&gathered.lengths),
        encode::texts(&joined(&sorted)),
        encode::lists(&starts),
        encode::lists(&code_starts),
    );
    let words = word_files.iter().map(encode::lists);
    let shown = rows.chunks(per_file).map(|part| format!("[{}]", part.join(",")));
    let codes = code_files.iter().map(|part| encode::lists(&code_file(part)));
    let parts = numbered("t", words).chain(numbered("d", shown)).chain(numbered("c", codes));
    gather("goc", root, parts, small, all);
}

/// The words of bodies.
fn bodies(gathered: &Gathered, all: &mut Files) {
    let sorted = gathered.bodies.sorted();
    let lists: Vec<String> = sorted
        .iter()
        .map(|(_, id)| {
            let mut out = String::new();
            encode::ascending(gathered.body_places[*id].iter().copied(), &mut out);
            out
        })
        .collect();
    let small = bytes(&lists) <= SMALL;
    let (starts, files) = by_size(&lists, if small { usize::MAX } else { BODY_FILE });
    let root = format!(r#"{{"w":{},"t":{}}}"#, encode::texts(&joined(&sorted)), encode::lists(&starts));
    gather("than", root, numbered("b", files.iter().map(encode::lists)), small, all);
}

fn bytes(texts: &[String]) -> usize {
    texts.iter().map(String::len).sum()
}

fn joined(sorted: &[(&str, usize)]) -> String {
    sorted.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(" ")
}

fn numbered(letter: &str, parts: impl Iterator<Item = String>) -> impl Iterator<Item = (String, String)> {
    parts.enumerate().map(move |(i, text)| (format!("{letter}{i}"), text))
}

/// File → its parts, name and JSON of each.
type Files = BTreeMap<String, Vec<(String, String)>>;

/// Puts a root and its parts into one file or into one each.
fn gather(
    root: &str,
    text: String,
    parts: impl Iterator<Item = (String, String)>,
    together: bool,
    all: &mut Files,
) {
    all.insert(root.to_owned(), vec![(root.to_owned(), text)]);
    for (name, text) in parts {
        let file = if together { root.to_owned() } else { name.clone() };
        all.entry(file).or_default().push((name, text));
    }
}

/// The files as scripts that hand their parts over, each with the version of the whole index: parts of
/// two builds, of which a browser may have kept one, never meet.
fn signed(all: Files) -> BTreeMap<String, String> {
    let whole: String = all.values().flatten().map(|(name, text)| format!("{name}{text}\n")).collect();
    let hash = Sha::of(whole.as_bytes()).to_hex();
    let version = hash.get(..8).unwrap_or(&hash);
    all.into_iter()
        .map(|(file, parts)| {
            let parts: Vec<String> =
                parts.into_iter().map(|(name, text)| format!("\"{name}\":{text}")).collect();
            (file, format!("congkhaiIndex(\"{version}\",{{{}}})\n", parts.join(",")))
        })
        .collect()
}

/// The words of a text and of its synonyms, each once.
fn with_synonyms(text: &str, synonyms: &Synonyms) -> String {
    let own = words(text);
    let mut all: Vec<&str> = Vec::new();
    for word in own.iter().map(String::as_str).chain(synonyms.of(&own)) {
        if !all.contains(&word) {
            all.push(word);
        }
    }
    all.join(" ")
}

/// A list of documents, `!`, and the place in each.
fn placed(list: &[(u32, u8)]) -> String {
    let mut out = String::with_capacity(2 * list.len() + 1);
    encode::ascending(list.iter().map(|(document, _)| *document), &mut out);
    out.push('!');
    for (_, position) in list {
        encode::number(u32::from(*position), &mut out);
    }
    out
}

/// Divides lists into files of about `most` bytes; gives the first list of each, too.
fn by_size(lists: &[String], most: usize) -> (Vec<usize>, Vec<&[String]>) {
    let mut starts = Vec::new();
    let mut size = 0;
    for (i, list) in lists.iter().enumerate() {
        if starts.is_empty() || size + list.len() > most {
            starts.push(i);
            size = 0;
        }
        size += list.len() + 3;
    }
    let ends = starts.iter().skip(1).copied().chain([lists.len()]);
    let files = starts.iter().zip(ends).map(|(start, end)| &lists[*start..end]).collect();
    (starts, files)
}

/// Codes and the documents that have them.
fn code_file(part: &[(u32, u32)]) -> [String; 2] {
    let (mut keys, mut documents) = (String::new(), String::new());
    encode::ascending(part.iter().map(|(key, _)| *key), &mut keys);
    for (_, document) in part {
        encode::number(*document, &mut documents);
    }
    [keys, documents]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A procedure of this name in the field `a`.
    fn document(name: &str) -> Document {
        Document {
            group: "Lĩnh vực a".to_owned(),
            ..Document::new(0, "1.000001".to_owned(), name.to_owned())
        }
    }

    /// The parts of all files, as the script gets them, and the version that each file names.
    fn parts(files: &BTreeMap<String, String>) -> (BTreeMap<String, Value>, Vec<String>) {
        let mut all = BTreeMap::new();
        let mut versions = Vec::new();
        for text in files.values() {
            let inside = text.strip_prefix("congkhaiIndex(\"").and_then(|rest| rest.strip_suffix(")\n"));
            let (version, json) = inside.and_then(|rest| rest.split_once("\",")).expect("a call");
            versions.push(version.to_owned());
            let Value::Object(parts) = serde_json::from_str(json).expect("JSON") else { panic!("an object") };
            all.extend(parts);
        }
        (all, versions)
    }

    fn numbers(text: &str) -> Vec<u32> {
        let (mut out, mut high) = (Vec::new(), 0);
        for c in text.bytes() {
            match c {
                93.. => high = high * 34 + u32::from(c) - 93,
                _ => out.push(std::mem::take(&mut high) * 57 + u32::from(c) - 35),
            }
        }
        out
    }

    fn strings(value: &Value) -> Vec<&str> {
        value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// Word → (document, place), read back from the files.
    fn places(files: &BTreeMap<String, String>) -> BTreeMap<String, Vec<(u32, u32)>> {
        let (parts, _) = parts(files);
        let lists = (0..).map_while(|i| parts.get(&format!("t{i}"))).flat_map(strings);
        let words = parts["goc"]["w"].as_str().expect("words").split(' ').filter(|word| !word.is_empty());
        words
            .map(str::to_owned)
            .zip(lists)
            .map(|(word, list)| {
                let (documents, at) = list.split_once('!').expect("both");
                let mut document = 0;
                let documents = numbers(documents).into_iter().map(|more| {
                    document += more;
                    document
                });
                (word, documents.zip(numbers(at)).collect())
            })
            .collect()
    }

    #[test]
    fn a_word_is_listed_with_its_place_and_keywords_say_no_more_than_the_name() {
        let mut one = document("Cấp phép, cấp lại");
        one.keywords = vec!["phép nổ mìn".to_owned()];
        let found = places(&files(&[document("Gia hạn"), one], &Synonyms::default()));
        assert_eq!(found["cap"], [(1, 0), (1, 2)]);
        assert_eq!(found["phep"], [(1, 1)]);
        assert_eq!(found["min"], [(1, 32)]);
        assert_eq!(found["han"], [(0, 1)]);
        assert_eq!(found["linh"], [], "words of a group are known, but need no list");
    }

    #[test]
    fn a_large_index_is_divided_and_says_the_same() {
        let names: Vec<String> = (0..3000)
            .map(|i| format!("Cấp giấy phép số {} cho cơ sở {} loại {}", i % 97, i % 89, i % 83))
            .collect();
        let documents: Vec<Document> =
            (0u32..).zip(&names).map(|(i, name)| Document { code: Some(i * 7), ..document(name) }).collect();
        let made = files(&documents, &Synonyms::default());
        assert!(made.len() > 20, "{:?}", made.keys());
        let (parts, versions) = parts(&made);
        assert!(versions.iter().all(|version| *version == versions[0]), "one version");
        let found = places(&made);
        assert_eq!(found["giay"].len(), 3000);
        assert_eq!(found["96"].len(), (0..3000).filter(|i| i % 97 == 96).count());
        let rows: usize = (0..)
            .map_while(|i| parts.get(&format!("d{i}")))
            .map(|part| part.as_array().map_or(0, Vec::len))
            .sum();
        assert_eq!(rows, 3000);
        assert_eq!(parts["d1"][0][0], names[DOCUMENTS_FILE].as_str());
        assert_eq!(parts["goc"]["c"], json!([0, 7000, 14000]));
        for (name, text) in &made {
            assert!(
                name == "goc" || name.starts_with('b') || name == "than" || text.len() < 16_000,
                "{name}: {}",
                text.len()
            );
        }
    }

    #[test]
    fn another_text_is_another_version() {
        let version = |name: &str| parts(&files(&[document(name)], &Synonyms::default())).1[0].clone();
        assert_eq!(version("Một"), version("Một"));
        assert_ne!(version("Một"), version("Hai"));
    }

    #[test]
    fn an_empty_site_has_an_index() {
        let (parts, _) = parts(&files(&[], &Synonyms::default()));
        assert_eq!(parts["goc"]["g"], json!([]));
    }

    proptest! {
        #[test]
        fn every_document_is_listed_by_every_word_of_its_name(
            names in prop::collection::vec("[a-zA-ZÀ-ỹđĐ0-9<>/\"\\\\\u{2028} ,.]{0,80}", 0..12)
        ) {
            let documents: Vec<Document> = names.iter().map(|name| document(name)).collect();
            let made = files(&documents, &Synonyms::default());
            let found = places(&made);
            for (number, name) in (0u32..).zip(&names) {
                for (place, word) in words(name).iter().enumerate() {
                    let wanted = (number, place.min(POSITIONS) as u32);
                    // A word that stands further behind and has stood before is told of once.
                    prop_assert!(
                        found[word].contains(&wanted) || place >= POSITIONS && found[word].iter().any(|(d, _)| *d == number),
                        "{word} of {name}: {:?}", found[word]
                    );
                }
            }
            let open = made.values().any(|text| text.contains("</s") || text.contains('\u{2028}'));
            prop_assert!(!open, "markup or an end of a line");
        }

        #[test]
        fn any_text_at_all_makes_files_that_can_be_read(name in any::<String>(), keyword in any::<String>()) {
            let mut one = document(&name);
            one.keywords = vec![keyword.clone()];
            one.body = vec![keyword];
            let (parts, _) = parts(&files(&[one], &Synonyms::default()));
            prop_assert_eq!(parts["d0"][0][0].as_str(), Some(name.as_str()));
        }
    }
}
