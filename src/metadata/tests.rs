//! Small documents made by hand: what they name is found, masked, and gone after cleaning.

use std::io::{Cursor, Read, Write};

use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::*;

const NAME: &str = "Nguyễn Văn Mẫu";

fn docx() -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let core = format!(
        "<cp:coreProperties><dc:title>Mẫu đơn</dc:title><dc:creator>{NAME}</dc:creator><cp:lastModifiedBy>Trần Thị Mẫu</cp:lastModifiedBy></cp:coreProperties>"
    );
    for (name, text) in [
        ("docProps/core.xml", core.as_str()),
        ("docProps/app.xml", "<Properties><Application>Word</Application><Company></Company></Properties>"),
        ("word/document.xml", "<w:p><w:ins w:author=\"Lê Văn Mẫu\"><w:t>Nội dung</w:t></w:ins></w:p>"),
        ("word/styles.xml", "<w:styles/>"),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("a zip").into_inner()
}

fn exif(turned: bool) -> Vec<u8> {
    // Two or three entries: Artist at offset 60, GPS, orientation 6.
    let mut block = b"MM\0\x2A\0\0\0\x08".to_vec();
    let mut entries: Vec<[u8; 12]> =
        vec![[0x01, 0x3B, 0, 2, 0, 0, 0, 9, 0, 0, 0, 60], [0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0]];
    if turned {
        entries.push([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0]);
    }
    block.extend([0, entries.len() as u8]);
    entries.iter().for_each(|entry| block.extend(entry));
    block.resize(60, 0);
    block.extend(b"Le V Mau\0");
    block
}

fn jpeg(turned: bool) -> Vec<u8> {
    let mut out = vec![0xFF, 0xD8];
    let mut segment = |marker: u8, content: &[u8]| {
        out.extend([0xFF, marker]);
        out.extend((content.len() as u16 + 2).to_be_bytes());
        out.extend(content);
    };
    segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    segment(0xE1, &[b"Exif\0\0".as_slice(), &exif(turned)].concat());
    segment(0xE2, b"ICC_PROFILE\0\x01\x01icc");
    segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0D\x1C\x02\x50\0\x08Tran Mau");
    segment(0xDB, &[0; 65]);
    out.extend(b"\xFF\xDA\0\x02picture\xFF\xD9");
    out
}

fn png() -> Vec<u8> {
    let mut out = vec![0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A];
    for (kind, data) in
        [(b"IHDR", &[0u8; 13][..]), (b"tEXt", b"Author\0Le Van Mau"), (b"IDAT", b"picture"), (b"IEND", b"")]
    {
        out.extend((data.len() as u32).to_be_bytes());
        out.extend(kind);
        out.extend(data);
        out.extend([0; 4]);
    }
    out
}

fn pdf() -> Vec<u8> {
    let mut out = b"%PDF-1.4\n1 0 obj <</Title (M\\(u\\)) /Author (Le \\(V\\) Mau)>> endobj\n".to_vec();
    out.extend(b"2 0 obj <</Author <FEFF004D1EAB0075>>> endobj\n");
    out.extend(
        format!("<x:xmpmeta><dc:creator><rdf:Seq><rdf:li>{NAME}</rdf:li></rdf:Seq></dc:creator></x:xmpmeta>")
            .bytes(),
    );
    out.extend(b"\ntrailer\n%%EOF");
    out
}

fn fields(bytes: &[u8]) -> Vec<(Names, String)> {
    inspect(bytes).expect("readable").into_iter().map(|f| (f.names, f.field)).collect()
}

#[test]
fn each_format_tells_whom_it_names_and_shows_nobody() {
    let somebody = |field: &str| (Names::Somebody, field.to_owned());
    assert_eq!(
        fields(&docx()),
        [somebody("cp:lastModifiedBy"), somebody("dc:creator"), somebody("w:author")]
    );
    assert_eq!(
        fields(&jpeg(false)),
        [somebody("Artist"), somebody("By-line"), (Names::Place, "GPS".to_owned())]
    );
    assert_eq!(fields(&png()), [somebody("Author")]);
    assert_eq!(fields(&pdf()), [somebody("Author"), somebody("Author"), somebody("dc:creator")]);
    for bytes in [docx(), jpeg(false), png(), pdf()] {
        for finding in inspect(&bytes).expect("readable") {
            assert!(!finding.masked.contains("Mẫu") && !finding.masked.contains("Mau"), "{finding:?}");
        }
    }
}

#[test]
fn a_cleaned_copy_names_nobody_and_shows_the_same() {
    for bytes in [docx(), jpeg(false), jpeg(true), png(), pdf()] {
        let cleaned = clean(&bytes).expect("cleaned");
        assert_eq!(inspect(&cleaned), Ok(Vec::new()));
        assert_eq!(clean(&cleaned).expect("again"), cleaned, "cleaning twice changes nothing");
    }
    assert_eq!(clean(&pdf()).expect("cleaned").len(), pdf().len(), "offsets of a PDF stay right");
    let has = |bytes: &[u8], words: &[u8]| find(bytes, words, 0).is_some();
    for bytes in [jpeg(true), png()] {
        assert!(has(&clean(&bytes).expect("cleaned"), b"picture"));
    }
    assert!(has(&clean(&jpeg(false)).expect("cleaned"), b"ICC_PROFILE"));
    let turned = clean(&jpeg(true)).expect("cleaned");
    let at = find(&turned, b"Exif\0\0", 0).expect("still there") + 6;
    assert_eq!(tiff::orientation(&turned[at..]), Some(6), "the picture stays upright");
    let cleaned = clean(&docx()).expect("cleaned");
    let mut zip = ZipArchive::new(Cursor::new(cleaned.as_slice())).expect("a zip");
    let mut text = String::new();
    zip.by_name("word/document.xml").expect("there").read_to_string(&mut text).expect("text");
    assert_eq!(text, "<w:p><w:ins w:author=\"\"><w:t>Nội dung</w:t></w:ins></w:p>");
    assert_eq!(zip.len(), 4);
}

#[test]
fn what_cannot_be_looked_into_says_so() {
    assert!(inspect(b"%PDF-1.7 /Encrypt 5 0 R /Author (x)").is_err());
    assert!(inspect(&jpeg(false)[..40]).is_err());
    assert!(inspect(b"PK\x03\x04 not a zip").is_err());
    assert_eq!(inspect(b"plain text, /Author (x)"), Ok(Vec::new()));
}

#[test]
fn a_bomb_is_cut_short() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("docProps/core.xml", SimpleFileOptions::default()).expect("a part");
    for _ in 0..24 {
        zip.write_all(&vec![b' '; 1 << 20]).expect("written");
    }
    let bomb = zip.finish().expect("a zip").into_inner();
    assert!(bomb.len() < 100_000);
    assert!(inspect(&bomb).is_err());
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(which in 0usize..4, cut in 0usize..600, at in 0usize..600, byte: u8, noise in proptest::collection::vec(any::<u8>(), 0..64)) {
        let mut bytes = [docx(), jpeg(true), png(), pdf()][which].clone();
        let end = bytes.len() - cut.min(bytes.len());
        bytes.truncate(end);
        if let Some(slot) = bytes.get_mut(at) {
            *slot = byte;
        }
        bytes.extend(noise);
        let _ = inspect(&bytes);
        let _ = clean(&bytes);
    }
}
