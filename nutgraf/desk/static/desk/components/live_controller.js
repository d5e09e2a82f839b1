// The page of a live story: Ctrl and Enter publish, copy is pasted as text, and what other editors file comes by itself.
const { Controller } = window.StimulusModule;
const ASK_MS = 3000;

class LiveController extends Controller {
  static targets = ["form", "text", "list", "said", "trouble", "over"];
  static values = { url: String, clipboard: String, cursor: Number };

  connect() {
    this.timer = setInterval(() => !document.hidden && this.ask(), ASK_MS);
  }

  disconnect() {
    clearInterval(this.timer);
  }

  press(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.formTarget.requestSubmit();
  }

  /** What comes with markup keeps its bold, its links and its bullets, as text. */
  async paste(event) {
    const html = event.clipboardData.getData("text/html");
    if (!html) return;
    const plain = event.clipboardData.getData("text/plain");
    event.preventDefault();
    const token = this.formTarget.querySelector("[name=csrfmiddlewaretoken]").value;
    const body = new URLSearchParams({ "copy-html": html.replace(/src="data:[^"]*"/g, "") });
    let text = plain;
    try {
      const response = await fetch(this.clipboardValue, { method: "POST", body, headers: { "X-CSRFToken": token } });
      if (response.ok) ({ text } = await response.json());
    } catch {
      this.troubleTarget.hidden = false;
    }
    this.textTarget.setRangeText(text, this.textTarget.selectionStart, this.textTarget.selectionEnd, "end");
  }

  async ask() {
    try {
      const response = await fetch(`${this.urlValue}?after=${this.cursorValue}`, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (!response.ok) throw new Error(response.statusText);
      this.take(await response.json());
      this.troubleTarget.hidden = true;
    } catch {
      this.troubleTarget.hidden = false;
    }
  }

  take({ cursor, entries, isOpen }) {
    if (cursor === this.cursorValue) return;
    if (this.hasOverTarget && this.overTarget.hidden === !isOpen) this.end(!isOpen);
    this.cursorValue = cursor;
    for (const entry of entries) this.put(entry);
    if (entries.length) this.saidTarget.textContent = this.saidTarget.dataset.words;
  }

  /** Said beside what somebody is typing, which stays. */
  end(isOver) {
    this.overTarget.hidden = !isOver;
    this.overTarget.textContent = isOver ? this.overTarget.dataset.words : "";
  }

  put({ id, at, html }) {
    const frame = document.createElement("template");
    frame.innerHTML = html;
    const item = frame.content.firstElementChild;
    const here = document.getElementById(`entry-${id}`);
    // Whoever is writing there is not interrupted; the server says what became of it.
    if (here?.querySelector("details[open]") || here?.contains(document.activeElement)) return;
    const next = [...this.listTarget.children].find((other) => Number(other.dataset.when) <= at);
    if (here) here.replaceWith(item);
    else if (next) next.before(item);
    else this.listTarget.append(item);
  }
}

window.wagtail.app.register("ng-live", LiveController);
