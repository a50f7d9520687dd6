//! Turns one file of the content folder into one typed record, and says everything wrong with it.

use std::ops::Range;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::advice::advise;
use super::explain::explain;
use super::front_matter;
use super::kinds::shape_of;
use super::text::clean;
use super::yaml::{self, Node, NodeKind, YamlFault};
use crate::base::diagnostic::{Diagnostic, Place, Severity};
use crate::base::path::SitePath;
use crate::codes::{CK0102, CK0117};
use crate::inputs::{FileKind, SourceFile};
use crate::msg;
use crate::record::article::ArticleHead;
use crate::record::config::SiteConfig;
use crate::record::decision::Decision;
use crate::record::directory::{EssentialService, Field, HolidayYear, Law, Unit};
use crate::record::initiative::Initiative;
use crate::record::inspection::Inspection;
use crate::record::list::List;
use crate::record::petition::Petition;
use crate::record::procedure::Procedure;
use crate::record::simplification::{Programme, Simplification};
use crate::record::statistics::Statistics;
use crate::record::task_plan::TaskPlan;
use crate::vi::name::NameOrder;

/// What a file holds, typed.
#[derive(Debug, Clone)]
pub enum Record {
    /// `trang.yaml`
    Site(Arc<SiteConfig>),
    /// `danh-muc/linh-vuc.yaml`
    Fields(List<Field>),
    /// `danh-muc/don-vi.yaml`
    Units(List<Unit>),
    /// `danh-muc/van-ban.yaml`
    Laws(List<Law>),
    /// `danh-muc/ngay-nghi.yaml`
    Holidays(List<HolidayYear>),
    /// `danh-muc/dich-vu-thiet-yeu.yaml`
    EssentialServices(List<EssentialService>),
    /// `danh-muc/chuong-trinh.yaml`
    Programmes(List<Programme>),
    /// `thu-tuc/*.yaml`
    Procedure(Arc<Procedure>),
    /// `quyet-dinh/*.yaml`
    Decision(Arc<Decision>),
    /// `ke-hoach/*.yaml`
    TaskPlan(Arc<TaskPlan>),
    /// `phan-anh/<năm>/*.yaml`
    Petition(Arc<Petition>),
    /// `thong-ke/*.yaml`
    Statistics(Arc<Statistics>),
    /// `kiem-tra/*.yaml`
    Inspection(Arc<Inspection>),
    /// `cat-giam/*.yaml`
    Simplification(Arc<Simplification>),
    /// `sang-kien/*.yaml`
    Initiative(Arc<Initiative>),
    /// `bai-viet/<chuyên mục>/*.md`
    Article(Arc<Article>),
}

/// An article: its front matter and its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// The front matter.
    pub head: ArticleHead,
    /// The Markdown after it.
    pub body: String,
    /// Where the Markdown starts in the clean text of the file.
    pub body_start: usize,
}

/// One file, read as far as it could be.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// The file.
    pub file: SitePath,
    /// What kind of record it holds.
    pub kind: FileKind,
    /// The record; `None` if a fault keeps it from being one.
    pub record: Option<Record>,
    /// The codes and numbers that a file without a record still shows, so that references to them
    /// are not reported as well.
    pub names: Vec<String>,
    /// The text of an article whose front matter has a fault, and where it starts in the clean text of
    /// the file: it is looked over all the same, so that its faults do not wait for the next run.
    pub body: Option<(String, usize)>,
    /// Where a procedure's name stands in lists: made here, where files are read beside each other, and kept
    /// with them by a preview.
    pub order: Option<NameOrder>,
    /// What was wrong.
    pub found: Vec<Diagnostic>,
}

impl Parsed {
    /// How many records the file holds: one, or one an entry of a directory.
    pub fn records(&self) -> usize {
        match &self.record {
            None => 0,
            Some(Record::Fields(list)) => list.len(),
            Some(Record::Units(list)) => list.len(),
            Some(Record::Laws(list)) => list.len(),
            Some(Record::Holidays(list)) => list.len(),
            Some(Record::EssentialServices(list)) => list.len(),
            Some(Record::Programmes(list)) => list.len(),
            Some(_) => 1,
        }
    }
}

