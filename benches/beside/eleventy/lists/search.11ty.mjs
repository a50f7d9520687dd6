export const data = { permalink: '/tim-kiem.json' };
export function render({ collections }) {
  const pages = ['thu-tuc', 'quyet-dinh', 'phan-anh', 'bai-viet'].flatMap((kind) => collections[kind]);
  return JSON.stringify(pages.map((page) => ({ t: page.data.title, u: page.url, c: page.data.r.ma })));
}
