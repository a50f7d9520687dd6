//! Which column a heading means: the key, the heading of our own sheets, what the schema calls the key, and the words
//! that offices use. Compared without diacritics, case, blanks, marks and what stands in brackets.

use std::collections::BTreeMap;

use crate::export::columns::{Form, LINK, Table};
use crate::export::entry_key;
use crate::parse::kinds::RecordKind;
use crate::vi::fold::fold;

/// Headings of columns that number the rows.
const NUMBERING: &[&str] = &["stt", "tt", "so tt", "so thu tu", "thu tu", "#"];

/// Headings that offices use, folded, by kind of record and path of the list; an empty kind is every kind.
const SYNONYMS: &[(&str, &str, &[&str])] = &[
    (
        "thu-tuc",
        "ma",
        &[
            "ma thu tuc",
            "ma tthc",
            "ma so",
            "ma so tthc",
            "ma so thu tuc",
            "ma thu tuc hanh chinh",
            "ma so thu tuc hanh chinh",
            "ma so ho so tthc",
        ],
    ),
    (
        "thu-tuc",
        "ten",
        &[
            "ten thu tuc",
            "ten tthc",
            "ten thu tuc hanh chinh",
            "thu tuc hanh chinh",
            "ten thu tuc hanh chinh linh vuc",
        ],
    ),
    ("thu-tuc", "linh_vuc", &["linh vuc", "ten linh vuc", "nganh linh vuc", "thuoc linh vuc"]),
    ("thu-tuc", "cap_thuc_hien", &["cap thuc hien", "cap giai quyet", "cap"]),
    ("thu-tuc", "can_cu", &["can cu phap ly", "co so phap ly", "van ban quy dinh"]),
    (
        "thu-tuc",
        "dia_chi_tiep_nhan",
        &[
            "dia diem thuc hien",
            "noi tiep nhan",
            "dia chi tiep nhan hs",
            "dia diem tiep nhan",
            "noi nop ho so",
        ],
    ),
    ("thu-tuc", "doi_tuong", &["doi tuong", "doi tuong thuc hien"]),
    (
        "thu-tuc",
        "co_quan.thuc_hien",
        &["co quan thuc hien", "don vi thuc hien", "co quan truc tiep thuc hien"],
    ),
    (
        "thu-tuc",
        "co_quan.tham_quyen",
        &[
            "co quan co tham quyen",
            "tham quyen giai quyet",
            "co quan giai quyet",
            "co quan quyet dinh",
            "co quan co tham quyen quyet dinh",
        ],
    ),
    ("thu-tuc", "co_quan.phoi_hop", &["co quan phoi hop"]),
    ("thu-tuc", "co_quan.uy_quyen", &["co quan duoc uy quyen"]),
    ("thu-tuc", "loai", &["loai thu tuc", "loai tthc"]),
    (
        "thu-tuc",
        "truc_tuyen.muc_do",
        &[
            "muc do",
            "muc do dvc",
            "muc do dvctt",
            "muc do truc tuyen",
            "dich vu cong truc tuyen",
            "dvctt",
            "muc do cung cap dvctt",
        ],
    ),
    ("thu-tuc", "truc_tuyen.lien_ket", &["duong dan", "link", "dia chi tren cong", "lien ket", "url"]),
    ("thu-tuc", "yeu_cau", &["yeu cau dieu kien thuc hien", "dieu kien thuc hien", "dieu kien"]),
    (
        "quyet-dinh",
        "so",
        &["so quyet dinh", "so ky hieu", "so qd", "quyet dinh cong bo", "so hieu", "quyet dinh"],
    ),
    ("quyet-dinh", "ngay_ky", &["ngay ky", "ngay ban hanh", "ngay thang", "ngay"]),
    (
        "quyet-dinh",
        "trich_yeu",
        &["trich yeu", "trich yeu noi dung", "noi dung", "ten quyet dinh", "ten van ban", "ve viec"],
    ),
    ("quyet-dinh", "co_quan", &["co quan ban hanh", "co quan"]),
    ("quyet-dinh.muc", "thu_tuc", &["ma thu tuc", "ma tthc", "ma so tthc", "ma so", "thu tuc"]),
    ("quyet-dinh.muc", "loai", &["hinh thuc", "loai", "noi dung cong bo", "tinh trang"]),
    ("van-ban", "so_ky_hieu", &["so ky hieu", "so hieu", "so van ban", "so ky hieu van ban", "ma van ban"]),
    ("van-ban", "ten", &["ten van ban", "trich yeu", "ten loai va trich yeu", "trich yeu noi dung"]),
    ("van-ban", "ngay_ban_hanh", &["ngay ban hanh", "ngay ky"]),
    ("van-ban", "hieu_luc_tu", &["ngay co hieu luc", "ngay hieu luc", "hieu luc tu ngay", "co hieu luc tu"]),
    ("van-ban", "hieu_luc_den", &["ngay het hieu luc", "het hieu luc"]),
    ("van-ban", "co_quan", &["co quan ban hanh"]),
    ("linh-vuc", "ma", &["ma linh vuc"]),
    ("linh-vuc", "ten", &["ten linh vuc", "linh vuc"]),
    ("linh-vuc", "don_vi", &["don vi phu trach", "phong phu trach", "don vi"]),
    ("don-vi", "ma", &["ma don vi"]),
    ("don-vi", "ten", &["ten don vi", "don vi", "ten phong", "ten co quan"]),
    ("don-vi", "dien_thoai", &["so dien thoai", "dien thoai", "sdt", "dt"]),
    ("don-vi", "thu_dien_tu", &["email", "e mail", "hop thu", "hop thu dien tu", "thu dien tu"]),
    ("don-vi", "vai_tro", &["chuc nang", "nhiem vu", "chuc nang nhiem vu"]),
    ("phan-anh", "ma", &["ma phan anh", "so thu ly", "ma pakn", "ma so"]),
    ("phan-anh", "ngay_tiep_nhan", &["ngay nhan", "ngay tiep nhan"]),
    ("phan-anh", "kenh", &["kenh", "kenh tiep nhan", "nguon tiep nhan", "hinh thuc tiep nhan"]),
    ("phan-anh", "loai", &["loai", "loai phan anh", "phan loai"]),
    (
        "phan-anh",
        "noi_dung",
        &["noi dung", "noi dung phan anh", "noi dung phan anh kien nghi", "noi dung pakn"],
    ),
    ("phan-anh", "don_vi", &["don vi xu ly", "co quan xu ly", "don vi duoc giao"]),
    ("phan-anh", "ket_qua.ngay", &["ngay tra loi"]),
    ("phan-anh", "ket_qua.van_ban", &["van ban tra loi", "so van ban tra loi"]),
    ("phan-anh", "ket_qua.noi_dung", &["noi dung tra loi", "ket qua xu ly"]),
    ("thong-ke", "ky", &["ky", "ky bao cao", "thang", "quy", "ky so lieu"]),
    (
        "thong-ke",
        "ho_so.tiep_nhan",
        &["tong so tiep nhan", "so ho so tiep nhan", "ho so tiep nhan", "tong so ho so", "tiep nhan"],
    ),
    ("thong-ke", "ho_so.truc_tuyen", &["truc tuyen", "nop truc tuyen"]),
    ("thong-ke", "ho_so.truc_tiep", &["truc tiep", "nop truc tiep"]),
    ("thong-ke", "ho_so.buu_chinh", &["buu chinh", "qua buu chinh"]),
    ("thong-ke", "ho_so.truoc_han", &["truoc han", "giai quyet truoc han"]),
    ("thong-ke", "ho_so.dung_han", &["dung han", "giai quyet dung han"]),
    ("thong-ke", "ho_so.qua_han", &["qua han", "giai quyet qua han", "tre han"]),
    ("thong-ke", "ho_so.dang_giai_quyet", &["dang giai quyet"]),
    ("dich-vu-thiet-yeu", "ten", &["ten dich vu", "dich vu", "ten dich vu cong"]),
    ("dich-vu-thiet-yeu", "co_quan", &["co quan cung cap", "co quan thuc hien"]),
    ("dich-vu-thiet-yeu", "lien_ket", &["duong dan", "link", "dia chi"]),
    ("cat-giam", "ten", &["ten phuong an", "phuong an"]),
    ("cat-giam", "thu_tuc", &["ma thu tuc", "ma tthc"]),
    ("kiem-tra", "noi_dung", &["noi dung kiem tra"]),
    ("kiem-tra", "don_vi", &["don vi duoc kiem tra"]),
    ("ke-hoach.nhiem_vu", "chu_tri", &["don vi chu tri", "co quan chu tri"]),
    ("ke-hoach.nhiem_vu", "phoi_hop", &["don vi phoi hop", "co quan phoi hop"]),
    ("ke-hoach.nhiem_vu", "noi_dung", &["nhiem vu", "noi dung cong viec", "noi dung nhiem vu"]),
    ("ke-hoach.nhiem_vu", "thoi_gian", &["thoi gian", "thoi gian thuc hien"]),
];

