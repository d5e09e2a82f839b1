/* Shows what is new since the reader was last here; when that was, only this browser knows. */

// What is kept: docs/developers/catching-up.md.
const KEY = "nutgraf catch-up";
// Seconds: whoever is gone for longer comes for another visit.
const AWAY = 1800;
// Pages remembered.
const MOST = 200;

const isPage = (name) => name[0] === "/";

/* What is kept; nothing where the browser keeps nothing for us. */
const recall = () => {
  try {
    const kept = Object.entries(JSON.parse(localStorage.getItem(KEY)) ?? {});
    // Of a page: four numbers, see `visit`.
    return Object.fromEntries(kept.filter(([name, value]) => !isPage(name) || (value?.[3] && value.every?.(Number.isFinite))));
  } catch (error) {
    return error instanceof SyntaxError ? {} : undefined;
  }
};

class NutgrafCatchUp extends HTMLElement {
  place = -1;

  connectedCallback() {
    this.scope = this.closest("[data-story]") ?? this.closest("main");
    this.line = this.querySelector("[role=status]");
    this.page = this.dataset.page;
    this.line.addEventListener("click", (event) => event.target.hash && this.go(event, 0));
    this.querySelector("[data-read]").addEventListener("click", () => this.read());
    addEventListener("keydown", (event) => this.key(event));
    const kept = recall();
    this.hasKey = !kept?.keyless;
    if (!kept || kept.off) return;
    this.visit(kept);
    document.addEventListener("visibilitychange", () => document.hidden && this.keep());
    addEventListener("nutgraf-arrived", () => this.show());
    this.show();
  }

  /* Of this page: what is compared with, by the newsroom's clock, and when that was by the reader's; what was the newest
     when it was loaded, and when the reader was last here. Two clocks are never compared with each other. */
  visit(kept) {
    const now = Date.now() / 1000;
    const newest = Math.max(0, ...Array.from(this.moments(), (part) => +part.dataset.at || 0));
    this.isFirst = !kept[this.page];
    const [since, when, seen, left] = kept[this.page] ?? [newest, now, newest, now];
    const upto = Math.max(seen, newest);
    this.entry = Math.abs(now - left) > AWAY ? [seen, left, upto, now] : [since, when, upto, now];
    this.keep();
  }

  keep() {
    const kept = recall();
    if (!kept || kept.off) return;
    this.entry[3] = Date.now() / 1000;
    kept[this.page] = this.entry.map(Math.round);
    const pages = Object.keys(kept).filter(isPage);
    pages.sort((one, other) => kept[other][3] - kept[one][3]).splice(0, MOST);
    for (const page of pages) delete kept[page];
    try {
      localStorage.setItem(KEY, JSON.stringify(kept));
    } catch {
      // It is full, and then the next visit is compared with an earlier one.
    }
  }

  read() {
    this.isFirst = false;
    if (this.entry) {
      this.entry[0] = this.entry[2];
      this.entry[1] = Date.now() / 1000;
      this.keep();
    }
    for (const mark of this.scope.querySelectorAll(".catch-up__new")) mark.remove();
    for (const part of this.moments()) delete part.dataset.new;
    delete this.dataset.since;
    this.show();
  }

  moments() {
    return this.scope.querySelectorAll("[data-at]");
  }

  /* A part is told once: not beside the whole that is new with it. */
  show() {
    // With a moment in the address the server has told it.
    if ("since" in this.dataset || !this.entry) return;
    const [since, when] = this.entry;
    const found = new Set();
    const told = this.moments();
    for (const part of told) {
      const at = +part.dataset.at;
      if (!(at > since) || part.parentElement.closest("[data-new]")) continue;
      found.add(this.dataset.moments ? at : part);
      if ("new" in part.dataset) continue;
      part.dataset.new = "";
      const mark = document.createElement("span");
      mark.className = "catch-up__new";
      mark.textContent = this.dataset.mark;
      part.prepend(mark);
    }
    if (this.isFirst && !found.size) return;
    const hasMore = found.size === told.length && this.scope.querySelector("[data-more] a");
    this.tell(found.size, hasMore ? "+" : "", when);
  }

  tell(number, more, when) {
    const language = document.documentElement.lang;
    const { other, [number ? new Intl.PluralRules(language).select(number) : "none"]: words = other } = this.dataset;
    const link = document.createElement(number ? "a" : "span");
    link.textContent = words.replace("%n", number + more).replace("%t", this.moment(when, language));
    if (number) link.href = "#new";
    this.line.replaceChildren(link);
    if (!number || !this.dataset.moments) return;
    const whole = link.cloneNode();
    whole.href = `?since=${this.entry[0]}`;
    whole.textContent = this.dataset.moments;
    this.line.append(" ", whole);
  }

  moment(when, language) {
    const at = new Date(when * 1000);
    const days = (Date.now() - at) / 864e5;
    if (days < 0) return this.dataset.visit;
    if (days > 6) return at.toLocaleDateString(language, { dateStyle: "long" });
    const weekday = at.getDate() === new Date().getDate() ? undefined : "long";
    return at.toLocaleString(language, { weekday, hour: "numeric", minute: "2-digit" });
  }

  key(event) {
    const step = { n: 1, N: -1 }[event.key];
    if (!step || !this.hasKey || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!event.target.closest?.("input, textarea, select, [contenteditable]")) this.go(event, this.place + step);
  }

  go(event, place) {
    const parts = this.scope.querySelectorAll("[data-new]");
    if (!parts.length) return;
    event.preventDefault();
    this.place = (place + parts.length) % parts.length;
    const part = parts[this.place];
    part.tabIndex = -1;
    part.focus();
  }
}

customElements.define("nutgraf-catch-up", NutgrafCatchUp);
