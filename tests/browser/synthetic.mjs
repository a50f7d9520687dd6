// A content folder of many procedures with names as long and as alike as real ones: the first part of one
// shipped name, the last part of another, and words of a third between them. The same numbers give the same folder.
import fs from 'node:fs';
import path from 'node:path';

const generator = seed => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

/** Writes `count` procedures, count/5 legal texts, count/20 decisions and count/10 petitions to `to`, made of the names in `content`. */
export const write = (content, to, count) => {
  const next = generator(count), pick = list => list[Math.floor(next() * list.length)];
  const names = fs.readdirSync(path.join(content, 'thu-tuc')).sort().map(file => {
    const text = fs.readFileSync(path.join(content, 'thu-tuc', file), 'utf8');
    const block = /^ten:\s*(>-)?\s*((?:.*\n)(?:[ \t]+.*\n)*)/m.exec(text)[2];
    return block.replace(/\s+/g, ' ').trim().replace(/^["']|["']$/g, '').replace(/^Thủ tục /i, '').split(' ');
  });
  const put = (file, lines) => {
    fs.mkdirSync(path.dirname(path.join(to, file)), { recursive: true });
    fs.writeFileSync(path.join(to, file), lines.join('\n') + '\n');
  };
  const name = () => {
    const [a, b, c] = [pick(names), pick(names), pick(names)], from = Math.floor(next() * c.length);
    const words = [...a.slice(0, Math.ceil(a.length / 2)), ...c.slice(from, from + 3), ...b.slice(Math.floor(b.length / 2))];
    const text = words.join(' ').replaceAll('"', '').replaceAll('\\', '');
    return text[0].toUpperCase() + text.slice(1);
  };
  put('trang.yaml', ['ten: Sở Thử nghiệm', 'dia_chi_trang: https://thu.gov.vn/', 'tu_dong_nghia: [{tu: SHTT, nghia: sở hữu trí tuệ}]']);
  const fields = Array.from({ length: Math.ceil(count / 60) }, (_, i) => ({ code: `linh-vuc-${i}`, name: pick(names).slice(1, 5).join(' ').replaceAll('"', '') }));
  put('danh-muc/linh-vuc.yaml', fields.map(f => `- {ma: ${f.code}, ten: "${f.name.replace(/[,;]/g, '')}"}`));
  const laws = Array.from({ length: count / 5 }, (_, i) => `${i + 1}/${2005 + i % 20}/NĐ-CP`);
  put('danh-muc/van-ban.yaml', laws.map((number, i) => `- {so_ky_hieu: ${number}, ten: "Nghị định về ${pick(names).slice(2, 14).join(' ').replace(/["\\]/g, '')}", co_quan: Chính phủ, hieu_luc_tu: ${2006 + i % 20}-01-01${i % 4 ? '' : `, hieu_luc_den: ${2016 + i % 10}-12-31`}}`));
  put('danh-muc/don-vi.yaml', ['- {ma: so, ten: Sở Thử nghiệm}']);
  const codes = new Set();
  while (codes.size < count) codes.add(`${1 + Math.floor(next() * 3)}.${String(Math.floor(next() * 30000)).padStart(6, '0')}`);
  const all = [...codes].map(code => ({ code, name: name() }));
  for (const { code, name } of all) put(`thu-tuc/${code}.yaml`, [`ma: "${code}"`, `ten: "${name}"`, `linh_vuc: ${pick(fields).code}`,
    // A few texts are the basis of very many procedures, most of a few.
    `can_cu: [${[...new Set(Array.from({ length: 4 }, () => laws[Math.floor(laws.length * next() ** 3)]))].map(number => `"${number}"`).join(', ')}]`,
    `truc_tuyen: {muc_do: ${pick(['toan_trinh', 'mot_phan', 'cung_cap_thong_tin'])}}`,
    `cap_thuc_hien: [${pick(['tinh', 'xa', 'bo'])}]`, `cach_thuc: [{hinh_thuc: truc_tuyen, thoi_han: [{so: ${1 + Math.floor(next() * 60)}, don_vi: ngay_lam_viec}]}]`,
    `ho_so: [{giay_to: [{ten: "${pick(all).name}"}, {ten: "${pick(all).name}"}]}]`]);
  for (let i = 0; i < count / 20; i++) put(`quyet-dinh/${i}.yaml`, [`so: ${100 + i}/QĐ-UBND`, `ngay_ky: ${2016 + i % 10}-03-0${1 + i % 9}`, 'co_quan: Ủy ban nhân dân tỉnh',
    `trich_yeu: "Công bố thủ tục ${pick(all).name}"`, 'muc:', ...Array.from({ length: 20 }, (_, k) => `- {thu_tuc: "${all[(i * 20 + k) % count].code}", loai: ${k === 19 && i % 5 === 0 ? 'bai_bo' : 'cong_bo'}}`)]);
  for (let i = 0; i < count / 10; i++) { const year = 2020 + i % 6, code = `${year}-${String(i).padStart(4, '0')}`; put(`phan-anh/${year}/${code}.yaml`, [`ma: ${code}`, `ngay_tiep_nhan: ${year}-05-1${i % 9}`, 'kenh: dien_thoai', 'loai: quy_dinh',
    `tieu_de: "${pick(all).name}"`, `noi_dung: "${pick(all).name}"`, 'don_vi: so', 'minh_hoa: true']); }
  return all;
};
