/* Offers what is new since the reader was last here, on whichever page; when that was, only this browser knows. */

// What is kept: docs/developers/catching-up.md.
const KEY = "nutgraf catch-up";
// Seconds: whoever is gone for longer comes for another visit.
const AWAY = 1800;

/* Up to when what is kept was known before this visit, by the newsroom's clock; 0 where nothing says so. */
const known = () => {
  const now = Date.now() / 1000;
  let kept;
  try {
    kept = JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    // Forbidden or damaged: then there was no visit that we know of.
    return 0;
  }
  if (kept.off) return 0;
  const before = Object.values(kept)
    .filter((page) => page?.length === 4 && page.every(Number.isFinite))
    .map(([since, when, seen, left]) => (Math.abs(now - left) > AWAY ? [seen, left] : [since, when]))
    .filter(([, when]) => Math.abs(now - when) > AWAY)
    .map(([upto]) => upto);
  return Math.max(0, ...before);
};

class NutgrafLastVisit extends HTMLElement {
  connectedCallback() {
    const since = known();
    if (!since || this.firstChild) return;
    const link = document.createElement("a");
    link.href = `?since=${since}`;
    link.rel = "nofollow";
    link.textContent = this.dataset.words;
    if (location.search === link.search) link.setAttribute("aria-current", "page");
    this.append(link);
  }
}

customElements.define("nutgraf-last-visit", NutgrafLastVisit);
