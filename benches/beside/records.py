#!/usr/bin/env python3
"""Invented records of the size and shape of real ones, for any number of procedures: records.py --records N [--seed S] --form FORM DIR

One description of each record, written in the way of one tool: `congkhai` (a content folder), `hugo` (content/ and data/ for the
site in hugo/), `eleventy` (content/ and _data/ for the site in eleventy/). N procedures, N/10 petitions, N/20 articles, a decision for
every 40 procedures, a field for every 60, 200 + N/50 legal texts. Same arguments, same bytes.

Sizes follow the 999 real records that the corpus test reads: each table below holds their quantiles in steps of 5 %.
Nothing here is a fact: the words are drawn from a list, the numbers from a random generator.
"""
import argparse
import json
import random
import shutil
from datetime import date, timedelta
from pathlib import Path

QUANTILES = {
    "name": [7, 32, 41, 47, 51, 57, 63, 67, 72, 78, 83, 89, 97, 105, 118, 129, 141, 159, 183, 228, 400],
    "steps": [1, 1, 2, 2, 3, 3, 3, 4, 5, 5, 6, 6, 7, 8, 9, 10, 11, 14, 16, 24, 40],
    "steps_length": [60, 312, 463, 529, 620, 735, 839, 926, 1001, 1098, 1217, 1353, 1514, 1661, 1894, 2108, 2375, 3005, 3966, 5074, 22656],
    "papers": [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 7, 8, 10, 16, 45],
    "paper_length": [20, 42, 59, 77, 91, 101, 112, 124, 135, 145, 157, 169, 180, 195, 213, 238, 264, 305, 356, 494, 900],
    "cases": [1] * 16 + [2, 2, 2, 4, 8],
    "ways": [1, 1, 1, 2, 2, 2, 2] + [3] * 14,
    "laws": [1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6, 6, 7, 9, 21],
    "condition_length": [0] * 14 + [52, 184, 365, 634, 1086, 2001, 8000],
}

SYLLABLES = """cấp giấy phép thủ tục hành chính hồ sơ đăng ký hoạt động khoa học công nghệ tổ chức cá nhân doanh nghiệp đề nghị thay đổi
bổ sung gia hạn thu hồi xác nhận thẩm định kết quả nghiên cứu ứng dụng sản phẩm chất lượng đo lường tiêu chuẩn quy chuẩn kỹ thuật an toàn
bức xạ thiết bị kiểm tra đánh giá giám định sở hữu trí tuệ sáng chế nhãn hiệu chuyển giao hợp đồng dự án đầu tư hỗ trợ vốn quỹ phát triển
nguồn nhân lực đào tạo chứng chỉ hành nghề dịch vụ bưu chính viễn thông tần số vô tuyến điện mạng thông tin văn bản bản sao công chứng
tiếp nhận trả lời thời gian nơi nộp bộ phận một cửa trung tâm phục vụ tỉnh xã đơn vị phụ trách cơ quan thẩm quyền quyết định phê duyệt
danh mục báo cáo thống kê mẫu đơn tờ khai bảng kê bản vẽ thuyết minh phương án biện pháp bảo vệ môi trường điều kiện yêu cầu""".split()

AUDIENCES = ["cong_dan", "doanh_nghiep", "to_chuc", "nguoi_nuoc_ngoai"]
WAYS = ["truc_tiep", "buu_chinh", "truc_tuyen"]
SECTIONS = [("tin-tuc", "Tin tức"), ("chinh-sach", "Chính sách"), ("huong-dan", "Hướng dẫn")]
TODAY = date(2026, 11, 23)


class Draw:
    """Random draws for one record, the same whatever was drawn for others."""

    def __init__(self, seed, kind, index):
        self.random = random.Random(f"{seed}/{kind}/{index}")

    def quantile(self, table):
        at = self.random.random() * 20
        low = int(at)
        steps = QUANTILES[table]
        return round(steps[low] + (steps[low + 1] - steps[low]) * (at - low))

    def words(self, length):
        """Some words, about `length` characters, the first with a capital letter."""
        words, total = [], 0
        while total < max(length, 4):
            word = self.random.choice(SYLLABLES)
            words.append(word)
            total += len(word) + 1
        text = " ".join(words)
        return text[0].upper() + text[1:]

    def sentences(self, length):
        out, total = [], 0
        while total < length:
            out.append(self.words(min(length - total, self.random.randint(60, 160))) + ".")
            total += len(out[-1]) + 1
        return " ".join(out)

    def day(self, first, last):
        return first + timedelta(days=self.random.randint(0, (last - first).days))