/// A heading as it is compared.
pub(super) fn plain(heading: &str) -> String {
    let folded = fold(heading);
    let (mut out, mut depth) = (String::new(), 0);
    for c in folded.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = i32::max(depth - 1, 0),
            _ if depth > 0 => {}
            c if c.is_alphanumeric() || c == '#' => out.push(c),
            _ => out.push(' '),
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a heading is that of a column that numbers the rows.
pub(super) fn is_numbering(heading: &str) -> bool {
    NUMBERING.contains(&plain(heading).as_str())
}

/// The columns of a table by everything that they are called.
pub(super) struct Headings(BTreeMap<String, Option<usize>>);

impl Headings {
    pub(super) fn of(kind: &RecordKind, table: &Table) -> Self {
        let mut sure: BTreeMap<String, usize> = BTreeMap::new();
        let mut weak: Vec<(String, usize)> = Vec::new();
        for (i, column) in table.columns.iter().enumerate() {
            sure.entry(plain(&column.title)).or_insert(i);
            sure.entry(plain(&column.key)).or_insert(i);
            // “Tên”, “Ngày” of a list are those of the record, never those of the source that it names.
            if column.path.len() > 1 && column.path.first().is_some_and(|key| key == "nguon") {
                continue;
            }
            if let Some(last) = column.path.last() {
                weak.push((plain(last), i));
            }
            if let Some((_, last)) = column.title.rsplit_once(": ") {
                weak.push((plain(last), i));
            }
            let end = column.description.find(['.', ',', ';', ':', '(']).unwrap_or(column.description.len());
            weak.push((plain(&column.description[..end]), i));
            let words = SYNONYMS.iter().filter(|(of, key, _)| *of == table.name && *key == column.key);
            for word in words.flat_map(|(_, _, words)| *words) {
                sure.insert((*word).to_owned(), i);
            }
        }
        // Rows of a list name their record by its code.
        if !table.hops.is_empty() && column_of(table, LINK).is_some() {
            let key = entry_key(kind.kind);
            let of_record = SYNONYMS.iter().filter(|(of, known, _)| *of == kind.name && *known == key);
            for word in of_record.flat_map(|(_, _, words)| *words) {
                weak.push(((*word).to_owned(), 0));
            }
        }
        let mut all: BTreeMap<String, Option<usize>> = BTreeMap::new();
        for (word, i) in weak.into_iter().filter(|(word, _)| !word.is_empty()) {
            // A word of two columns means neither.
            all.entry(word).and_modify(|known| *known = known.filter(|known| *known == i)).or_insert(Some(i));
        }
        all.extend(sure.into_iter().map(|(word, i)| (word, Some(i))));
        Self(all)
    }

    /// The column that a heading means.
    pub(super) fn column(&self, heading: &str) -> Option<usize> {
        let plain = plain(heading);
        if plain.is_empty() { None } else { self.0.get(&plain).copied().flatten() }
    }
}

/// The place of a column by its key.
pub(super) fn column_of(table: &Table, key: &str) -> Option<usize> {
    table.columns.iter().position(|column| column.key == key)
}

/// The columns that tell which record a row is: the link, or what the record is known by.
pub(super) fn identities(kind: &RecordKind, table: &Table) -> Vec<usize> {
    let link = table.columns.iter().position(|column| matches!(column.form, Form::Link));
    let own = match table.hops.is_empty() {
        true => column_of(table, entry_key(kind.kind)),
        false => None,
    };
    link.into_iter().chain(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::columns::tables;
    use crate::parse::kinds::{KINDS, named};

    #[test]
    fn headings_are_compared_without_what_people_vary() {
        for (heading, key) in [
            ("Mã số TTHC", "ma"),
            ("TÊN THỦ TỤC HÀNH CHÍNH", "ten"),
            ("  Lĩnh   vực* ", "linh_vuc"),
            ("Cơ quan thực hiện (nếu có)", "co_quan.thuc_hien"),
            ("cap_thuc_hien", "cap_thuc_hien"),
            ("Địa điểm thực hiện", "dia_chi_tiep_nhan"),
        ] {
            let kind = named("thu-tuc").expect("a kind");
            let table = &tables(kind)[0];
            let found = Headings::of(kind, table).column(heading).map(|i| table.columns[i].key.as_str());
            assert_eq!(found, Some(key), "{heading}");
        }
    }

    #[test]
    fn a_plain_name_is_never_that_of_the_source() {
        for (name, heading) in [("quyet-dinh", "Tên"), ("thu-tuc", "Ngày"), ("sang-kien", "Tên")] {
            let kind = named(name).expect("a kind");
            assert_eq!(Headings::of(kind, &tables(kind)[0]).column(heading), None, "{name}: {heading}");
        }
        let kind = named("thu-tuc").expect("a kind");
        let table = &tables(kind)[0];
        let found = Headings::of(kind, table).column("nguon.ngay").map(|i| table.columns[i].key.as_str());
        assert_eq!(found, Some("nguon.ngay"));
    }

    #[test]
    fn every_synonym_is_that_of_a_column() {
        let all: Vec<Table> = KINDS.iter().flat_map(|kind| tables(kind).to_vec()).collect();
        for (name, key, words) in SYNONYMS {
            let table = all.iter().find(|table| table.name == *name).expect(name);
            assert!(column_of(table, key).is_some(), "{name}: {key}");
            for word in *words {
                assert_eq!(plain(word), *word);
            }
        }
    }

    #[test]
    fn a_heading_of_our_own_sheets_means_its_column() {
        for kind in KINDS {
            for table in tables(kind) {
                let headings = Headings::of(kind, table);
                for (i, column) in table.columns.iter().enumerate() {
                    assert_eq!(headings.column(&column.key), Some(i), "{}: {}", table.name, column.key);
                    assert_eq!(headings.column(&column.title), Some(i), "{}: {}", table.name, column.title);
                }
            }
        }
    }
}
