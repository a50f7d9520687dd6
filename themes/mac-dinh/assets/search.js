// Search in the reader's browser: ranks what the generator has indexed (src/plan/search, docs/dev/search.md).
(() => {
'use strict';

// ---- Words: the same as src/vi/fold.rs and src/plan/search/words.rs; change both or neither ----
const fold = text => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd');
// A code of a procedure stays one word: 1.012353 is #1012353, with or without a local suffix.
const CODE = /(^|[^\d.])(\d)\.(\d{2,6})(\.\d{3}\.\d\d\.\d\d\.[a-z]\d+)?(?![\d.]*\d)/g;
const split = text => fold(text).replace(CODE, '$1 #$2$3 ').split(/[^\p{Alphabetic}\p{N}#]+/u)
  .map(word => /^#\d+$/.test(word) ? word : word.replaceAll('#', '')).filter(Boolean);

// ---- Lists of numbers: src/plan/search/encode.rs ----
const numbers = text => {
  const out = [];
  for (let i = 0, high = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c > 92) high = high * 34 + c - 93;
    else { out.push(high * 57 + c - 35); high = 0; }
  }
  return out;
};
const sums = list => { let at = 0; return list.map(n => at += n); };

// The number of letters to change, add, leave out or swap to make b of a; more than most is most + 1.
const distance = (a, b, most) => {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let two, one = [], row = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i++) {
    [two, one, row] = [one, row, [i]];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      let d = Math.min(one[j] + 1, row[j - 1] + 1, one[j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, two[j - 2] + 1);
      row[j] = d;
      if (d < least) least = d;
    }
    if (least > most) return most + 1;
  }
  return row[b.length];
};

// Where a sorted list passes a value: the first place that is not before it.
const place = (list, value, before = (a, b) => a < b) => {
  let from = 0, to = list.length;
  while (from < to) { const mid = (from + to) >> 1; if (before(list[mid], value)) from = mid + 1; else to = mid; }
  return from;
};

// How many words of a query are followed from the beginning of a name; what a word counts, by where it stands.
const LONG = 24, NAME = 10, IN_NAME = 8, KEYWORD = 3, GROUP = 3, KIND = 1, BODY = .5;

// The index and how to ask it. `load(file)` brings a file of the index, which calls congkhaiIndex.
const engine = load => {
  let parts = {}, version = '', ready = null;
  const waiting = new Map(), lists = new Map();
  globalThis.congkhaiIndex = (of, more) => {
    // Files of two builds never meet: the newer throws the older away, and the query begins again.
    if (of !== version) { parts = {}; ready = null; lists.clear(); version = of; }
    Object.assign(parts, more);
  };
  const get = async name => {
    if (!parts[name]) {
      if (!waiting.has(name)) waiting.set(name, load(name + '.js' + (version && '?v=' + version)).finally(() => waiting.delete(name)));
      await waiting.get(name);
    }
    if (!parts[name]) throw new Error('no ' + name);
    return parts[name];
  };
  const start = async () => {
    const root = await get('goc');
    if (ready) return ready;
    const words = root.w.split(' '), sizes = Uint8Array.from(numbers(root.n));
    let from = 0;
    const groups = root.g.map(([kind, count, label, own]) =>
      ({ kind, label, from, to: from += count, words: new Set(own.split(' ')) }));
    const kinds = root.k.map(([label, path, leads, own, code, prior]) =>
      ({ label, path, leads: leads.map(lead => lead.split(' ')), own: own.split(' '), words: new Set(own.split(' ')), code, prior }));
    return ready = { ...root, words, sizes, groups, kinds, total: from, ids: new Map(words.map((word, i) => [word, i])) };
  };

  // The words of the index that a word of the query may mean: [number, how well].
  const meanings = (words, ids, word, open, loose) => {
    const out = new Map();
    // kí is ký, qui is quy.
    const twin = /^(qu|[^aeiouy]+)[iy]$/.test(word) ? word.slice(0, -1) + (word.endsWith('i') ? 'y' : 'i') : word;
    for (const same of [word, twin]) if (ids.has(same)) out.set(ids.get(same), 1);
    if (open) for (let i = place(words, word); i < words.length && out.size < 40 && words[i].startsWith(word); i++)
      if (!out.has(i)) out.set(i, .8 - .02 * (words[i].length - word.length));
    if ((loose || !out.size) && word.length > 3 && !/\d/.test(word)) {
      const most = word.length > 7 ? 2 : 1, near = [];
      words.forEach((other, i) => {
        const d = distance(word, other, most);
        if (d && d <= most && !/\d/.test(other)) near.push([d + (other[0] !== word[0]) + Math.abs(other.length - word.length) / 9, i, d]);
      });
      near.sort((a, b) => a[0] - b[0]);
      for (const [, i, d] of near.slice(0, loose ? 4 : 8)) if (!out.has(i)) out.set(i, .6 / d);
    }
    return out;
  };
  // The files that hold these words' lists, and the list of one word.
  const fileOf = (starts, i) => place(starts, i, (a, b) => a <= b) - 1;
  const fetchLists = (letter, starts, ids) => Promise.all([...new Set(ids.map(i => fileOf(starts, i)))].map(file => get(letter + file)));
  const list = (letter, starts, i) => {
    const key = letter + i;
    if (!lists.has(key)) {
      const file = fileOf(starts, i);
      const [documents, places] = parts[letter + file][i - starts[file]].split('!');
      lists.set(key, [sums(numbers(documents)), numbers(places ?? '')]);
    }
    return lists.get(key);
  };

  // Documents whose code is or begins with this: the six digits behind the point come first in the index.
  const codes = async (root, word) => {
    const [, point, digits] = /^(#|(?=0\d\d|\d{5}))(\d{1,7})$/.exec(word) ?? [];
    if (!digits) return [];
    const lead = point || digits[6] ? +digits[0] : -1;
    // The nought behind the point is often left out: 14888 is 014888.
    const rest = lead < 0 ? digits.replace(/^[1-9]....$/, '0$&') : digits.slice(1);
    const span = 10 ** (7 - rest.length), from = rest * span, to = from + span, out = [];
    for (let file = Math.max(0, fileOf(root.c, from)); file < root.c.length && root.c[file] < to; file++) {
      const [keys, documents] = (await get('c' + file)).map(numbers);
      sums(keys).forEach((key, i) => {
        if (key >= from && key < to && (lead < 0 || key % 10 === lead)) out.push([documents[i], rest[5] ? 500 : 60]);
      });
    }
    return out;
  };

  // Scores of every document for the words; `needed` of them must be met.
  const rank = (root, tokens, typed, boosted, needed) => {
    const total = root.total, met = new Uint8Array(total), score = new Float32Array(total);
    const start = new Int32Array(total), next = new Int32Array(total), last = new Int32Array(total);
    tokens.forEach((token, t) => {
      if (token.met) {
        for (let d = 0; d < total; d++) { met[d]++; last[d] = 0; if (t < LONG) start[d] = t ? start[d] << 1 : 1; }
        return;
      }
      const best = new Float32Array(total), mask = new Int32Array(total);
      for (const group of root.groups) {
        let of = 0;
        for (const [i, how] of token.means) {
          if (group.words.has(root.words[i])) of = Math.max(of, GROUP * how);
          else if (root.kinds[group.kind].words.has(root.words[i])) of = Math.max(of, KIND * how);
        }
        if (of) best.fill(of, group.from, group.to);
      }
      for (const [i, how] of token.means) {
        const [documents, places] = list('t', root.t, i);
        for (let k = 0; k < documents.length; k++) {
          const d = documents[k], at = places[k];
          const of = how * (at < 31 ? NAME : at === 31 ? IN_NAME : KEYWORD);
          if (of > best[d]) best[d] = of;
          if (at < 31) mask[d] |= 1 << at;
        }
      }
      for (const [d, of] of token.codes) best[d] = Math.max(best[d], of);
      for (const [i] of token.body ?? []) for (const d of list('b', parts.than.t, i)[0]) best[d] ||= BODY;
      for (let d = 0; d < total; d++) {
        if (!best[d]) { start[d] = last[d] = 0; continue; }
        met[d]++;
        score[d] += best[d];
        if (t < LONG) start[d] = t ? (start[d] << 1) & mask[d] : mask[d] & 1;
        if ((last[d] << 1) & mask[d]) next[d]++;
        last[d] = mask[d];
      }
    });
    const buckets = root.kinds.map(() => []);
    let sure = false;
    for (const { kind, from, to } of root.groups) for (let d = from; d < to; d++) {
      if (met[d] < needed) continue;
      const length = root.sizes[d] % 28, ended = root.sizes[d] >= 28;
      let of = score[d] + 4 * next[d] + root.kinds[kind].prior + (boosted === kind ? 8 : 0) + 40 * (met[d] - needed);
      if (start[d]) of += 10 + (Math.min(typed, 27) === length ? 30 : 0);
      sure ||= (start[d] > 1 || next[d] + 1 >= tokens.length) && of > NAME;
      if (length) of += 6 * Math.min(1, tokens.length / length);
      // One number sorts: in use before ended, better before worse, then the order of the index.
      buckets[kind].push((ended ? 0 : 1e14) + Math.round(of) * 1e6 + (999999 - d));
    }
    const groups = buckets.map((keys, kind) => ({ kind, keys: Float64Array.from(keys).sort().reverse() })).filter(group => group.keys.length)
      .sort((a, b) => b.keys[0] - a.keys[0])
      .map(({ kind, keys }) => ({ kind: root.kinds[kind], best: keys[0], documents: Array.from(keys, key => 999999 - key % 1e6) }));
    return Object.assign(groups, { sure, count: groups.reduce((sum, group) => sum + group.documents.length, 0) });
  };

  const once = async text => {
    const root = await start();
    let tokens = split(text).slice(0, 99), boosted = -1;
    let open = /[\p{Alphabetic}\p{M}\p{N}]$/u.test(text);
    root.kinds.forEach(({ leads, own }, kind) => {
      const lead = boosted < 0 && leads.find(lead => lead.every((word, i) => word === tokens[i]));
      if (!lead) return;
      boosted = kind;
      if (tokens.length > lead.length) tokens = tokens.slice(lead.length);
      else if (!lead.every(word => root.ids.has(word))) tokens = own;
    });
    // While a word is only begun, what it may become is too much to load; the words before it are enough.
    const least = root.t.length > 1 ? 3 : 2, end = tokens.at(-1);
    if (open && end && end.length < least && !root.ids.has(end) && !/\d/.test(end)) { tokens.pop(); open = false; }
    open &&= (end?.length ?? 0) >= least;
    const typed = tokens.length;
    // Of a long name the first words tell where it begins; the further ones only tell it from others.
    tokens = [...tokens.slice(0, LONG), ...new Set(tokens.slice(LONG))];
    if (!tokens.length) return { groups: [], total: 0, short: true, marks: [] };
    const understood = async loose => {
      const all = tokens.flatMap((word, i) => {
        const begun = open && i === tokens.length - 1;
        const means = meanings(root.words, root.ids, word, begun, loose);
        // Figures are never two words: 01235 is the beginning of a code.
        if (!means.size && !+word) for (let cut = 2; cut < word.length - 1; cut++) {
          const two = [word.slice(0, cut), word.slice(cut)];
          if (two.every(half => root.ids.has(half))) return two.map(half => ({ word: half, begun, means: new Map([[root.ids.get(half), .9]]) }));
        }
        return [{ word, begun, means }];
      });
      if (all.length > 10) {
        // A long query loads the files of its first words and of its rarest (those with many words to a file); the rest is taken as met.
        const files = token => [...token.means.keys()].map(i => fileOf(root.t, i));
        const rare = token => Math.max(...files(token).map(file => (root.t[file + 1] ?? root.words.length) - root.t[file]));
        const wanted = new Set([...all.slice(0, 4), ...all.slice(4).sort((a, b) => rare(b) - rare(a)).slice(0, 10)].flatMap(files));
        for (const token of all) token.met = files(token).some(file => !wanted.has(file));
      }
      await fetchLists('t', root.t, all.flatMap(token => token.met ? [] : [...token.means.keys()]));
      for (const token of all) token.codes = await codes(root, token.word);
      return all;
    };
    let all = await understood(false), partial = false;
    let groups = rank(root, all, typed, boosted, all.length);
    if (groups.count < 3 && !(groups.sure && root.t.length > 1)) {
      // Few by name: by what the pages say.
      const than = await get('than');
      than.words ??= than.w.split(' ');
      than.ids ??= new Map(than.words.map((word, i) => [word, i]));
      const look = async () => {
        for (const token of all) token.body = than.w ? meanings(than.words, than.ids, token.word, token.begun && token.word.length > 2, false) : [];
        await fetchLists('b', than.t, all.flatMap(token => [...token.body.keys()]));
        return rank(root, all, typed, boosted, all.length);
      };
      const { sure } = groups, exact = all, strict = groups = await look();
      if (!sure) {
        // A mistyped word may be a word, too: another is meant only where that fits better.
        all = await understood(true);
        groups = await look();
        if (strict.count && strict[0].best > (groups[0].best - 1e14) * 1.1 + 1e14) { all = exact; groups = strict; }
        partial = !strict.count;
      }
      for (let needed = all.length - 1; !groups.count && needed >= all.length / 2; needed--) groups = rank(root, all, typed, boosted, needed);
    }
    const marks = all.flatMap(token => [...token.means.keys()].map(i => root.words[i]));
    return { groups, total: groups.count, partial, marks, long: tokens.length > 8 };
  };

  return {
    async search(text) {
      for (let attempt = 0; ; attempt++) {
        try { return await once(text); } catch (error) { if (parts.goc || attempt > 2) throw error; }
      }
    },
    // What to show of these documents.
    async rows(documents) {
      const root = await start();
      await Promise.all([...new Set(documents.map(d => Math.floor(d / root.p)))].map(file => get('d' + file)));
      return documents.map(d => {
        const [title, own, facts, tag] = parts['d' + Math.floor(d / root.p)][d % root.p];
        const group = root.groups[place(root.groups, d, (group, d) => group.to <= d)], kind = root.kinds[group.kind];
        return { title, href: kind.path.replace('*', () => own), code: kind.code ? own : '', facts, tag, group: group.label, kind: kind.label };
      });
    },
  };
};
globalThis.congkhaiSearch = { engine };
if (typeof document === 'undefined') return;

// ---- The page ----
const form = document.querySelector('form[role=search]');
if (!form) return;
const input = form.elements.q, action = form.action.split(/[?#]/)[0];
const base = new URL('chi-muc/', action), home = new URL('../', action);
const { search, rows } = engine(file => new Promise((done, fail) => {
  const script = document.createElement('script');
  script.src = new URL(file, base).href;
  script.onload = () => { script.remove(); done(); };
  script.onerror = () => { script.remove(); fail(new Error(file)); };
  document.head.append(script);
}));

const make = (name, attributes = {}, ...inside) => {
  const element = document.createElement(name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  element.append(...inside);
  return element;
};
// Text with the words of the query marked. Only text nodes: what records say is never markup.
const marked = (text, marks) => text.split(/([\p{Alphabetic}\p{N}]+)/u)
  .map((piece, i) => i % 2 && marks.has(fold(piece)) ? make('mark', {}, piece) : piece);
const item = (row, marks, withKind) => {
  const line = [withKind && row.kind, row.group, row.facts].filter(Boolean).join(' · ');
  const p = make('p', { class: 'muted' }, ...(row.code ? [make('span', { class: 'code' }, row.code), line && ' · '] : []), line);
  if (row.tag) p.append(' ', make('span', { class: 'tag warn' }, row.tag));
  return make('li', {}, make('a', { href: new URL(row.href, home).href }, ...marked(row.title, marks)), ...(p.textContent ? [p] : []));
};
const said = found => found.short ? 'Gõ thêm vài chữ để tìm.'
  : !found.total ? 'Không tìm thấy. Hãy thử ít chữ hơn, chữ khác, hoặc mã thủ tục.'
  : found.partial ? `Không có trang nào đúng hết các chữ. ${found.total} trang gần đúng.`
  : `Tìm thấy ${found.total} trang.`;
const FAILED = 'Không tải được dữ liệu. Hãy xem các danh sách.';

const whole = document.getElementById('tim-thay');
const box = whole ?? form.appendChild(make('div', { class: 'found', hidden: '' }));
const status = document.getElementById('so-tim-thay') ?? form.appendChild(make('p', { role: 'status', class: 'vh' }));
let asked = '';
const show = async () => {
  const text = asked = input.value.trim() && input.value;
  // A browser may refuse this in a folder.
  if (whole) try { history.replaceState(null, '', text ? '?q=' + encodeURIComponent(text.trim()) : location.pathname); } catch {}
  if (!text) { box.replaceChildren(); box.hidden = !whole; status.textContent = ''; return; }
  let found, parts = [];
  try {
    found = await search(text);
    const marks = new Set(found.marks);
    if (whole) {
      for (const [i, { kind, documents }] of found.groups.entries()) {
        const list = make('ul', { class: 'list' }), id = 'nhom-' + i;
        let shown = 0;
        const more = make('button', { type: 'button', class: 'btn' });
        const add = async count => {
          const next = (await rows(documents.slice(shown, shown + count))).map(row => item(row, marks));
          list.append(...next);
          shown += next.length;
          more.hidden = shown >= documents.length;
          more.textContent = `Xem thêm (còn ${documents.length - shown})`;
          return next[0];
        };
        await add(i ? 3 : found.long ? 5 : 10);
        more.onclick = async () => (await add(20))?.firstChild.focus();
        parts.push(make('section', { 'aria-labelledby': id }, make('h2', { id }, `${kind.label}: ${documents.length}`), list, more));
      }
    } else {
      const first = found.groups.map(({ documents }, i) => documents.slice(0, i ? 2 : 4)).flat().slice(0, 6);
      parts = [make('ul', { class: 'list' }, ...(await rows(first)).map(row => item(row, marks, true))), make('p', {}, said(found))];
      if (found.total > first.length) parts[1].append(' ', make('a', { href: action + '?q=' + encodeURIComponent(text.trim()) }, 'Xem tất cả'));
    }
  } catch { parts = []; found = null; }
  if (text !== asked) return;
  if (!found && !whole) parts = [make('p', {}, FAILED)];
  box.replaceChildren(...parts);
  box.hidden = !whole && !form.contains(document.activeElement);
  status.textContent = found ? said(found) : FAILED;
};
let timer;
input.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(show, 100); });
if (whole) {
  form.addEventListener('submit', event => { event.preventDefault(); clearTimeout(timer); show(); });
  // What was typed before the script came is not thrown away.
  input.value ||= new URLSearchParams(location.search).get('q') ?? '';
  show();
} else {
  const close = () => { box.hidden = true; };
  // Not focusout: where a click gives no focus (Safari), a link would be gone before it is followed.
  for (const turn of ['focusin', 'pointerdown']) addEventListener(turn, event => { if (!form.contains(event.target)) close(); });
  input.addEventListener('focus', () => { box.hidden = !box.firstChild; });
  form.addEventListener('keydown', event => {
    const stops = [input, ...box.querySelectorAll('a')], step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') { input.focus(); close(); }
    else if (step) { event.preventDefault(); stops[stops.indexOf(document.activeElement) + step]?.focus(); }
  });
  // The root of the index comes while the first letters are typed.
  if (input.value) show(); else search('').catch(() => {});
}
})();
