/* Says a moment in a reader's terms ("9 hours ago"), and keeps it true while the page is open. */

const MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR, WEEK = 7 * DAY;

class NutgrafMoment extends HTMLElement {
  static all = new Set();
  static language = document.documentElement.lang || undefined;
  /* Not "yesterday": what was 26 hours ago may have been the day before that. */
  static words = new Intl.RelativeTimeFormat(NutgrafMoment.language, { numeric: "always" });

  static tell() {
    const now = Date.now() / 1000;
    for (const moment of NutgrafMoment.all) moment.tell(now);
  }

  connectedCallback() {
    this.time = this.querySelector("time");
    const at = Date.parse(this.time?.dateTime) / 1000;
    if (!at) return;
    this.at = at;
    // A card that was kept for the way back has its absolute text in the title already.
    this.absolute ??= this.time.title || this.time.textContent;
    NutgrafMoment.all.add(this);
    this.tell(Date.now() / 1000);
  }

  disconnectedCallback() {
    NutgrafMoment.all.delete(this);
  }

  tell(now) {
    const text = this.inWords(now - this.at);
    if (this.time.textContent !== text) this.time.textContent = text;
    if (text === this.absolute) this.time.removeAttribute("title");
    else this.time.title = this.absolute;
  }

  /* A clock that is a little slow must not put the news into the future. */
  inWords(age) {
    const { language, words } = NutgrafMoment;
    if (age < -MINUTE) return this.absolute;
    if (age < MINUTE) return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(0, "second");
    if (age < HOUR) return words.format(-Math.floor(age / MINUTE), "minute");
    if (age < DAY) return words.format(-Math.floor(age / HOUR), "hour");
    if (age < WEEK) return words.format(-Math.floor(age / DAY), "day");
    return this.time.dataset.date || this.absolute;
  }
}

customElements.define("nutgraf-moment", NutgrafMoment);
setInterval(NutgrafMoment.tell, 30_000);
addEventListener("pageshow", NutgrafMoment.tell);
document.addEventListener("visibilitychange", NutgrafMoment.tell);
/* Paper does not keep itself true. */
addEventListener("beforeprint", () => {
  for (const moment of NutgrafMoment.all) moment.time.textContent = moment.absolute;
});
addEventListener("afterprint", NutgrafMoment.tell);
