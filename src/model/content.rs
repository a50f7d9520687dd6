//! Whether a procedure says everything that the law asks for.
//!
//! Decree 63/2010/NĐ-CP art. 8.2 lists the parts of a procedure's content. The one place where missing
//! parts are told: the checks report them (CK0505), and pages and figures count by the same list.

use crate::record::procedure::Procedure;

/// A part of a procedure's content by decree 63/2010/NĐ-CP art. 8.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Trình tự thực hiện.
    Steps,
    /// Cách thức thực hiện.
    Channels,
    /// Thành phần, số lượng hồ sơ: neither papers nor their number.
    Papers,
    /// Số lượng hồ sơ: the papers are there, their number is not.
    Copies,
    /// Thời hạn giải quyết.
    Deadline,
    /// Đối tượng thực hiện.
    Audience,
    /// Cơ quan thực hiện.
    Agency,
}

impl Part {
    /// The words of the decree.
    pub fn label(self) -> &'static str {
        match self {
            Part::Steps => "trình tự thực hiện",
            Part::Channels => "cách thức thực hiện",
            Part::Papers => "thành phần, số lượng hồ sơ",
            Part::Copies => "số lượng hồ sơ",
            Part::Deadline => "thời hạn giải quyết",
            Part::Audience => "đối tượng thực hiện",
            Part::Agency => "cơ quan thực hiện",
        }
    }

    /// The key of the record that holds it.
    pub fn key(self) -> &'static str {
        match self {
            Part::Steps => "trinh_tu",
            Part::Channels => "cach_thuc",
            Part::Papers => "ho_so, so_bo_ho_so",
            Part::Copies => "so_bo_ho_so",
            Part::Deadline => "cach_thuc/thoi_han",
            Part::Audience => "doi_tuong",
            Part::Agency => "co_quan/thuc_hien",
        }
    }
}

/// The parts that `procedure` lacks, in the order of the decree. Its name is never missing: a record
/// without one is not read.
///
/// The number of dossiers counts as given when the record says how many sets, or how many originals
/// or copies of a paper, which is how the national portal gives it.
pub fn missing_parts(procedure: &Procedure) -> Vec<Part> {
    let papers = || procedure.dossiers.iter().flat_map(|dossier| &dossier.papers);
    let counted = || papers().any(|paper| paper.originals.is_some() || paper.copies.is_some());
    let has_papers = papers().next().is_some();
    let executing = procedure.agencies.as_ref().and_then(|agencies| agencies.executing.as_ref());
    let checks = [
        (Part::Steps, !procedure.steps.is_empty()),
        (Part::Channels, !procedure.channels.is_empty()),
        (Part::Papers, has_papers),
        (Part::Copies, !has_papers || procedure.dossier_copies.is_some() || counted()),
        (Part::Deadline, procedure.channels.iter().any(|channel| !channel.deadlines.is_empty())),
        (Part::Audience, !procedure.audiences.is_empty()),
        (Part::Agency, executing.is_some()),
    ];
    checks.into_iter().filter(|(_, present)| !present).map(|(part, _)| part).collect()
}
