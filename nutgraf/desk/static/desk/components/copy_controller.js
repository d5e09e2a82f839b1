// The pane for copy: read at each pause what is typed, show how, and put it into the form by one key.
//
//   Ctrl Enter    in the pane: into the form, or the drafts
//   Esc           close; the text is kept
import { at, draw, moved } from "./copy_marks.js";
import { fill, form, isBegun, snapshot } from "./copy_form.js";

const { Controller } = window.StimulusModule;
const PAUSE_MS = 250;

class CopyController extends Controller {
  static targets = ["said", "trouble", "marks", "words", "reading", "ways", "many", "accept", "aim", "phrases", "fetch"];
  static values = { read: String, clipboard: String, write: String, accept: String, drafts: String, longest: Number };

  connect() {
    this.known = [];
    this.form = "auto";
    this.text = this.wordsTarget.value;
  }

  disconnect() {
    clearTimeout(this.timer);
    this.asking?.abort();
  }

  open() {
    this.isBegun = isBegun();
    this.element.showModal();
    this.wordsTarget.focus();
    this.offer();
    if (!this.readingTarget.childElementCount) this.ask();
  }

  /** Open with a text that was pasted elsewhere. */
  openWith(data) {
    this.open();
    this.insertFrom(data);
  }

  close() {
    this.element.close();
  }

  closing() {
    // Nothing to ask: the text stays where it is.
  }

