//! What is found: one document for each page (each legal text), with the words it is found by.
//!
//! Only what its page shows goes in: no drafts, no articles or petitions of later days, no answer
//! before it is public, no editor's note.

use serde_json::{Value, json};

use crate::base::path::RoutePath;
use crate::markdown;
use crate::model::petition::course;
use crate::model::state::Standing;
use crate::plan::facts::{self, Certainty};
use crate::plan::kinds::procedures::part_title;
use crate::plan::kinds::{FOOTER, MENU};
use crate::plan::links::PageCx;
use crate::plan::listing;
use crate::plan::petitions;
use crate::plan::pieces;
use crate::plan::view::{DateView, TagView};
use crate::plan::{SitePlan, Subject, urls};
use crate::record::petition::PetitionAct;
use crate::record::procedure::{OnlineLevel, Procedure};
use crate::record::scalar::ProcedureCode;
use crate::vi::collate;

/// A kind of document, in the order in which equal results stand.
#[derive(Debug)]
pub struct Kind {
    /// What a list of them is called.
    pub label: &'static str,
    /// How many there are, in words: this follows the number.
    pub counted: &'static str,
    /// Their address below the root, `*` for the part of one document.
    pub path: &'static str,
    /// Words that say no more than the kind; each document is found by them, too.
    pub words: &'static str,
    /// Beginnings of queries that ask for the kind, folded, the longer ones first.
    pub leads: &'static [&'static str],
    /// Whether the part of the address is a code that people know.
    pub shows_code: bool,
    /// What its documents are ahead of others that fit as well.
    pub prior: f32,
    /// Whether the search page tells how many there are.
    pub is_counted: bool,
}

/// Every kind.
pub const KINDS: [Kind; 6] = [
    Kind {
        label: "Thủ tục",
        counted: "thủ tục",
        path: "thu-tuc/*/index.html",
        words: "thủ tục hành chính",
        leads: &["thu tuc hanh chinh", "thu tuc", "tthc"],
        shows_code: true,
        prior: 2.0,
        is_counted: true,
    },
    Kind {
        label: "Quyết định công bố",
        counted: "quyết định công bố",
        path: "quyet-dinh/*/index.html",
        words: "quyết định công bố số",
        leads: &["quyet dinh cong bo", "quyet dinh so", "quyet dinh", "qd so", "qd"],
        shows_code: false,
        prior: 1.0,
        is_counted: true,
    },
    Kind {
        label: "Bài viết",
        counted: "bài viết",
        path: "bai-viet/*/index.html",
        words: "bài viết",
        leads: &["bai viet"],
        shows_code: false,
        prior: 1.0,
        is_counted: true,
    },
    Kind {
        label: "Phản ánh, kiến nghị",
        counted: "phản ánh, kiến nghị",
        path: "phan-anh/*/index.html",
        words: "phản ánh kiến nghị",
        leads: &["phan anh kien nghi", "phan anh", "kien nghi", "pakn"],
        shows_code: true,
        prior: 0.0,
        is_counted: true,
    },
    Kind {
        label: "Văn bản pháp luật",
        counted: "văn bản pháp luật",
        path: "van-ban/*",
        words: "văn bản pháp luật",
        leads: &["van ban phap luat", "van ban"],
        shows_code: false,
        prior: 0.0,
        is_counted: true,
    },
    Kind {
        label: "Trang khác",
        counted: "trang khác",
        path: "*index.html",
        words: "",
        leads: &[],
        shows_code: false,
        prior: 0.5,
        is_counted: false,
    },
];

const PROCEDURE: usize = 0;
const DECISION: usize = 1;
const ARTICLE: usize = 2;
const PETITION: usize = 3;
const LAW: usize = 4;
const OTHER: usize = 5;

/// Kinds of page that are no document: they only lead to others, or to none.
const NO_DOCUMENTS: &[&str] =
    &["home", "search", "sitemap", "not-found", "petition-list", "law-procedures", "changes-year"];

/// One thing that can be found.
#[derive(Debug)]
pub struct Document {
    /// Its kind, an index of [`KINDS`].
    pub kind: usize,
    /// The field, year or section that it belongs to.
    pub group: String,
    /// What sorts it: group, then place in the group.
    pub(super) order: (Vec<u8>, Vec<u8>),
    /// What a result says.
    pub title: String,
    /// The part of its address that the kind's path has a `*` for.
    pub place: String,
    /// What a result says below: deadline, level.
    pub facts: Vec<String>,
    /// What must be seen: abolished, illustrative.
    pub tag: Option<String>,
    /// No longer in use: stands last.
    pub ended: bool,
    /// The words that count most, in their order.
    pub name: String,
    /// Further words it is found by.
    pub keywords: Vec<String>,
    /// Words it is found by when nothing else is.
    pub body: Vec<String>,
    /// The code of a procedure as a number.
    pub code: Option<u32>,
}

