// Filters and sorts a list that the page already shows whole; without this script the page is the same list.
// The form with its words comes from the page (components/list_tools) and waits until this runs.
(() => {
  'use strict';
  const form = document.querySelector('form[data-list]');
  const area = form && document.getElementById(form.dataset.list);
  if (!area) return;
  const status = document.getElementById(`${form.dataset.list}-dem`);
  const undo = form.querySelector('.undo');
  const more = form.querySelector('details');
  const jumps = area.querySelectorAll('nav');
  const fields = [...form.elements].filter(field => field.name);
  const fold = text => text.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/đ/g, 'd');
  // `data-k` holds the values of a row, each `name=value`; `data-s` what it can be sorted by, `name=key`.
  const pairs = text => (text || '').split('|').filter(Boolean).map(pair => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
  const rows = [...area.querySelectorAll('li[data-k]')].map(node => ({
    node,
    home: node.parentNode,
    has: new Set(pairs(node.dataset.k).map(pair => pair.join('='))),
    keys: Object.fromEntries(pairs(node.dataset.s)),
    words: '',
  }));
  const groups = [...area.querySelectorAll('section')];
  const flat = document.createElement('ul');
  flat.className = 'list az';
  flat.hidden = true;
  area.prepend(flat);
  const total = rows.length;
  const unit = form.dataset.unit;
  let sorted = '';

  const valueOf = field => field.type === 'checkbox' ? (field.checked ? field.value : '') : field.value.trim();

  const sort = by => {
    if (by === sorted) return;
    sorted = by;
    const [key, down] = by.split('.');
    if (key) {
      // Keys of equal length or with leading zeros: plain order of characters is theirs.
      const order = rows.map((row, i) => [row.keys[key] || '', i]);
      order.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0) * (down ? -1 : 1) || a[1] - b[1]);
      flat.append(...order.map(([, i]) => rows[i].node));
    } else {
      rows.forEach(row => row.home.append(row.node));
    }
    flat.hidden = !key;
  };

  const apply = () => {
    const wanted = [];
    const said = [];
    let words = [];
    let by = '';
    for (const field of fields) {
      const value = valueOf(field);
      if (field.name === 'xep') by = value;
      else if (!value) continue;
      else if (field.type === 'search') {
        words = fold(value).split(/\s+/);
        said.push(`Tìm “${value}”`);
      } else {
        wanted.push(`${field.name}=${value}`);
        const label = field.labels[0].textContent.trim();
        said.push(field.type === 'checkbox' ? label : `${label}: ${field.selectedOptions[0].text}`);
      }
    }
    if (words.length && rows.length && !rows[0].words) rows.forEach(row => { row.words = fold(row.node.textContent + ' ' + (row.node.dataset.t || '')); });
    let shown = 0;
    for (const row of rows) {
      const fits = wanted.every(value => row.has.has(value)) && words.every(word => row.words.includes(word));
      row.node.hidden = !fits;
      if (fits) shown += 1;
    }
    sort(by);
    const filtered = said.length > 0;
    groups.forEach(group => { group.hidden = !group.querySelector('li[data-k]:not([hidden])'); });
    jumps.forEach(nav => { nav.hidden = filtered || !!by; });
    undo.hidden = !filtered && !by;
    const text = !filtered ? '' : shown ? `Hiện ${shown} trong ${total} ${unit}. ${said.join('; ')}.` : `Không có ${unit} nào như vậy. ${said.join('; ')}.`;
    if (status.textContent !== text) status.textContent = text;
  };

  const remember = () => {
    const state = new URLSearchParams();
    for (const field of fields) if (valueOf(field)) state.set(field.name, valueOf(field));
    const query = state.toString();
    try {
      history.replaceState(null, '', query ? `?${query}` : location.pathname);
    } catch {
      // A page opened from a folder may change only what stands behind the #.
      history.replaceState(null, '', query ? `#?${query}` : '#');
    }
  };

  const recall = () => {
    const state = new URLSearchParams(location.hash.startsWith('#?') ? location.hash.slice(2) : location.search);
    for (const field of fields) {
      const value = state.get(field.name);
      if (field.type === 'checkbox') field.checked = value === field.value;
      else field.value = value || '';
      // A value that the list no longer has is no filter.
      if (field.selectedIndex < 0) field.selectedIndex = 0;
    }
    apply();
  };

  let waiting;
  form.addEventListener('input', event => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { apply(); remember(); }, event.target.type === 'search' ? 150 : 0);
  });
  form.addEventListener('reset', () => setTimeout(() => { apply(); remember(); fields[0].focus(); }));
  form.addEventListener('submit', event => {
    event.preventDefault();
    apply();
    remember();
    // On a phone the rows begin below the form.
    (status.textContent ? status : area).scrollIntoView();
  });
  addEventListener('popstate', recall);
  form.hidden = false;
  recall();
  // On a phone the choices wait behind one line, unless the address brought some.
  more.open = !undo.hidden || matchMedia('(min-width: 40rem)').matches;
})();
