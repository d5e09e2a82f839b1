/* Says quietly that a live story has new entries while its page is open, and puts them in when the reader asks for it. */

const ASK_MS = 10_000, LONGEST_MS = 300_000;
const STEP = 25; // The server's own: cursors lead to the last of each.

class NutgrafLive extends HTMLElement {
  connectedCallback() {
    this.cursor = Number(this.dataset.cursor);
    this.entries = this.querySelector("[data-entries]");
    this.status = this.querySelector("[role=status]");
    this.fresh = new Map();
    this.pause = ASK_MS;
    this.turned = () => this.turn();
    document.addEventListener("visibilitychange", this.turned);
    addEventListener("pageshow", this.turned);
    // A page that holds a connection is not kept for the way back.
    addEventListener("pagehide", () => this.stop());
    this.turn();
  }

  /* Who looks elsewhere is told when they look here again. */
  turn() {
    this.stop();
    if (!document.hidden && !this.isOver) this.listen();
  }

  stop() {
    this.source?.close();
    this.source = null;
    clearTimeout(this.timer);
  }

  /* A server that cannot hold connections says so, and is asked now and again. */
  listen() {
    if (!window.EventSource) return this.ask();
    const source = (this.source = new EventSource(this.dataset.events));
    source.onmessage = (event) => this.take(JSON.parse(event.data));
    source.onerror = () => source.readyState === EventSource.CLOSED && source === this.source && this.ask();
  }

  async ask() {
    clearTimeout(this.timer);
    const isThere = await this.fetch(this.dataset.url);
    if (isThere && !this.isOver && !document.hidden) this.timer = setTimeout(() => this.ask(), this.pause * (0.9 + Math.random() / 5));
  }

  async fetch(address) {
    try {
      const answer = await fetch(address);
      if (answer.status === 404 || answer.status === 410) return false;
      if (!answer.ok) throw new Error(answer.statusText);
      this.pause = ASK_MS;
      await this.take(await answer.json(), address);
    } catch {
      this.pause = Math.min(2 * this.pause, LONGEST_MS);
    }
    return true;
  }

  async take(news, from) {
    if (news.cursor === this.cursor) return;
    // Another database, or more than is told at once: only the page itself has it all.
    const isLost = news.cursor < this.cursor || from?.includes("?");
    if (news.from > this.cursor && !isLost) {
      await this.fetch(`${this.dataset.url}?after=${this.cursor - (this.cursor % STEP)}`);
      return;
    }
    if (news.from > this.cursor || news.cursor < this.cursor) this.mustReload = true;
    for (const entry of news.entries) if (entry.change > this.cursor) this.fresh.set(entry.id, entry);
    this.cursor = news.cursor;
    this.top = news.top ?? this.top;
    this.isOver = news.ended;
    if (this.isOver) this.stop();
    this.tell();
  }

  tell() {
    const added = [...this.fresh.keys()].filter((id) => !document.getElementById(`entry-${id}`)).length;
    const words = JSON.parse(this.dataset.new);
    if (!this.button) {
      this.button = document.createElement("button");
      this.button.type = "button";
      this.button.className = "button button--firm live__button";
      this.button.addEventListener("click", () => this.show());
      this.status.append(this.button);
    }
    const { changed, over } = this.dataset;
    this.button.textContent = this.isOver ? over : added ? words[Math.min(added, words.length) - 1] : changed;
  }

  show() {
    if (this.mustReload) return location.reload();
    const items = [...this.fresh.values()].sort((one, other) => one.change - other.change).map((entry) => this.put(entry));
    if (this.top) this.querySelector("[data-top]").innerHTML = this.top;
    if (this.isOver) document.querySelector(".story__kicker .live__state")?.remove();
    this.fresh.clear();
    this.button.remove();
    this.button = null;
    const first = [...this.entries.children].find((item) => items.includes(item)) ?? this.querySelector("h2");
    first.tabIndex = -1;
    first.focus();
  }

  put({ id, at, html }) {
    const frame = document.createElement("template");
    frame.innerHTML = html;
    const item = frame.content.firstElementChild;
    item.classList.add("live-entry--new");
    const here = document.getElementById(`entry-${id}`);
    const next = [...this.entries.children].find((other) => Number(other.dataset.when) <= at);
    this.querySelector(".live__none")?.remove();
    if (here) here.replaceWith(item);
    else if (next) next.before(item);
    // What is older than all that is shown belongs to an earlier part.
    else if (!("goesOn" in this.entries.dataset)) this.entries.append(item);
    return item;
  }
}

customElements.define("nutgraf-live", NutgrafLive);