impl Document {
    pub(super) fn new(kind: usize, place: String, title: String) -> Self {
        Self {
            kind,
            group: String::new(),
            order: (Vec::new(), collate::key(&title)),
            name: title.clone(),
            title,
            place,
            facts: Vec::new(),
            tag: None,
            ended: false,
            keywords: Vec::new(),
            body: Vec::new(),
            code: None,
        }
    }

    /// What the script shows of it.
    pub fn row(&self) -> Value {
        let facts = self.facts.join(" · ");
        match (&self.tag, facts.is_empty()) {
            (Some(tag), _) => json!([self.title, self.place, facts, tag]),
            (None, false) => json!([self.title, self.place, facts]),
            (None, true) => json!([self.title, self.place]),
        }
    }
}

/// Every document of the site, in the order of the index: kind, group, place.
pub fn all(plan: &SitePlan<'_>) -> Vec<Document> {
    let mut documents = procedures(plan);
    documents.extend(decisions(plan));
    documents.extend(articles(plan));
    documents.extend(known_petitions(plan));
    documents.extend(laws(plan));
    documents.extend(others(plan));
    documents.sort_by(|a, b| {
        (a.kind, &a.order.0, &a.group, &a.order.1, &a.place)
            .cmp(&(b.kind, &b.order.0, &b.group, &b.order.1, &b.place))
    });
    documents
}

/// How many documents of each kind there are.
pub fn counts(plan: &SitePlan<'_>) -> [usize; KINDS.len()] {
    let model = plan.model;
    let mut counts = [0; KINDS.len()];
    counts[PROCEDURE] = model.procedures.len();
    counts[DECISION] = model.decisions.len();
    counts[ARTICLE] = model.published_articles().count();
    counts[PETITION] = model.handlings.len();
    counts[LAW] = model.laws.len();
    counts
}

/// The part of an address that the kind's path has a `*` for; the layout of addresses is held to the
/// routes by a test.
fn place(kind: usize, path: &RoutePath) -> String {
    let out = path.out_path();
    let (before, after) = KINDS[kind].path.split_once('*').unwrap_or((KINDS[kind].path, ""));
    let rest = out.as_str().strip_prefix(before).unwrap_or(out.as_str());
    rest.strip_suffix(after).unwrap_or(rest).to_owned()
}

/// The number of a procedure's code by which it is looked up: the six digits behind the point, then the
/// one before it, so that people may leave that one out.
fn code_number(code: &ProcedureCode) -> Option<u32> {
    let (lead, rest) = code.national().split_once('.')?;
    let (lead, rest): (u32, u32) = (lead.parse().ok()?, rest.parse().ok()?);
    (lead < 10 && rest < 1_000_000).then_some(rest * 10 + lead)
}

fn procedures(plan: &SitePlan<'_>) -> Vec<Document> {
    let model = plan.model;
    let all = model.procedures.values();
    all.map(|filed| {
        let record = &filed.record;
        let path = urls::procedure(&record.code);
        let mut document =
            Document::new(PROCEDURE, place(PROCEDURE, &path), listing::list_name(record.name.as_str()));
        document.group = petitions::field_name(model, &record.field);
        document.order.0 = collate::key(&document.group);
        document.code = code_number(&record.code);
        document.keywords = record.keywords.iter().map(|text| text.as_str().to_owned()).collect();
        document.body = body(record);
        let standing = model.state(&record.code).standing;
        document.ended = !standing.is_current();
        if document.ended || standing == Standing::Coming {
            document.tag = Some(TagView::of_standing(standing).text);
        } else if record.illustrative.0 {
            document.tag = Some(ILLUSTRATIVE.to_owned());
        }
        if !document.ended {
            document.facts = short_facts(record);
        }
        document
    })
    .collect()
}

const ILLUSTRATIVE: &str = "Dữ liệu minh họa";