def law(index):
    return f"{index % 190 + 1}/{2008 + index // 190 % 18}/NĐ-CP" if index < 3420 else f"{index}/2025/TT-BM"


def field(index):
    return f"linh-vuc-{index + 1:04}"


def procedure(seed, index, fields, laws):
    d = Draw(seed, "thu-tuc", index)
    total = d.quantile("steps_length")
    steps = d.quantile("steps")
    cases = d.quantile("cases")
    papers = max(cases, d.quantile("papers"))
    groups = [[] for _ in range(cases)]
    for n in range(papers):
        paper = {"ten": d.words(d.quantile("paper_length")), "ban_chinh": 1, "ban_sao": d.random.choice([0, 0, 1])}
        groups[n % cases].append(paper)
    ways = WAYS[: d.quantile("ways")]
    days = d.random.choice([3, 5, 7, 10, 15, 20, 30, 45])
    fee = d.random.choice([0, 0, 0, 100_000, 150_000, 500_000, 1_200_000, 3_000_000])
    # Many texts are cited once and few by hundreds.
    cited = sorted({law(min(d.random.randrange(laws), d.random.randrange(laws))) for _ in range(d.quantile("laws"))})
    record = {
        "ma": f"{1 + index // 900_000}.{index % 900_000 + 10_000:06}",
        "ten": d.words(d.quantile("name")),
        "linh_vuc": field(min(d.random.randrange(fields), d.random.randrange(fields))),
        "cap_thuc_hien": ["tinh"],
        "doi_tuong": sorted(d.random.sample(AUDIENCES, d.random.randint(1, 3))),
        "co_quan": {"thuc_hien": "Sở Mẫu"},
        "trinh_tu": [d.sentences(max(40, total // steps)) for _ in range(steps)],
        "cach_thuc": [
            {
                "hinh_thuc": way,
                "thoi_han": [{"so": days, "don_vi": "ngay_lam_viec"}],
                "phi": [{"loai": "phi", "so_tien": fee}],
            }
            for way in ways
        ],
        "ho_so": [
            ({"truong_hop": d.words(60), "giay_to": group} if cases > 1 else {"giay_to": group}) for group in groups
        ],
        "so_bo_ho_so": 1,
        "ket_qua": [{"ten": d.words(70)}],
        "can_cu": cited,
    }
    condition = d.quantile("condition_length")
    if condition:
        record["yeu_cau"] = d.sentences(condition)
    return record


def decision(seed, index, codes):
    d = Draw(seed, "quyet-dinh", index)
    return {
        "so": f"{index % 900 + 1}/QĐ-{'UBND' if index < 900 else f'MAU{index // 900}'}",
        "ngay_ky": str(d.day(date(2024, 1, 1), date(2026, 10, 1))),
        "co_quan": "Ủy ban nhân dân tỉnh Mẫu",
        "trich_yeu": d.words(140),
        "muc": [{"thu_tuc": code, "loai": "ban_hanh_moi"} for code in codes],
    }


def petition(seed, index, count, codes):
    d = Draw(seed, "phan-anh", index)
    # In the order of their days, as an office numbers them.
    first, last = date(2023, 1, 2), date(2026, 9, 1)
    received = first + (last - first) * index // max(count, 1)
    answered = received + timedelta(days=d.random.randint(5, 20))
    return {
        "ngay_tiep_nhan": str(received),
        "kenh": d.random.choice(["cong_dvcqg", "truc_tiep", "buu_chinh"]),
        "loai": d.random.choice(["quy_dinh", "hanh_vi"]),
        "thu_tuc": [d.random.choice(codes)],
        "tieu_de": d.words(60),
        "noi_dung": d.sentences(300),
        "don_vi": "so-mau",
        "dien_bien": [{"ngay": str(received), "trang_thai": "tiep_nhan"}],
        "ket_qua": {"ngay": str(answered), "ket_luan": d.random.choice(["tiep_thu", "giai_trinh"]), "noi_dung": d.sentences(400)},
        "ngay_cong_khai": str(answered + timedelta(days=1)),
    }


def article(seed, index, codes):
    d = Draw(seed, "bai-viet", index)
    body = "\n\n".join(
        part for n in range(3) for part in (f"## {d.words(40)}", d.sentences(500), "\n".join(f"- {d.words(80)}" for _ in range(4)))
    )
    head = {
        "tieu_de": d.words(70),
        "ngay": str(d.day(date(2023, 1, 2), date(2026, 11, 1))),
        "tom_tat": d.words(150),
        "thu_tuc": [d.random.choice(codes)],
    }
    return SECTIONS[index % len(SECTIONS)][0], f"bai-{index + 1:05}", head, body


def everything(count, seed):
    """Yields (kind, name, record); an article's record is (head, body)."""
    fields, laws = max(1, count // 60), 200 + count // 50
    codes = []
    for index in range(count):
        record = procedure(seed, index, fields, laws)
        codes.append(record["ma"])
        yield "thu-tuc", record["ma"], record
    for index in range(0, count, 40):
        record = decision(seed, index // 40, codes[index : index + 40])
        yield "quyet-dinh", f"{index // 40:05}", record
    years = {}
    petitions = count // 10
    for index in range(petitions):
        record = petition(seed, index, petitions, codes)
        year = record["ngay_tiep_nhan"][:4]
        years[year] = years.get(year, 0) + 1
        record = {"ma": f"{year}-{years[year]:03}"} | record
        yield "phan-anh", f"{year}/{record['ma']}", record
    for index in range(count // 20):
        section, slug, head, body = article(seed, index, codes)
        yield "bai-viet", f"{section}/{slug}", (head, body)
    yield "danh-muc", "linh-vuc", [
        {"ma": field(n), "ten": Draw(seed, "linh-vuc", n).words(30) + f" {n + 1}", "don_vi": "so-mau"} for n in range(fields)
    ]
    yield "danh-muc", "van-ban", [
        {
            "so_ky_hieu": law(n),
            "ten": Draw(seed, "van-ban", n).words(90),
            "co_quan": "Chính phủ",
            "ngay_ban_hanh": f"{2008 + n // 190 % 18 if n < 3420 else 2025}-01-15",
            "hieu_luc_tu": f"{2008 + n // 190 % 18 if n < 3420 else 2025}-03-01",
        }
        for n in range(laws)
    ]


SITE = {
    "ten": "Sở Mẫu tỉnh Mẫu",
    "dia_chi_trang": "https://cong-khai.tinh-mau.gov.vn/",
    "tru_so": {"dia_chi": "Số 1 đường Mẫu, tỉnh Mẫu"},
    "noi_nop": {"ten": "Trung tâm Phục vụ hành chính công tỉnh Mẫu"},
    "chuyen_muc": [{"ma": code, "ten": name} for code, name in SECTIONS],
    "kenh_phan_anh": [
        {"ma": "cong_dvcqg", "ten": "Cổng Dịch vụ công quốc gia", "lien_ket": "https://cong.tinh-mau.gov.vn/"},
        {"ma": "truc_tiep", "ten": "Nộp tại bộ phận một cửa"},
        {"ma": "buu_chinh", "ten": "Gửi qua bưu chính"},
    ],
}


def yaml(value, indent=0):
    """YAML as a clerk writes it: plain blocks, texts in double quotes where a plain one could mean something else."""
    pad = " " * indent
    out = []
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, (dict, list)) and inner:
                out.append(f"{pad}{key}:\n{yaml(inner, indent + 2)}")
            else:
                out.append(f"{pad}{key}: {scalar(inner)}\n")
    else:
        for inner in value:
            if isinstance(inner, dict):
                out.append(f"{pad}- " + yaml(inner, indent + 2).lstrip(" "))
            else:
                out.append(f"{pad}- {scalar(inner)}\n")
    return "".join(out)


def scalar(value):
    if isinstance(value, int):
        return str(value)
    plain = value[0].isalpha() and ": " not in value and " #" not in value
    # A list of the kind's choices, a day or a number of a text needs no quotes.
    plain = plain or (value[0].isdigit() and ("-" in value or "/" in value))
    return value if plain else json.dumps(value, ensure_ascii=False)


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def as_congkhai(root, records):
    for kind, name, record in records:
        if kind == "bai-viet":
            head, body = record
            write(root / kind / f"{name}.md", f"---\n{yaml(head)}---\n\n{body}\n")
        else:
            write(root / kind / f"{name}.yaml", yaml(record))
    write(root / "danh-muc/don-vi.yaml", yaml([{"ma": "so-mau", "ten": "Sở Mẫu tỉnh Mẫu"}]))
    holidays = [{"nam": year, "nghi": [{"tu": f"{year}-01-01", "ten": "Tết Dương lịch"}]} for year in range(2023, 2028)]
    write(root / "danh-muc/ngay-nghi.yaml", yaml(holidays))
    write(root / "trang.yaml", yaml(SITE))


def as_pages(root, records, lists, head_of):
    """Pages with a front matter, as both of the others want them; what is no page goes to `lists`."""
    for kind, name, record in records:
        if kind == "danh-muc":
            write(root / lists / f"{name.replace('-', '_')}.json", json.dumps(record, ensure_ascii=False))
            continue
        record, body = record if kind == "bai-viet" else (record, "")
        head = head_of(kind, name, record)
        # JSON is a form of front matter that both read.
        write(root / "content" / kind / f"{name}.md", head + body + "\n")


def hugo_head(kind, name, record):
    taxonomies = {"linh_vuc", "can_cu"} if kind == "thu-tuc" else set()
    params = {key: value for key, value in record.items() if key not in taxonomies}
    head = {"title": record.get("ten") or record.get("tieu_de") or record.get("so"), "params": params}
    day = record.get("ngay") or record.get("ngay_ky") or record.get("ngay_tiep_nhan")
    if day:
        head["date"] = day
    if kind == "thu-tuc":
        head["linh_vuc"] = [record["linh_vuc"]]
        head["can_cu"] = record["can_cu"]
    if kind == "bai-viet":
        head["chuyen_muc"] = [name.split("/")[0]]
    # Addresses as congkhai's: the code has a point, which Hugo would cut off.
    head["url"] = f"/{kind}/{name.split('/', 1)[-1] if kind != 'bai-viet' else name}/"
    return json.dumps(head, ensure_ascii=False) + "\n\n"


def eleventy_head(kind, name, record):
    head = {"layout": f"{kind}.njk", "tags": [kind], "permalink": f"/{kind}/{name.split('/', 1)[-1] if kind != 'bai-viet' else name}/"}
    head |= {"title": record.get("ten") or record.get("tieu_de") or record.get("so"), "r": record}
    if kind == "bai-viet":
        head["chuyen_muc"] = name.split("/")[0]
    return "---json\n" + json.dumps(head, ensure_ascii=False) + "\n---\n\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, required=True, help="number of procedures, from 100 to 100000")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--form", choices=["congkhai", "hugo", "eleventy"], default="congkhai")
    parser.add_argument("dir", type=Path, help="a folder that does not exist yet")
    asked = parser.parse_args()
    if asked.dir.exists():
        parser.error(f"{asked.dir} exists")
    if not 100 <= asked.records <= 100_000:
        parser.error("from 100 to 100000 records")
    records = everything(asked.records, asked.seed)
    here = Path(__file__).parent
    if asked.form == "congkhai":
        as_congkhai(asked.dir, records)
    else:
        shutil.copytree(here / asked.form, asked.dir, ignore=shutil.ignore_patterns("node_modules"))
        (asked.dir / "assets").mkdir()
        shutil.copy(here / "../../themes/mac-dinh/assets/style.css", asked.dir / "assets/style.css")
        lists, head = ("data", hugo_head) if asked.form == "hugo" else ("_data", eleventy_head)
        as_pages(asked.dir, records, lists, head)
        write(asked.dir / lists / "trang.json", json.dumps(SITE, ensure_ascii=False))


if __name__ == "__main__":
    main()
