//! What can be filed, received and paid online: how many procedures, which ones, and how it is done.

use serde::Serialize;

use super::{Head, PageKind, View};
use crate::model::{Filed, Model};
use crate::plan::links::PageCx;
use crate::plan::listing::{self, Columns, ProcedureRow};
use crate::plan::pieces::{self, ArticleCard, SourceView};
use crate::plan::view::{DateView, LinkView};
use crate::plan::{Subject, guides, urls};
use crate::record::procedure::{Method, OnlineLevel, Procedure};
use crate::record::scalar::{Code, Flag};
use crate::record::statistics::Statistics;
use crate::vi::{collate, number};

/// The page on online services.
pub const KIND: PageKind = PageKind {
    name: "online",
    routes: |model| vec![(urls::fixed("/truc-tuyen/"), Subject::Site, model.site.place())],
    view,
};

/// What the page on online services shows.
#[derive(Debug, Serialize)]
pub struct OnlineView {
    /// How many procedures are in use.
    pub total: usize,
    /// The procedures by how much of them is done online; all levels, the empty ones too.
    pub levels: Vec<LevelView>,
    /// Whether a fee can be paid online.
    pub payment: AnswerCounts,
    /// Whether a dossier may be filed at any counter.
    pub anywhere: AnswerCounts,
    /// How many dossiers were filed online in the newest period; none without figures.
    pub filed: Option<FiledView>,
    /// The guides, newest first.
    pub guides: Vec<ArticleCard>,
    /// The feeds in which new guides appear.
    pub feeds: Vec<LinkView>,
    /// The list of all procedures.
    pub procedures: LinkView,
}

/// The procedures of one level.
#[derive(Debug, Serialize)]
pub struct LevelView {
    /// Its place in the page.
    pub anchor: &'static str,
    /// What the level is called.
    pub label: &'static str,
    /// What it means for a citizen.
    pub meaning: &'static str,
    /// How many procedures.
    pub count: usize,
    /// Their share of all in use, such as `16,5%`; none if there are none in use.
    pub share: Option<String>,
    /// Not what a citizen looks for here: the list is folded away.
    pub folded: bool,
    /// The procedures by field, in Vietnamese order.
    pub fields: Vec<FieldGroup>,
}

/// The procedures of one level in one field.
#[derive(Debug, Serialize)]
pub struct FieldGroup {
    /// The page of the field.
    pub link: LinkView,
    /// How many.
    pub count: usize,
    /// Them; empty on a site with too many for one page.
    pub rows: Vec<ProcedureRow>,
}

/// How often a question is answered how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct AnswerCounts {
    /// Yes.
    pub yes: usize,
    /// No.
    pub no: usize,
    /// The source does not say.
    pub unknown: usize,
}

impl AnswerCounts {
    fn of<'m>(procedures: &[&'m Filed<Procedure>], answer: impl Fn(&'m Procedure) -> Option<Flag>) -> Self {
        let mut counts = Self::default();
        for procedure in procedures {
            match answer(&procedure.record) {
                Some(Flag(true)) => counts.yes += 1,
                Some(Flag(false)) => counts.no += 1,
                None => counts.unknown += 1,
            }
        }
        counts
    }
}

/// How many dossiers were filed online.
#[derive(Debug, PartialEq, Serialize)]
pub struct FiledView {
    /// In a sentence.
    pub sentence: String,
    /// Where the figures come from.
    pub source: Option<SourceView>,
    /// Up to which day, where the period was not over.
    pub until: Option<DateView>,
    /// Made-up figures.
    pub illustrative: bool,
    /// The page of the period, where the site has one.
    pub page: Option<LinkView>,
}

/// How much of a procedure is done online, as far as its record says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Of(OnlineLevel),
    /// It is filed online, and nobody says how much of it is done so.
    Fileable,
    Unknown,
}