fn short_facts(record: &Procedure) -> Vec<String> {
    let mut out = Vec::new();
    let deadline = facts::deadline(record);
    match deadline.certainty {
        Certainty::Certain => out.push(deadline.value),
        Certainty::Doubtful => out.push("thời hạn ghi chưa thống nhất".to_owned()),
        Certainty::Unknown => {}
    }
    let levels: Vec<String> = record.levels.iter().map(|level| level.label().to_lowercase()).collect();
    if !levels.is_empty() {
        out.push(levels.join(", "));
    }
    if listing::online_level(record) == Some(OnlineLevel::Full) {
        out.push("trực tuyến toàn trình".to_owned());
    }
    out
}

/// What a procedure gives and which papers it asks for.
fn body(record: &Procedure) -> Vec<String> {
    let results = record.results.iter().map(|result| result.name.as_str());
    let papers = record.dossiers.iter().flat_map(|case| case.papers.iter()).map(|paper| paper.name.as_str());
    results.chain(papers).map(str::to_owned).collect()
}

fn decisions(plan: &SitePlan<'_>) -> Vec<Document> {
    let all = plan.model.decisions.iter();
    all.map(|(id, filed)| {
        let record = &filed.record;
        let title = format!("Quyết định số {}: {}", record.number, record.summary);
        let mut document = Document::new(DECISION, place(DECISION, &urls::decision(id)), title);
        let signed = record.signed.0;
        document.name = format!("{} {}", record.number, record.summary);
        document.group = format!("Năm {}", signed.year());
        document.order = (later_first(signed.year()), record.number.as_str().into());
        document.keywords = vec![record.agency.as_str().to_owned(), DateView::from(signed).short];
        document.facts =
            vec![format!("ký ngày {}", DateView::from(signed).short), record.agency.as_str().to_owned()];
        document.body = record
            .items
            .iter()
            .filter_map(|item| item.what_changed.as_ref())
            .map(|t| t.as_str().to_owned())
            .collect();
        if record.illustrative.0 {
            document.tag = Some(ILLUSTRATIVE.to_owned());
        }
        document
    })
    .collect()
}

fn articles(plan: &SitePlan<'_>) -> Vec<Document> {
    let model = plan.model;
    let all = model.published_articles();
    all.map(|(id, filed)| {
        let head = &filed.record.head;
        let path = urls::article(id);
        let mut document = Document::new(ARTICLE, place(ARTICLE, &path), head.title.as_str().to_owned());
        let sections = &model.site.record.sections;
        let at = sections.iter().position(|section| section.code == id.section);
        document.group = at.map_or(id.section.as_str(), |at| sections[at].name.as_str()).to_owned();
        document.order = (at.unwrap_or(usize::MAX).to_be_bytes().into(), later_first(head.date.0.year()));
        document.keywords = vec![head.summary.as_str().to_owned()];
        document.body = vec![markdown::plain(&filed.record.body)];
        document.facts = vec![DateView::from(head.date.0).short];
        if pieces::has_expired(model, filed) {
            document.tag = Some("Đã hết hạn".to_owned());
            document.ended = true;
        } else if head.illustrative.0 {
            document.tag = Some("Bài minh họa".to_owned());
        }
        document
    })
    .collect()
}

fn known_petitions(plan: &SitePlan<'_>) -> Vec<Document> {
    let model = plan.model;
    let today = model.as_of.date();
    let all = model.known_petitions();
    all.map(|(code, filed, handling)| {
        let record = &filed.record;
        let title = record.title.as_str().to_owned();
        let mut document = Document::new(PETITION, place(PETITION, &urls::petition(code)), title);
        let year = record.received.0.year();
        document.group = format!("Năm {year}");
        document.order.0 = later_first(year);
        document.keywords = vec![code.to_string(), pieces::unit_name(model, &record.unit)];
        document
            .keywords
            .extend(petitions::fields(model, record).iter().map(|f| petitions::field_name(model, f)));
        document.facts = vec![handling.stage.label().to_owned()];
        document.facts.extend(petitions::lateness(handling).map(|words| words.to_lowercase()));
        document.facts.push(format!("nhận ngày {}", DateView::from(record.received.0).short));
        if record.illustrative.0 {
            document.tag = Some(ILLUSTRATIVE.to_owned());
        }
        // What the petition's page tells on this day, and no more.
        let shown = petitions::shows_result(handling);
        document.body = vec![record.gist.as_str().to_owned()];
        let steps = course(record, today).into_iter();
        let steps = steps.filter(|step| shown || step.act != PetitionAct::Answered);
        document.body.extend(steps.filter_map(|step| Some(step.content.as_ref()?.as_str().to_owned())));
        if let Some(result) = record.result.as_ref().filter(|result| shown && result.date.0 <= today) {
            let texts = [&result.content, &result.measures, &result.document];
            document.body.extend(texts.into_iter().flatten().map(|text| text.as_str().to_owned()));
        }
        document
    })
    .collect()
}

