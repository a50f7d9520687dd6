// Loads the search when someone turns to its box: a page that nobody searches from costs no more.
(() => {
  const turn = event => {
    const form = event.target?.closest?.('form[data-script]');
    if (!form) return;
    removeEventListener('focusin', turn);
    const script = document.createElement('script');
    script.src = form.dataset.script;
    document.head.append(script);
  };
  addEventListener('focusin', turn);
  turn({ target: document.activeElement });
})();