impl Level {
    const ALL: [(Level, &'static str, &'static str, &'static str); 5] = [
        (
            Level::Of(OnlineLevel::Full),
            "toan-trinh",
            "Trực tuyến toàn trình",
            "Từ nộp hồ sơ đến nhận kết quả đều làm trên mạng.",
        ),
        (
            Level::Of(OnlineLevel::Partial),
            "mot-phan",
            "Trực tuyến một phần",
            "Có bước làm trên mạng, có bước phải đến nơi hoặc gửi giấy.",
        ),
        (
            Level::Of(OnlineLevel::Information),
            "cung-cap-thong-tin",
            "Chỉ cung cấp thông tin",
            "Xem hướng dẫn và tải mẫu trên mạng; nộp hồ sơ giấy.",
        ),
        (
            Level::Fileable,
            "nop-truc-tuyen",
            "Nộp trực tuyến được, chưa rõ mức độ",
            "Nguồn ghi có cách nộp trực tuyến nhưng không ghi làm được đến đâu.",
        ),
        (
            Level::Unknown,
            "chua-ro",
            "Chưa rõ",
            "Nguồn của trang chưa nói thủ tục có làm trên mạng được không; xem trên cổng dịch vụ công.",
        ),
    ];

    fn of(procedure: &Procedure) -> Self {
        match listing::online_level(procedure) {
            Some(level) => Level::Of(level),
            None if procedure.channels.iter().any(|channel| channel.method == Method::Online) => {
                Level::Fileable
            }
            None => Level::Unknown,
        }
    }
}

fn view(cx: &PageCx<'_>, _: &Subject) -> (Head, View) {
    let model = cx.model();
    let current = listing::in_order(
        model,
        model.procedures.keys().filter(|code| model.state(code).standing.is_current()),
    );
    let online = |procedure: &Procedure, of: fn(&crate::record::procedure::Online) -> Option<Flag>| {
        procedure.online.as_ref().and_then(of)
    };
    let feeds = guides::feeds(cx, guides::ONLINE);
    let levels = levels(cx, &current);
    let full = levels.first().map_or(0, |level| level.count);
    let mut head = pieces::head(
        cx,
        "CollectionPage",
        "Dịch vụ công trực tuyến",
        format!(
            "{full} trong {} thủ tục làm được trực tuyến toàn trình. Thủ tục nào nộp, nhận kết quả, trả phí trên mạng được, và cách làm.",
            current.len()
        ),
        &[],
        Vec::new(),
    );
    head.feeds = feeds.clone();
    let view = OnlineView {
        total: current.len(),
        levels,
        payment: AnswerCounts::of(&current, |procedure| online(procedure, |online| online.payment)),
        anywhere: AnswerCounts::of(&current, |procedure| online(procedure, |online| online.anywhere)),
        filed: filed(cx),
        guides: guides::articles(cx, guides::ONLINE),
        feeds,
        procedures: cx.link(&urls::fixed("/thu-tuc/"), "Danh mục thủ tục"),
    };
    (head, View::Online(Box::new(view)))
}

fn levels(cx: &PageCx<'_>, current: &[&Filed<Procedure>]) -> Vec<LevelView> {
    let too_many = current.len() > listing::LONGEST_FULL_LIST;
    Level::ALL
        .iter()
        .map(|(level, anchor, label, meaning)| {
            let of_level: Vec<&Filed<Procedure>> =
                current.iter().copied().filter(|filed| Level::of(&filed.record) == *level).collect();
            LevelView {
                anchor,
                label,
                meaning,
                count: of_level.len(),
                share: share(of_level.len(), current.len()),
                folded: !matches!(level, Level::Of(OnlineLevel::Full | OnlineLevel::Partial)),
                fields: by_field(cx, &of_level, too_many),
            }
        })
        .collect()
}

fn by_field(cx: &PageCx<'_>, procedures: &[&Filed<Procedure>], too_many: bool) -> Vec<FieldGroup> {
    let mut codes: Vec<&Code> = procedures.iter().map(|filed| &filed.record.field).collect();
    codes.sort();
    codes.dedup();
    let name = |code: &Code| crate::plan::petitions::field_name(cx.model(), code);
    codes.sort_by_cached_key(|code| (collate::key(&name(code)), (*code).clone()));
    let columns = Columns { field: false, facts: false, data: false };
    codes
        .into_iter()
        .map(|code| {
            let of_field: Vec<_> = procedures.iter().filter(|filed| filed.record.field == *code).collect();
            FieldGroup {
                link: cx.link(&urls::field(code), name(code)),
                count: of_field.len(),
                rows: match too_many {
                    true => Vec::new(),
                    false => of_field.into_iter().map(|filed| listing::row(cx, filed, columns)).collect(),
                },
            }
        })
        .collect()
}

/// A share in per cent with one decimal: `16,5%`; none of nothing.
fn share(part: usize, whole: usize) -> Option<String> {
    let (part, whole) = (u128::try_from(part).ok()?, u128::try_from(whole).ok().filter(|whole| *whole > 0)?);
    let tenths = u64::try_from((part * 1000 + whole / 2) / whole).ok()?;
    Some(match tenths % 10 {
        0 => format!("{}%", number::thousands(tenths / 10)),
        rest => format!("{},{rest}%", number::thousands(tenths / 10)),
    })
}

/// The share of dossiers filed online, of the newest period that tells it for all fields.
fn filed(cx: &PageCx<'_>) -> Option<FiledView> {
    let model = cx.model();
    let (period, figures, online, received) = newest(model)?;
    let count = |number: u64| number::thousands(number);
    let share = share(usize::try_from(online).ok()?, usize::try_from(received).ok()?)?;
    let page = urls::statistics(period);
    Some(FiledView {
        sentence: format!(
            "Trong {}, {} trên {} hồ sơ tiếp nhận được nộp trực tuyến ({share}).",
            period.words(),
            count(online),
            count(received)
        ),
        source: SourceView::new(Some(&figures.source)),
        until: figures.until.map(|day| day.0.into()),
        illustrative: figures.illustrative.0,
        page: cx.has(&page).then(|| cx.link(&page, format!("Kết quả {}", period.words()))),
    })
}

fn newest(model: &Model) -> Option<(crate::base::calendar_period::CalendarPeriod, &Statistics, u64, u64)> {
    let today = model.as_of.date();
    let all = model.statistics.iter().filter(|(id, _)| id.field.is_none() && id.period.first() <= today);
    all.filter_map(|(id, filed)| {
        let dossiers = filed.record.dossiers.as_ref()?;
        let (online, received) = (dossiers.online?.0, dossiers.received?.0);
        // A share over all is a slip that has a rule of its own.
        (received > 0 && online <= received).then_some((id.period, &*filed.record, online, received))
    })
    .max_by_key(|(period, ..)| (period.last().min(today), period.first()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::plan;
    use crate::plan::testing::{article, model};

    fn procedure(code: &str, more: &str) -> (String, String) {
        let text = format!("ma: \"{code}\"\nten: Thủ tục {code}\nlinh_vuc: a\n{more}");
        (format!("thu-tuc/{code}.yaml"), text)
    }

    fn show(more: &[(&str, &str)]) -> Box<OnlineView> {
        let procedures = [
            procedure("1.000001", "truc_tuyen: {muc_do: toan_trinh, thanh_toan: true}\n"),
            procedure("1.000002", "truc_tuyen: {muc_do: mot_phan, phi_dia_gioi: false}\n"),
            procedure("1.000003", "cach_thuc: [{hinh_thuc: truc_tuyen}]\n"),
            procedure("1.000004", "cach_thuc: [{hinh_thuc: truc_tiep}]\n"),
        ];
        let mut files: Vec<(&str, &str)> = procedures.iter().map(|(p, t)| (&**p, &**t)).collect();
        files.extend(more);
        let model = model("2026-06-20", &files);
        let (plan, found) = plan::site(&model, &plan::view::ThemeAssets::new());
        assert!(found.is_empty());
        let path = urls::fixed("/truc-tuyen/");
        let (_, View::Online(view)) = plan.view(&path, &plan.routes[&path]) else {
            unreachable!("the page on online services")
        };
        view
    }

    #[test]
    fn every_procedure_stands_at_one_level() {
        let view = show(&[]);
        let levels: Vec<(&str, usize, &str)> = view
            .levels
            .iter()
            .map(|level| (level.anchor, level.count, level.share.as_deref().unwrap_or("–")))
            .collect();
        assert_eq!(
            levels,
            [
                ("toan-trinh", 1, "25%"),
                ("mot-phan", 1, "25%"),
                ("cung-cap-thong-tin", 0, "0%"),
                ("nop-truc-tuyen", 1, "25%"),
                ("chua-ro", 1, "25%"),
            ]
        );
        assert_eq!(view.payment, AnswerCounts { yes: 1, no: 0, unknown: 3 });
        assert_eq!(view.anywhere, AnswerCounts { yes: 0, no: 1, unknown: 3 });
        assert!(view.filed.is_none() && view.guides.is_empty());
    }

    #[test]
    fn the_newest_figures_are_told_and_the_guides_of_the_task() {
        let may =
            "ky: 2026-05\nnguon: {ten: Báo cáo}\nho_so: {tiep_nhan: 3, truc_tuyen: 2}\nminh_hoa: true\n";
        let april = "ky: 2026-04\nnguon: {ten: Báo cáo}\nho_so: {tiep_nhan: 9, truc_tuyen: 1}\n";
        let guide = article("2026-05-05", "nhiem_vu: [IV.2]\n");
        let other = article("2026-05-06", "");
        let view = show(&[
            ("thong-ke/2026-05.yaml", may),
            ("thong-ke/2026-04.yaml", april),
            ("bai-viet/huong-dan/a.md", &guide),
            ("bai-viet/tin-tuc/b.md", &other),
        ]);
        let filed = view.filed.expect("figures");
        assert_eq!(
            filed.sentence,
            "Trong tháng 5/2026, 2 trên 3 hồ sơ tiếp nhận được nộp trực tuyến (66,7%)."
        );
        assert!(filed.illustrative);
        assert_eq!(view.guides.len(), 1);
        assert_eq!(view.feeds.len(), 1, "the section of the guide");
    }

    proptest! {
        #[test]
        fn a_share_is_between_nothing_and_all(whole in 1usize..100_000, part in 0usize..100_000) {
            let part = part.min(whole);
            let text = share(part, whole).expect("a share");
            let value: f64 = text.trim_end_matches('%').replace(',', ".").parse().expect("a number");
            prop_assert!((0.0..=100.0).contains(&value), "{text}");
            prop_assert!((value - 100.0 * part as f64 / whole as f64).abs() <= 0.0501);
        }
    }
}