fn laws(plan: &SitePlan<'_>) -> Vec<Document> {
    if !plan.routes.contains_key(&urls::laws()) {
        return Vec::new();
    }
    let all = plan.model.laws.values();
    all.map(|filed| {
        let record = &filed.record;
        let title = format!("{}: {}", record.number, record.name);
        let page = plan.law_pages.get(&record.number).map_or_else(urls::laws, |page| urls::laws_page(*page));
        let at = format!("{}#{}", place(LAW, &page), urls::law_anchor(&record.number));
        let mut document = Document::new(LAW, at, title);
        document.name = format!("{} {}", record.number, record.name);
        document.keywords = record.agency.iter().map(|agency| agency.as_str().to_owned()).collect();
        document
    })
    .collect()
}

/// Pages of the site that show no single record of those above: lists, contact, plans, figures.
fn others(plan: &SitePlan<'_>) -> Vec<Document> {
    let named = |path: &RoutePath| {
        let all = MENU.iter().chain(FOOTER);
        let mut all = all.filter(|(entry, _)| *entry == path.as_str());
        all.next().map(|(_, text)| (*text).to_owned())
    };
    let mut out = Vec::new();
    for (path, route) in &plan.routes {
        if NO_DOCUMENTS.contains(&route.kind.name) {
            continue;
        }
        let (title, description) = match &route.subject {
            Subject::Procedure(_) | Subject::Decision(_) | Subject::Article(_) | Subject::Petition(_) => {
                continue;
            }
            Subject::Section(_, page) | Subject::Petitions(_, page) | Subject::Laws(page) if *page > 1 => {
                continue;
            }
            Subject::Decisions(_, page) if *page > 1 => continue,
            Subject::Field(code) => {
                (format!("Lĩnh vực {}", petitions::field_name(plan.model, code)), String::new())
            }
            Subject::Procedures(part, page) => (part_title(*part, *page), String::new()),
            // The lists are long: making their views only for their titles would cost time.
            _ => match named(path) {
                Some(title) => (title, String::new()),
                None => {
                    let (head, _) = (route.kind.view)(&PageCx { plan, path }, &route.subject);
                    (head.title, head.description)
                }
            },
        };
        let mut document = Document::new(OTHER, place(OTHER, path), title);
        document.keywords = vec![description];
        out.push(document);
    }
    out
}

