// Runs the site's own search script on a built index, without a browser.
import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';

// A site's files are read and compiled once, however many readers open it.
const compiled = new Map();
const read = (file, change, asked) => {
  const key = `${file} ${asked} ${change}`;
  if (!compiled.has(key)) {
    const text = change(asked, fs.readFileSync(file, 'utf8'));
    compiled.set(key, { bytes: Buffer.from(text), script: new vm.Script(text, { filename: file }) });
  }
  return compiled.get(key);
};

/** The engine of `site`'s search; `loaded` gathers what it loads, `change` may alter a file on its way. */
export const open = (site, change = (name, text) => text) => {
  const assets = path.join(site, 'giao-dien');
  const script = fs.readdirSync(assets).find(name => /^search-[0-9a-f]{8}\.js$/.test(name));
  if (!script) throw new Error(`no search script in ${assets}`);
  const loaded = new Map();
  const context = vm.createContext({});
  const run = (file, asked = path.basename(file)) => {
    const { bytes, script } = read(file, change, asked);
    loaded.set(asked, bytes);
    script.runInContext(context);
  };
  run(path.join(assets, script));
  const { engine } = context.congkhaiSearch;
  const { search, rows } = engine(async name => run(path.join(site, 'tim-kiem/chi-muc', name.split('?')[0]), name));
  const results = async (text, most = Infinity) => {
    const found = await search(text);
    const all = found.groups.flatMap(group => group.documents).slice(0, most);
    return { ...found, rows: [...await rows(all)] };
  };
  return { search, rows, results, loaded };
};