/// Reads one file.
pub fn parse(file: &SitePath, source: &SourceFile) -> Parsed {
    let (text, mut found) = clean(file, &source.bytes);
    let mut names = Vec::new();
    let usable = !text.trim().is_empty();
    let mut body = None;
    let mut reader = Reader { file, kind: source.kind, found: &mut found, names: &mut names };
    let record = match source.kind {
        _ if !usable => None,
        FileKind::Site => reader.read(&text, 0).map(|r| Record::Site(Arc::new(r))),
        FileKind::Fields => reader.read(&text, 0).map(Record::Fields),
        FileKind::Units => reader.read(&text, 0).map(Record::Units),
        FileKind::Laws => reader.read(&text, 0).map(Record::Laws),
        FileKind::Holidays => reader.read(&text, 0).map(Record::Holidays),
        FileKind::EssentialServices => reader.read(&text, 0).map(Record::EssentialServices),
        FileKind::Programmes => reader.read(&text, 0).map(Record::Programmes),
        FileKind::Procedure => reader.read(&text, 0).map(|r| Record::Procedure(Arc::new(r))),
        FileKind::Decision => reader.read(&text, 0).map(|r| Record::Decision(Arc::new(r))),
        FileKind::TaskPlan => reader.read(&text, 0).map(|r| Record::TaskPlan(Arc::new(r))),
        FileKind::Petition => reader.read(&text, 0).map(|r| Record::Petition(Arc::new(r))),
        FileKind::Statistics => reader.read(&text, 0).map(|r| Record::Statistics(Arc::new(r))),
        FileKind::Inspection => reader.read(&text, 0).map(|r| Record::Inspection(Arc::new(r))),
        FileKind::Simplification => reader.read(&text, 0).map(|r| Record::Simplification(Arc::new(r))),
        FileKind::Initiative => reader.read(&text, 0).map(|r| Record::Initiative(Arc::new(r))),
        FileKind::Article => match front_matter::split(file, &text) {
            Err(diagnostic) => {
                found.push(*diagnostic);
                body = Some(front_matter::likely_body(&text));
                None
            }
            Ok(parts) => {
                body = Some(parts.body.clone());
                reader.read(&text[parts.head.clone()], parts.head.start).map(|head| {
                    Record::Article(Arc::new(Article {
                        head,
                        body: text[parts.body.clone()].to_owned(),
                        body_start: parts.body.start,
                    }))
                })
            }
        },
    };
    let body = body.filter(|_| record.is_none()).map(|range| (text[range.clone()].to_owned(), range.start));
    let order = match &record {
        Some(Record::Procedure(procedure)) => Some(NameOrder::of(procedure.name.as_str())),
        _ => None,
    };
    Parsed { file: file.clone(), kind: source.kind, record, names, body, order, found }
}

struct Reader<'a> {
    file: &'a SitePath,
    kind: FileKind,
    found: &'a mut Vec<Diagnostic>,
    names: &'a mut Vec<String>,
}

impl Reader<'_> {
    /// Reads a typed record out of YAML that starts at byte `offset` of the file.
    fn read<T: DeserializeOwned>(&mut self, yaml_text: &str, offset: usize) -> Option<T> {
        let errors_before = self.errors();
        let typed = yaml::typed::<T>(yaml_text);
        if let (Ok(_), false) = (&typed, yaml::needs_tree(yaml_text)) {
            return typed.ok();
        }
        let tree = yaml::tree(yaml_text);
        let refused: Vec<Range<usize>> = tree.faults.iter().map(|fault| fault.span.clone()).collect();
        for fault in tree.faults {
            self.report(fault, offset);
        }
        if let Some(root) = &tree.root {
            for fault in advise(root, shape_of(self.kind), yaml_text) {
                self.report(fault, offset);
            }
        }
        let serde_error = match typed {
            Ok(record) => return if self.errors() == errors_before { Some(record) } else { None },
            Err(error) => error,
        };
        if tree.root.is_none() && !tree.broken && self.errors() == errors_before {
            self.found.push(
                Diagnostic::new(
                    CK0117,
                    Place::file(self.file),
                    msg!("tệp chỉ có chú thích, không có nội dung", "the file holds comments only"),
                )
                .help(msg!(
                    "viết nội dung, hoặc xóa tệp nếu không dùng",
                    "fill it, or delete the file if it is not needed"
                )),
            );
        }
        if let Some(root) = &tree.root {
            collect_names(root, self.names);
            // What was refused as YAML (an alias, a tag) need not be refused as a value too.
            for fault in explain(root, shape_of(self.kind)).into_iter().filter(|f| !refused.contains(&f.span))
            {
                let place = Place::bytes(self.file, shift(&fault.span, offset));
                self.found.push(Diagnostic::new(fault.rule, place, fault.message).maybe_help(fault.help));
            }
        }
        if self.errors() == errors_before {
            // The two paths disagree: a bug of ours, but a record must never drop out in silence.
            self.found.push(Diagnostic::new(
                CK0102,
                Place::file(self.file),
                msg!("không đọc được bản ghi ({serde_error})", "cannot read the record ({serde_error})"),
            ));
        }
        None
    }

    fn report(&mut self, fault: YamlFault, offset: usize) {
        let place = Place::bytes(self.file, shift(&fault.span, offset));
        let mut diagnostic = Diagnostic::new(fault.rule, place, fault.message).help(fault.help);
        if let Some(first) = fault.first {
            let place = Place::bytes(self.file, shift(&first, offset));
            diagnostic = diagnostic.also(place, msg!("lần thứ nhất ở đây", "the first one is here"));
        }
        self.found.push(diagnostic);
    }

    fn errors(&self) -> usize {
        self.found.iter().filter(|d| d.severity == Severity::Error).count()
    }
}

