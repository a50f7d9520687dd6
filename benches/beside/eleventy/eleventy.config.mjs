// The information of the records as an Eleventy site in Eleventy's own idiom: collections, pagination, Nunjucks.
import markdownIt from 'markdown-it';
import { readFileSync } from 'node:fs';

const md = markdownIt();
const data = (name) => JSON.parse(readFileSync(new URL(`_data/${name}.json`, import.meta.url)));

export default function (config) {
  config.setQuietMode(true);
  config.addPassthroughCopy({ assets: 'giao-dien' });
  config.addFilter('markdown', (text) => md.render(text));
  config.addFilter('date', (day) => {
    const iso = typeof day === 'string' ? day : day.toISOString();
    return iso.slice(0, 10).split('-').reverse().join('/');
  });
  config.addFilter('money', (sum) => (sum ? `${sum.toLocaleString('de-DE')} đồng` : 'Không thu'));
  config.addFilter('address', (number) => number.toLowerCase().replaceAll('/', '-').replaceAll('đ', 'd'));
  config.addFilter('head', (list, count) => list.slice(0, count));
  config.addFilter('json', (value) => JSON.stringify(value));

  const names = (list, key, name) => new Map(list.map((item) => [item[key], item[name]]));
  const fields = names(data('linh_vuc'), 'ma', 'ten');
  const laws = names(data('van_ban'), 'so_ky_hieu', 'ten');
  config.addFilter('field', (code) => fields.get(code));
  config.addFilter('law', (number) => laws.get(number));

  // Everything that points somewhere else, looked up once.
  const byTitle = (a, b) => (a.data.title < b.data.title ? -1 : 1);
  const grouped = (pages, keys) => {
    const groups = new Map();
    for (const page of pages) {
      for (const key of keys(page)) groups.set(key, [...(groups.get(key) ?? []), page]);
    }
    return groups;
  };
  let found = null;
  const links = (api) =>
    (found ??= {
      procedure: new Map(api.getFilteredByTag('thu-tuc').map((page) => [page.data.r.ma, page])),
      decisions: grouped(api.getFilteredByTag('quyet-dinh'), (page) => page.data.r.muc.map((item) => item.thu_tuc)),
      petitions: grouped(api.getFilteredByTag('phan-anh'), (page) => page.data.r.thu_tuc),
      fields: grouped(api.getFilteredByTag('thu-tuc').sort(byTitle), (page) => [page.data.r.linh_vuc]),
      laws: grouped(api.getFilteredByTag('thu-tuc').sort(byTitle), (page) => page.data.r.can_cu),
    });
  config.on('eleventy.before', () => (found = null));
  config.addCollection('links', (api) => [links(api)]);
  const sliced = (groups, size = 200) =>
    [...groups].sort().flatMap(([key, pages]) => {
      const count = Math.ceil(pages.length / size);
      return Array.from({ length: count }, (_, n) => ({ key, n: n + 1, count, pages: pages.slice(n * size, (n + 1) * size) }));
    });
  config.addCollection('fieldLists', (api) => sliced(links(api).fields));
  config.addCollection('lawLists', (api) => sliced(links(api).laws));
  for (const kind of ['thu-tuc', 'quyet-dinh', 'phan-anh', 'bai-viet']) {
    config.addCollection(`list-${kind}`, (api) => api.getFilteredByTag(kind).sort(byTitle));
  }
  config.addCollection('newest', (api) =>
    [...api.getFilteredByTag('bai-viet'), ...api.getFilteredByTag('quyet-dinh')]
      .sort((a, b) => ((a.data.r.ngay ?? a.data.r.ngay_ky) < (b.data.r.ngay ?? b.data.r.ngay_ky) ? 1 : -1))
      .slice(0, 50),
  );
  return { dir: { input: '.', includes: '_includes', data: '_data' }, markdownTemplateEngine: false, htmlTemplateEngine: 'njk' };
}