  press(event) {
    // The page's own keys are not for what is typed here.
    event.stopPropagation();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) {
      event.preventDefault();
      this.accept();
    }
  }

  // Writing

  wrote() {
    const text = this.wordsTarget.value;
    this.known = moved(this.known, this.text, text);
    this.text = text;
    if (!text.trim()) this.form = "auto";
    this.fetchTarget.hidden = !this.isBegun || Boolean(text.trim());
    draw(this.marksTarget, text, this.known);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE_MS);
  }

  paste(event) {
    if (!event.clipboardData.getData("text/html")) return;
    event.preventDefault();
    this.insertFrom(event.clipboardData);
  }

  async insertFrom(data) {
    const [html, plain] = [data.getData("text/html"), data.getData("text/plain")];
    // Pictures inside the clipboard's HTML are long, and copy has none.
    const answer = html && (await this.post(this.clipboardValue, { "copy-html": html.replace(/src="data:[^"]*"/g, "") }));
    if (answer) this.form = "markdown";
    const text = answer ? answer.text : plain;
    const words = this.wordsTarget;
    words.focus();
    // Marked as out of date, and the only way after which Ctrl Z takes it back.
    if (!document.execCommand("insertText", false, text)) words.setRangeText(text, words.selectionStart, words.selectionEnd, "end");
    this.wrote();
  }

  /** What is in the form, as copy: to be edited here and put back in its place. */
  async fetchStory() {
    const answer = await this.post(this.writeValue, this.written);
    if (!answer) return;
    this.put(answer.text);
    this.wordsTarget.focus();
    this.wordsTarget.setSelectionRange(0, 0);
    this.wordsTarget.closest(".ng-copy__text").scrollTop = 0;
    this.ask();
  }

  // Reading

  async ask() {
    const text = this.wordsTarget.value;
    if (text.length > this.longestValue) return this.complain(this.phrasesTarget.dataset.long);
    this.asking?.abort();
    this.asking = new AbortController();
    const answer = await this.post(this.readValue, this.copy, this.asking.signal);
    if (answer) this.take(answer, text);
    return answer;
  }

  take({ marks, html, stories, said }, text) {
    // Typed on since: the marks belong to the text as it was sent.
    this.known = moved(marks, text, this.wordsTarget.value);
    this.text = this.wordsTarget.value;
    draw(this.marksTarget, this.text, this.known);
    this.readingTarget.innerHTML = html;
    this.rows[0]?.setAttribute("tabindex", "0");
    if (this.saidTarget.textContent !== said) this.saidTarget.textContent = said;
    this.stories = stories;
    this.isFiled = false;
    this.offer();
  }

  get copy() {
    return { "copy-text": this.wordsTarget.value, "copy-form": this.form };
  }

  get rows() {
    return [...this.readingTarget.querySelectorAll("[data-copy-row]")];
  }

  // One thing on both sides

  follow() {
    this.light(at(this.known, this.wordsTarget.selectionStart)?.id, { isFromText: true });
  }

  point(event) {
    const under = document.elementsFromPoint(event.clientX, event.clientY).find((element) => element.dataset.mark);
    this.light(under?.dataset.mark, { isFromText: true, isPassing: true });
  }

  unpoint() {
    this.light(null);
  }

  show(event) {
    const row = event.target.closest("[data-copy-row]");
    if (row) this.light(row.dataset.copyRow, { isPassing: event.type === "mouseover" });
  }

  goTo(event) {
    const row = event.target.closest("[data-copy-row]");
    const mark = row && this.known.find(({ id }) => id === row.dataset.copyRow);
    if (!mark) return;
    this.wordsTarget.focus();
    this.wordsTarget.setSelectionRange(...mark.span);
  }

  step(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const { rows } = this;
    if (!by || !rows.length) return;
    event.preventDefault();
    const now = rows.indexOf(document.activeElement);
    const next = rows[Math.min(Math.max(now + by, 0), rows.length - 1)];
    rows.forEach((row) => row.setAttribute("tabindex", row === next ? "0" : "-1"));
    next.focus();
  }

  light(id, { isFromText = false, isPassing = false } = {}) {
    if (id === this.lit) return;
    this.lit = id;
    this.element.querySelectorAll(".is-lit").forEach((one) => one.classList.remove("is-lit"));
    if (!id) return;
    const row = this.rows.find((one) => one.dataset.copyRow === id);
    const marks = [...this.marksTarget.querySelectorAll(`[data-mark="${CSS.escape(id)}"]`)];
    [row, ...marks].forEach((one) => one?.classList.add("is-lit"));
    if (!isPassing) (isFromText ? row : marks[0])?.scrollIntoView({ block: "nearest" });
  }

  // Accepting

  offer() {
    this.fetchTarget.hidden = !this.isBegun || Boolean(this.wordsTarget.value.trim());
    const isSeveral = this.stories > 1;
    const ways = { drafts: isSeveral, first: isSeveral && !this.isBegun, replace: this.isBegun, add: this.isBegun };
    this.waysTarget.querySelectorAll("[data-way]").forEach((label) => {
      label.hidden = !ways[label.dataset.way];
      const words = label.querySelector("[data-one]");
      if (words) words.textContent = isSeveral ? words.dataset.several : words.dataset.one;
    });
    this.manyTarget.textContent = this.manyTarget.dataset.words.replace("%", this.stories);
    this.waysTarget.hidden = !(this.stories && (isSeveral || this.isBegun));
    // One key must not let a second story go by: what was chosen for one is not what is done with several.
    if (!ways[this.way] || isSeveral !== this.wasSeveral) {
      const way = isSeveral ? "drafts" : ways[this.chosen] ? this.chosen : "replace";
      this.waysTarget.querySelector(`[value=${way}]`).checked = true;
    }
    this.wasSeveral = isSeveral;
    this.acceptTarget.disabled = !this.stories || this.isFiled;
    this.choose();
  }

  choose(event) {
    if (event) this.chosen = this.way;
    this.aimTarget.textContent = this.way === "drafts" && this.stories > 1 ? this.aimTarget.dataset.drafts : this.aimTarget.dataset.form;
  }

  get way() {
    return this.waysTarget.querySelector("input:checked")?.value;
  }

  async accept() {
    if (this.isBusy || this.isFiled) return;
    this.isBusy = true;
    clearTimeout(this.timer);
    try {
      // What was typed a moment ago counts, too.
      const read = await this.ask();
      if (!read) return;
      if (!this.stories) this.complain(this.phrasesTarget.dataset.none);
      else await (this.way === "drafts" && this.stories > 1 ? this.file() : this.intoForm());
    } finally {
      this.isBusy = false;
    }
  }

  async intoForm() {
    const isAdded = this.isBegun && this.way === "add";
    const answer = await this.post(this.acceptValue, [...this.written, ...Object.entries(this.copy), ["copy-mode", isAdded ? "add" : "replace"]]);
    if (!answer) return;
    const before = { fields: snapshot(), text: this.wordsTarget.value, form: this.form };
    this.put(answer.rest, answer.rest ? this.form : "auto");
    this.close();
    // Looked at before it is changed: only so does the slug of a story that nobody has read follow its headline.
    form().elements.title.focus({ preventScroll: true });
    fill(answer, { isAdded });
    this.dispatch("taken", { target: window, detail: { before, left: answer.left, phrases: this.phrasesTarget.dataset } });
  }

  async file() {
    const answer = await this.post(this.draftsValue, this.copy);
    if (!answer) return;
    this.readingTarget.innerHTML = answer.html;
    this.saidTarget.textContent = answer.said;
    this.isFiled = true;
    this.acceptTarget.disabled = true;
    this.waysTarget.hidden = true;
    this.readingTarget.querySelector("a")?.focus();
  }

  /** Put a text into the pane; it is read when it is looked at. */
  put(text, readAs = "auto") {
    this.wordsTarget.value = text;
    this.text = text;
    this.form = readAs;
    this.known = [];
    this.stories = 0;
    this.saidTarget.textContent = "";
    this.readingTarget.replaceChildren();
    draw(this.marksTarget, text, []);
  }

  get written() {
    // In pairs: a story with two authors has two fields of one name.
    return [...new FormData(form())].filter(([, value]) => typeof value === "string");
  }

  async post(url, data, signal) {
    const token = form().elements.csrfmiddlewaretoken.value;
    const body = new URLSearchParams(Array.isArray(data) ? data : Object.entries(data));
    body.set("csrfmiddlewaretoken", token);
    try {
      const response = await fetch(url, { method: "POST", body, signal, headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
      const answer = response.headers.get("content-type")?.includes("json") ? await response.json() : null;
      this.complain(response.ok ? "" : answer?.refused || this.phrasesTarget.dataset.unreachable);
      return response.ok ? answer : null;
    } catch (error) {
      if (error.name !== "AbortError") this.complain(this.phrasesTarget.dataset.unreachable);
      return null;
    }
  }

  complain(sentence) {
    this.troubleTarget.textContent = sentence;
    this.troubleTarget.hidden = !sentence;
  }
}

window.wagtail.app.register("ng-copy", CopyController);
