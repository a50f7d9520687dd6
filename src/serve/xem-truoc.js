// The preview's own script: shows the page anew when the content changed, at the same place, with the same parts open.
(() => {
  const key = 'ck:' + location.pathname;
  const details = () => [...document.querySelectorAll('details:not(.ck-about)')];
  // The part about this page comes and goes while the content is judged; it stays as the reader left it.
  let about = false;
  const keepAbout = () => {
    const part = document.querySelector('.ck-about');
    if (part) about = part.open;
  };
  const showAbout = () => {
    const part = document.querySelector('.ck-about');
    if (part) part.open = about;
  };
  try {
    const kept = JSON.parse(sessionStorage.getItem(key));
    if (kept) {
      sessionStorage.removeItem(key);
      details().forEach((d, i) => { if (kept.open[i] !== undefined) d.open = kept.open[i]; });
      about = kept.about === true;
      showAbout();
      scrollTo(0, kept.top);
    }
  } catch { /* a browser that keeps nothing shows the top of the page */ }

  const day = new URLSearchParams(location.search).get('ngay');
  const keepDay = () => {
    if (!day) return;
    for (const link of document.querySelectorAll('a[href]')) {
      const to = new URL(link.href, location.href);
      if (to.origin === location.origin && !link.closest('.ck-bar')) {
        to.searchParams.set('ngay', day);
        link.href = to.href;
      }
    }
  };
  keepDay();

  const parse = (html) => new DOMParser().parseFromString(html, 'text/html');
  const styles = (doc) => [...doc.querySelectorAll('link[rel=stylesheet]')];
  const scripts = (doc) => [...doc.querySelectorAll('script[src]')].map((s) => s.getAttribute('src').replace(/-[0-9a-f]{8}\.js$/, '.js'));
  // Scripts that may have changed the text of the page: only a page loaded anew is right then.
  const works = (doc) => scripts(doc).some((src) => !/\/(xem-truoc|search-box|search)\.js$/.test(src));
  const OWN = '.ck-panel,.ck-bar,.ck-mark';
  // The head without what may differ between two states of one page.
  const head = (doc) => {
    const copy = doc.head.cloneNode(true);
    copy.querySelectorAll('title,meta[name],meta[property],link[rel=stylesheet],link[rel=canonical],script[type="application/ld+json"]').forEach((e) => e.remove());
    return copy.innerHTML.replace(/\s+/g, ' ');
  };
  const parts = (doc) => [...doc.body.children].filter((e) => !e.matches(OWN) && !e.matches('script'));
  const texts = (doc) => parts(doc).map((e) => e.outerHTML);

  // Which state of the page this is: the one that was loaded need not be the one that is served a moment later.
  const state = (doc) => doc.querySelector('script[data-ban]')?.dataset.ban;
  // What was served: scripts may have changed the page since.
  let shown = null;
  let headShown = '';
  let partsShown = [];
  let asked = 0;
  const keep = (html, doc) => {
    shown = html;
    headShown = head(doc);
    partsShown = texts(doc);
  };
  // Puts in what differs, if that is all there is to do.
  const put = (fresh) => {
    const [now, next] = [parts(document), parts(fresh)];
    if (head(fresh) !== headShown || next.length !== now.length || next.length !== partsShown.length) return false;
    const changed = next.map((e, i) => (e.outerHTML === partsShown[i] ? -1 : i)).filter((i) => i >= 0);
    // The head of the page has the search box with its script.
    if (changed.length > 0 && (works(fresh) || works(document) || changed.some((i) => now[i].matches('header')))) return false;
    keepAbout();
    const open = details().map((d) => d.open);
    const top = scrollY;
    changed.forEach((i) => now[i].replaceWith(document.importNode(next[i], true)));
    document.title = fresh.title;
    document.querySelectorAll(OWN).forEach((e) => e.remove());
    const script = document.querySelector('body > script[src$="xem-truoc.js"]');
    fresh.querySelectorAll(OWN).forEach((e) => {
      const copy = document.importNode(e, true);
      if (script) script.before(copy); else document.body.append(copy);
    });
    styles(fresh).forEach((link, i) => {
      const before = styles(document)[i];
      if (before && before.getAttribute('href') !== link.getAttribute('href')) before.setAttribute('href', link.getAttribute('href'));
    });
    details().forEach((d, i) => { if (open[i] !== undefined) d.open = open[i]; });
    showAbout();
    keepDay();
    if (Math.abs(scrollY - top) > 1) scrollTo(0, top);
    return true;
  };
  const again = async () => {
    const mine = ++asked;
    let html;
    try { html = await (await fetch(location.href, { cache: 'no-store' })).text(); } catch { return; }
    // A later question has the newer answer.
    if (mine !== asked || html === shown) return;
    const fresh = parse(html);
    if ((shown === null && state(fresh) === state(document)) || (shown !== null && put(fresh))) {
      keep(html, fresh);
      return;
    }
    keepAbout();
    try {
      sessionStorage.setItem(key, JSON.stringify({ top: scrollY, about, open: details().map((d) => d.open) }));
    } catch { /* as above */ }
    location.reload();
  };
  // Asked again once events are heard, at the start too: what changed before that made none.
  const events = new EventSource('/__su-kien');
  events.addEventListener('doi', again);
  events.onopen = again;
})();