fn shift(span: &Range<usize>, offset: usize) -> Range<usize> {
    span.start + offset..span.end + offset
}

/// The values of the keys by which records are known to each other.
fn collect_names(node: &Node, names: &mut Vec<String>) {
    match &node.kind {
        NodeKind::List(items) => items.iter().for_each(|item| collect_names(item, names)),
        NodeKind::Map(_) => {
            for key in ["ma", "so", "so_ky_hieu"] {
                if let Some(text) = node.entry(key).and_then(|(_, value)| value.text()) {
                    names.push(text.trim().to_owned());
                }
            }
            if let Some((_, NodeKind::List(tasks))) = node.entry("nhiem_vu").map(|(k, v)| (k, &v.kind)) {
                tasks.iter().for_each(|task| collect_names(task, names));
            }
        }
        NodeKind::Scalar { .. } => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(kind: FileKind, text: &str) -> (bool, Vec<(&'static str, String)>) {
        let file = SitePath::new("thu-tuc/x.yaml").expect("a good path");
        let parsed = parse(&file, &SourceFile { kind, bytes: text.as_bytes().into() });
        (parsed.record.is_some(), parsed.found.into_iter().map(|d| (d.rule.code, d.message.vi)).collect())
    }

    #[test]
    fn a_list_that_a_record_cannot_do_without_has_an_entry() {
        const DECISION: &str = "so: 1/QĐ-A\nngay_ky: 2025-01-01\nco_quan: A\ntrich_yeu: B\nmuc:{}\n";
        const DOSSIER: &str = "ma: 1.000001\nten: A\nlinh_vuc: a\nho_so:\n- giay_to:{}\n";
        const PLAN: &str = "so: 1/KH\nnam: 2026\nco_quan: A\nnhiem_vu:{}\n";
        const INSPECTION: &str = "ma: a\nngay: {tu: 2026-01-01, den: 2026-01-02}\ndon_vi:{}\nnoi_dung: A\n";
        for (kind, text, key) in [
            (FileKind::Decision, DECISION, "muc"),
            (FileKind::Procedure, DOSSIER, "giay_to"),
            (FileKind::TaskPlan, PLAN, "nhiem_vu"),
            (FileKind::Inspection, INSPECTION, "don_vi"),
        ] {
            for empty in [" []", "", " null", " ~", " # rồi sẽ ghi"] {
                let (readable, found) = read(kind, &text.replacen("{}", empty, 1));
                let wanted = ("CK0206", format!("danh sách `{key}` không có mục nào"));
                assert_eq!((readable, found), (false, vec![wanted]), "{key}:{empty}");
            }
        }
        // A list that may be empty stays so.
        let (readable, found) = read(FileKind::Procedure, "ma: 1.000001\nten: A\nlinh_vuc: a\nho_so: []\n");
        assert!(readable && found.is_empty(), "{found:?}");
    }
}
