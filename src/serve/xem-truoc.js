// The preview's own script: shows the page anew when the content changed, at the same place, with the same parts open.
(() => {
  const key = 'ck:' + location.pathname;
  const details = () => [...document.querySelectorAll('details')];
  try {
    const kept = JSON.parse(sessionStorage.getItem(key));
    if (kept) {
      sessionStorage.removeItem(key);
      details().forEach((d, i) => { if (kept.open[i] !== undefined) d.open = kept.open[i]; });
      scrollTo(0, kept.top);
    }
  } catch { /* a browser that keeps nothing shows the top of the page */ }

  const day = new URLSearchParams(location.search).get('ngay');
  if (day) {
    for (const link of document.querySelectorAll('a[href]')) {
      const to = new URL(link.href, location.href);
      if (to.origin === location.origin && !link.closest('.ck-bar')) {
        to.searchParams.set('ngay', day);
        link.href = to.href;
      }
    }
  }

  const strip = (html) => html.replace(/<link rel="stylesheet"[^>]*>/g, '');
  let shown = null;
  const styles = (doc) => [...doc.querySelectorAll('link[rel=stylesheet]')];
  const again = async () => {
    const html = await (await fetch(location.href, { cache: 'no-store' })).text();
    if (shown !== null && html !== shown && strip(html) === strip(shown)) {
      const fresh = styles(new DOMParser().parseFromString(html, 'text/html'));
      styles(document).forEach((link, i) => {
        if (fresh[i] && fresh[i].getAttribute('href') !== link.getAttribute('href')) link.setAttribute('href', fresh[i].getAttribute('href'));
      });
      shown = html;
      return;
    }
    if (html === shown) return;
    try {
      sessionStorage.setItem(key, JSON.stringify({ top: scrollY, open: details().map((d) => d.open) }));
    } catch { /* as above */ }
    location.reload();
  };
  fetch(location.href, { cache: 'no-store' }).then((r) => r.text()).then((html) => { shown = html; });

  const events = new EventSource('/__su-kien');
  let lost = false;
  events.addEventListener('doi', again);
  events.onerror = () => { lost = true; };
  events.onopen = () => { if (lost) { lost = false; again(); } };
})();
