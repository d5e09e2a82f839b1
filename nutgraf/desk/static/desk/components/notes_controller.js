// Notes beside the story form: wait for a pause, ask the server, show what it says. The rules are in Python.
import { find, show, unfold, unmark } from "./notes.js";

const { Controller } = window.StimulusModule;
const PAUSE_MS = 600;
const WRITING = ["input", "change", "w-unsaved:add"];
// How long the panel takes to open, at most.
const OPENED_MS = 1000;
const TOGGLE = '[data-side-panel-toggle="notes"]';
// Below this the side panel lies over the form.
const NARROW = "(max-width: 49.99rem)";
// Wagtail puts a new panel in the place of this one when a story is saved for the first time.
let latest = null;

class NotesController extends Controller {
  static targets = ["list", "said", "trouble"];
  static values = { url: String };

  connect() {
    this.wrote = () => this.wait();
    WRITING.forEach((name) => document.addEventListener(name, this.wrote));
    this.pressed = (event) => this.press(event);
    document.addEventListener("keydown", this.pressed);
    this.left = () => this.swap();
    this.element.addEventListener("focusout", this.left);
    this.opened = (event) => this.enter(event);
    document.addEventListener("click", this.opened);
    if (latest) this.resume();
    this.wait();
  }

  disconnect() {
    WRITING.forEach((name) => document.removeEventListener(name, this.wrote));
    this.element.removeEventListener("focusout", this.left);
    document.removeEventListener("click", this.opened);
    clearTimeout(this.timer);
    this.asking?.abort();
  }

  /** A panel that was opened by a key is gone into by keys: all of Wagtail's header would stand between. */
  enter({ target, detail }) {
    const toggle = target.closest?.(TOGGLE);
    if (detail === 0 && toggle?.getAttribute("aria-expanded") === "true") this.reach(toggle, performance.now() + OPENED_MS);
  }

  /** The panel is seen only when it has slid in; whoever has gone elsewhere meanwhile is left alone. */
  reach(toggle, latest) {
    requestAnimationFrame((now) => {
      if (document.activeElement !== toggle || now > latest) return;
      (this.listTarget.querySelector(".ng-note__go") || this.listTarget).focus();
      if (document.activeElement === toggle) this.reach(toggle, latest);
    });
  }

  /** Back to the button that opened it; the notes stay open. */
  leave(event) {
    if (event.defaultPrevented || !document.querySelector(TOGGLE)) return;
    event.stopPropagation();
    document.querySelector(TOGGLE).focus();
  }

