// Offer the words of a datalist as one types, so that Enter or Tab takes the first.
//
// It sits on the whole form and follows the fields that are added later. An input
// without it keeps its datalist, and the browser's own way of offering it.
import { rank } from "./suggest.js";

const { Controller } = window.StimulusModule;
const LENGTH = 8;
let count = 0;

class SuggestController extends Controller {
  connect() {
    this.box = null;
    this.listen = (event) => this.begin(event.target);
    this.element.addEventListener("focusin", this.listen);
  }

  disconnect() {
    this.element.removeEventListener("focusin", this.listen);
    this.close();
  }

  begin(input) {
    const list = input.matches("input[list]") && input.list;
    if (!list) return;
    // Two offers at once would be one too many.
    input.removeAttribute("list");
    input.dataset.ngSuggest = list.id;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.addEventListener("input", (event) => event.isTrusted && this.offer(input));
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("blur", () => this.close());
  }

  options(input) {
    const all = document.getElementById(input.dataset.ngSuggest).options;
    return [...all].map((option) => ({ value: option.value, note: option.text, key: option.dataset.key }));
  }

  offer(input) {
    const typed = input.value.trim();
    const found = typed ? rank(this.options(input), typed).slice(0, LENGTH) : [];
    if (!found.length) return this.close();
    this.open(input, found);
  }

  press(event) {
    const input = event.currentTarget;
    const isOpen = this.box && this.input === input;
    if (event.key === "ArrowDown" && !isOpen) {
      event.preventDefault();
      const typed = input.value.trim();
      const found = typed ? rank(this.options(input), typed) : [];
      return this.open(input, found.length ? found : this.options(input));
    }
    if (!isOpen) return undefined;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.mark((this.active + step + this.found.length) % this.found.length);
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      event.stopPropagation();
      this.take(this.found[this.active]);
    } else if (event.key === "Tab" && !event.shiftKey) {
      this.take(this.found[this.active]);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
    }
    return undefined;
  }

  open(input, found) {
    this.close();
    this.input = input;
    this.found = found;
    this.box = document.createElement("ul");
    this.box.className = "ng-suggest";
    this.box.id = `ng-suggest-${(count += 1)}`;
    this.box.setAttribute("role", "listbox");
    this.box.append(...found.map((option, place) => this.item(option, place)));
    input.after(this.box);
    input.setAttribute("aria-expanded", "true");
    input.setAttribute("aria-controls", this.box.id);
    this.mark(0);
  }

  item(option, place) {
    const item = document.createElement("li");
    item.className = "ng-suggest__option";
    item.id = `${this.box.id}-${place}`;
    item.setAttribute("role", "option");
    const value = document.createElement("span");
    value.textContent = option.value;
    item.append(value);
    if (option.note) {
      const note = document.createElement("small");
      note.textContent = option.note;
      item.append(note);
    }
    // Before the input loses the focus, and with it the list.
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.take(option);
    });
    return item;
  }

  mark(place) {
    this.active = place;
    [...this.box.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === place)));
    const item = this.box.children[place];
    item.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", item.id);
  }

  take(option) {
    const { input } = this;
    this.close();
    input.value = option.value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    this.dispatch("chosen", { target: input, detail: option });
  }

  close() {
    if (!this.box) return;
    this.box.remove();
    this.box = null;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.input.removeAttribute("aria-controls");
  }
}

window.wagtail.app.register("ng-suggest", SuggestController);
