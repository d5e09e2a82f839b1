/* Lets a stream go on by itself as its end comes near; the link under it does the same without scripts. */

const PAGES_UNASKED = 3; // Then the reader is asked, so that the foot of the page can be reached.

class NutgrafStream extends HTMLElement {
  connectedCallback() {
    this.stories = this.querySelector("ol");
    this.more = this.querySelector("[data-more]");
    this.status = this.querySelector("[role=status]");
    if (!this.stories || !this.more) return;
    this.key = `stream ${location.pathname}${location.search}`;
    this.left = navigator.connection?.saveData || matchMedia("(prefers-reduced-data: reduce)").matches ? 0 : PAGES_UNASKED;
    this.more.addEventListener("click", (event) => this.ask(event));
    // A busy browser reports several moves at once; the last one says where the end is now.
    const near = (moves) => moves.at(-1).isIntersecting && this.left > 0 && this.load();
    // Whoever is past the end, where the foot fills the screen, is near it too.
    this.watch = new IntersectionObserver(near, { rootMargin: "9999px 0px 75%" });
    addEventListener("pagehide", () => this.keep());
    if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") this.restore();
    this.watch.observe(this.more);
  }

  get link() {
    return this.more.querySelector("a");
  }

  async ask(event) {
    if (!event.target.closest("a") || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const latest = this.stories.lastElementChild;
    if (await this.load()) latest.nextElementSibling?.querySelector("h2 a, h3 a")?.focus();
  }

  async load() {
    const link = this.link;
    if (!link || this.isLoading) return false;
    this.isLoading = true;
    this.more.setAttribute("aria-busy", "true");
    this.say(this.dataset.loading);
    try {
      const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(answer.statusText);
      this.take(new DOMParser().parseFromString(await answer.text(), "text/html"));
      this.left -= 1;
    } catch {
      this.left = 0;
      link.textContent = this.dataset.retry;
      this.say(this.dataset.failed);
      return false;
    } finally {
      this.isLoading = false;
      this.more.removeAttribute("aria-busy");
    }
    // The end may still be in sight, and then nothing would call us again.
    this.watch.unobserve(this.more);
    this.watch.observe(this.more);
    return true;
  }

  take(page) {
    const shown = new Set([...document.querySelectorAll("[data-story]")].map((card) => card.dataset.story));
    const next = page.querySelector("nutgraf-stream");
    const arrived = [...(next?.querySelectorAll("ol > li") ?? [])].filter(
      (item) => !shown.has(item.querySelector("[data-story]")?.dataset.story),
    );
    this.hasGrown = true;
    this.stories.append(...arrived);
    dispatchEvent(new Event("nutgraf-arrived"));
    this.more.replaceChildren(...(next?.querySelector("[data-more]")?.childNodes ?? []));
    this.say(this.link ? this.dataset.arrived.replace("%s", arrived.length) : this.dataset.end, !this.link);
  }

  /* Said aloud to those who listen; shown too where it is all there is to see. */
  say(text, isShown = text === this.dataset.failed) {
    this.status.textContent = text;
    this.status.classList.toggle("out-of-sight", !isShown);
  }

  /* For the way back, where the browser does not keep the page itself: all the cards, since newer may have come first. */
  keep() {
    const kept = { stories: this.stories.innerHTML, more: this.more.innerHTML, left: this.left, y: scrollY };
    try {
      if (this.hasGrown) sessionStorage.setItem(this.key, JSON.stringify(kept));
      else sessionStorage.removeItem(this.key);
    } catch {
      // Without storage the browser still goes back, only to the first page of the stream.
    }
  }

  restore() {
    const kept = JSON.parse(sessionStorage.getItem(this.key) ?? "null");
    if (!kept) return;
    this.hasGrown = true;
    this.stories.innerHTML = kept.stories;
    this.more.innerHTML = kept.more;
    this.left = kept.left;
    history.scrollRestoration = "manual";
    scrollTo({ top: kept.y, behavior: "instant" });
  }
}

customElements.define("nutgraf-stream", NutgrafStream);