  get form() {
    return document.querySelector("form[data-edit-form]");
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE_MS);
  }

  async ask({ isForced = false } = {}) {
    const data = new FormData(this.form);
    // Rich text is sent as it is typed; a file is of no use here.
    const body = new URLSearchParams([...data].filter(([, value]) => typeof value === "string"));
    if (!isForced && body.toString() === this.asked) return;
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const response = await fetch(this.urlValue, { method: "POST", body, signal: this.asking.signal, headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (!response.ok) throw new Error(response.statusText);
      const answer = await response.json();
      this.asked = body.toString();
      this.troubleTarget.hidden = true;
      this.take(answer);
    } catch (error) {
      if (error.name !== "AbortError") this.troubleTarget.hidden = false;
    }
  }

  /** Show at once what stood in the panel before this one, till the server has been asked again. */
  resume() {
    this.answer = latest.html;
    this.count(latest.count, latest.stops);
    this.redraw(document.activeElement);
  }

  take(answer) {
    const { count, stops, html } = answer;
    latest = answer;
    this.answer = html;
    this.count(count, stops);
    this.swap();
  }

  /** Show the newest list, unless somebody is just writing a reason in the one that is there. */
  swap() {
    requestAnimationFrame(() => {
      const active = document.activeElement;
      if (!this.answer || (this.listTarget.contains(active) && active.matches("input"))) return;
      const isNew = this.shown !== this.answer;
      if (isNew) this.redraw(active);
    });
  }

  redraw(active) {
    const open = new Set([...this.listTarget.querySelectorAll("details[data-ng-notes-fold][open]")].map((fold) => fold.dataset.ngNotesFold));
    const path = this.listTarget.contains(active) ? active.closest(".ng-note")?.querySelector(".ng-note__go")?.dataset : null;
    this.shown = this.answer;
    this.listTarget.innerHTML = this.answer;
    this.listTarget.querySelectorAll("details[data-ng-notes-fold]").forEach((fold) => { fold.open = open.has(fold.dataset.ngNotesFold); });
    if (path) this.refocus(path);
  }

  /** Whoever was on a note stays on it, or on the one that took its place. */
  refocus({ ngNotesPathParam, ngNotesWordsParam }) {
    const notes = [...this.listTarget.querySelectorAll(".ng-note__go")];
    const same = notes.find(({ dataset }) => dataset.ngNotesPathParam === ngNotesPathParam && dataset.ngNotesWordsParam === ngNotesWordsParam);
    (same || notes[0])?.focus({ preventScroll: true });
  }

  count(count, stops) {
    const toggle = document.querySelector('[data-side-panel-toggle="notes"] [data-side-panel-toggle-counter]');
    if (toggle) {
      toggle.textContent = count;
      toggle.hidden = !count;
      toggle.classList.toggle("w-bg-critical-200", stops > 0);
      toggle.classList.toggle("w-bg-surface-button-default", !stops);
    }
    if (count === this.told) return;
    this.told = count;
    const { none, one, many } = this.saidTarget.dataset;
    this.saidTarget.textContent = [none, one][count] || many.replace("%", count);
  }

  go({ params: { path, start, words } }) {
    const element = find(this.form, path);
    if (!element) return;
    if (window.matchMedia(NARROW).matches) document.querySelector("[data-form-side-close-button]")?.click();
    unfold(element);
    unmark();
    // A part that was folded is drawn only now.
    requestAnimationFrame(() => show(element, String(words ?? ""), start));
    clearTimeout(this.marked);
    this.marked = setTimeout(unmark, 8000);
  }

  /** Alt Y takes the first suggestion, wherever one writes. */
  press(event) {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyY") return;
    const first = this.listTarget.querySelector(".ng-suggestion__join");
    if (!first) return;
    event.preventDefault();
    first.click();
  }

  /** Tick a storyline in the form, as if by hand. */
  join({ params: { storyline } }) {
    const box = this.form.querySelector(`input[name=storyline_places][value="${storyline}"]`);
    if (!box || box.checked) return;
    box.click();
    this.settle();
  }

  /** Put what the other story has into the field, as if it had been typed. */
  takeOver({ params: { path, value } }) {
    const element = find(this.form, path);
    const field = element?.matches("input, textarea") ? element : element?.querySelector("input:not([type=hidden]), textarea");
    if (!field) return;
    unfold(field);
    field.value = value;
    ["input", "change"].forEach((name) => field.dispatchEvent(new Event(name, { bubbles: true })));
    requestAnimationFrame(() => show(field, "", 0));
  }

  /** Whoever opens the way to waive a note wants to write the reason. */
  unfolded({ target }) {
    if (target.open) target.querySelector("[name=reason]").focus({ preventScroll: true });
  }

  fold(event) {
    event.stopPropagation();
    event.currentTarget.open = false;
    event.currentTarget.querySelector("summary").focus();
  }

  async waive(event) {
    event.preventDefault();
    const form = event.target;
    const error = await this.send("waive/", new FormData(form));
    if (error) {
      const place = form.querySelector("[data-error]");
      place.textContent = error;
      place.hidden = false;
      return;
    }
    form.querySelector("[name=reason]").blur();
    await this.ask({ isForced: true });
    this.settle();
  }

  async takeBack({ params: { waiver } }) {
    const data = new FormData();
    data.set("waiver", waiver);
    const error = await this.send("take-back/", data);
    if (error) return;
    await this.ask({ isForced: true });
    this.settle();
  }

  /** The note that was acted on is gone, and the cursor with it: go to the next, or to the panel. */
  settle() {
    requestAnimationFrame(() => requestAnimationFrame(() => {
      if (document.activeElement !== document.body) return;
      const next = this.listTarget.querySelector(".ng-note__go, summary");
      next?.focus({ preventScroll: true });
    }));
  }

  /** Send a decision; return what the server has against it, if anything. */
  async send(step, data) {
    const token = this.form.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { "X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest" };
    try {
      const response = await fetch(this.urlValue + step, { method: "POST", body: data, headers });
      if (response.ok) return "";
      return (await response.json()).error;
    } catch {
      this.troubleTarget.hidden = false;
      return this.troubleTarget.textContent;
    }
  }
}

window.wagtail.app.register("ng-notes", NotesController);