/// Bytes that sort later years first.
fn later_first(year: i16) -> Vec<u8> {
    (i32::from(i16::MAX) - i32::from(year)).to_be_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;
    use crate::plan::testing::{article, model};
    use crate::record::scalar::Scalar;

    const PETITION_TEXT: &str = "ma: 2026-001\nngay_tiep_nhan: 2026-03-02\nkenh: dien_thoai\nloai: quy_dinh\nthu_tuc: ['1.000001']\ntieu_de: Thừa giấy\n\
        noi_dung: Phải nộp hai bản.\ndon_vi: so\nket_qua: {ngay: 2026-03-11, ket_luan: tiep_thu, noi_dung: KETQUA, bien_phap: BIENPHAP}\n\
        dien_bien: [{ngay: 2026-03-11, trang_thai: tra_loi, noi_dung: TRALOI}]\nngay_cong_khai: 2026-03-12\nghi_chu_bien_tap: BIMAT\n";

    fn site_on(day: &str, look: impl FnOnce(&SitePlan<'_>, &[Document])) {
        let draft = article("2026-01-01", "ban_nhap: true\n");
        let later = article("2027-01-01", "");
        let now = article("2026-01-02", "het_han: 2026-02-01\n");
        let model = model(
            day,
            &[
                ("danh-muc/linh-vuc.yaml", "- {ma: b, ten: Bưu chính}\n- {ma: a, ten: An toàn}\n"),
                ("danh-muc/don-vi.yaml", "- {ma: so, ten: Sở A}\n"),
                ("danh-muc/van-ban.yaml", "- {so_ky_hieu: 63/2010/NĐ-CP, ten: Nghị định về thủ tục}\n"),
                (
                    "thu-tuc/1.yaml",
                    "ma: '1.000001'\nten: Thủ tục cấp phép\nlinh_vuc: b\ntu_khoa: [xin phép]\nghi_chu_bien_tap: BIMAT\n",
                ),
                (
                    "thu-tuc/2.yaml",
                    "ma: 1.000002.000.00.00.H48\nten: Gia hạn\nlinh_vuc: a\ncap_thuc_hien: [tinh]\nho_so: [{giay_to: [{ten: Tờ khai}]}]\n",
                ),
                ("thu-tuc/3.yaml", "ma: '1.000003'\nten: Bỏ rồi\nlinh_vuc: a\n"),
                (
                    "quyet-dinh/1.yaml",
                    "so: 949/QĐ-UBND\nngay_ky: 2026-01-05\nco_quan: Ủy ban\ntrich_yeu: Bãi bỏ\nmuc: [{thu_tuc: '1.000003', loai: bai_bo}]\n",
                ),
                ("phan-anh/2026/1.yaml", PETITION_TEXT),
                ("bai-viet/tin-tuc/nhap.md", &draft),
                ("bai-viet/tin-tuc/sau.md", &later),
                ("bai-viet/tin-tuc/nay.md", &now),
            ],
        );
        let (plan, found) = plan::site(&model, &plan::view::ThemeAssets::new());
        assert!(found.is_empty(), "{found:?}");
        look(&plan, &all(&plan));
    }

    #[test]
    fn every_document_leads_to_a_page_of_the_site() {
        site_on("2026-03-11", |plan, documents| {
            assert!(documents.len() > 12);
            let pages: Vec<String> = plan.routes.keys().map(|path| path.out_path().to_string()).collect();
            for document in documents {
                let address = KINDS[document.kind].path.replacen('*', &document.place, 1);
                let (page, _) = address.split_once('#').unwrap_or((&address, ""));
                assert!(pages.iter().any(|known| known == page), "{address} of {}", document.title);
            }
            let kinds: Vec<usize> = documents.iter().map(|document| document.kind).collect();
            assert!(kinds.is_sorted() && (0..KINDS.len()).all(|kind| kinds.contains(&kind)), "{kinds:?}");
            for (kind, count) in
                counts(plan).into_iter().enumerate().filter(|(kind, _)| KINDS[*kind].is_counted)
            {
                assert_eq!(
                    count,
                    kinds.iter().filter(|other| **other == kind).count(),
                    "{}",
                    KINDS[kind].label
                );
            }
        });
    }

    #[test]
    fn procedures_stand_by_field_and_name_with_what_they_are_known_by() {
        site_on("2026-03-11", |_, documents| {
            let procedures: Vec<&Document> = documents.iter().filter(|one| one.kind == PROCEDURE).collect();
            let titles: Vec<&str> = procedures.iter().map(|one| one.title.as_str()).collect();
            assert_eq!(titles, ["Bỏ rồi", "Gia hạn", "Cấp phép"], "field An toàn, then Bưu chính");
            assert!(
                procedures[0].ended
                    && procedures[0].tag.as_deref() == Some("Đã bãi bỏ")
                    && procedures[0].facts.is_empty()
            );
            assert_eq!(
                (procedures[1].code, procedures[1].facts.as_slice()),
                (Some(21), &["cấp tỉnh".to_owned()][..])
            );
            assert_eq!(procedures[1].body, ["Tờ khai"]);
            assert_eq!(procedures[2].keywords, ["xin phép"]);
        });
    }

    #[test]
    fn a_code_is_looked_up_by_the_digits_behind_the_point() {
        let code = |text: &str| code_number(&ProcedureCode::parse(text).expect("a good code"));
        assert_eq!(code("1.012353"), Some(123_531));
        assert_eq!(code("2.012353.000.00.00.H48"), Some(123_532));
    }

    #[test]
    fn nothing_is_found_that_its_page_does_not_tell() {
        let everything = |documents: &[Document]| format!("{documents:?}");
        site_on("2026-03-11", |_, documents| {
            let text = everything(documents);
            for secret in ["BIMAT", "KETQUA", "BIENPHAP", "TRALOI", "tin-tuc/nhap", "tin-tuc/sau"] {
                assert!(!text.contains(secret), "{secret}");
            }
            let article = documents.iter().find(|one| one.place == "tin-tuc/nay").expect("the article");
            assert!(article.ended && article.tag.as_deref() == Some("Đã hết hạn"));
        });
        site_on("2026-03-12", |_, documents| {
            let text = everything(documents);
            assert!(
                text.contains("KETQUA") && text.contains("BIENPHAP") && text.contains("TRALOI"),
                "made public"
            );
        });
        site_on("2026-02-27", |_, documents| {
            assert!(documents.iter().all(|one| one.kind != PETITION), "not yet received");
        });
    }
}
