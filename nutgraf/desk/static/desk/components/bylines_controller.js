// Sign a story: a chosen name joins the line, its cross or a Backspace takes it off.
import { find } from "./suggest.js";

const { Controller } = window.StimulusModule;

class BylinesController extends Controller {
  static targets = ["names", "next", "template", "unknown"];

  /** A name was taken from the list. */
  add({ detail: { key, value } }) {
    this.nextTarget.value = "";
    this.unknownTarget.hidden = true;
    const isThere = [...this.namesTarget.querySelectorAll("input")].some((input) => input.value === key);
    if (isThere) return;
    const item = this.templateTarget.content.firstElementChild.cloneNode(true);
    item.querySelector("input").value = key;
    item.querySelector("span").textContent = value;
    const drop = item.querySelector("button");
    drop.setAttribute("aria-label", drop.dataset.words.replace("%", () => value));
    this.namesTarget.append(item);
    this.tell();
  }

  /** Whoever typed a whole name and went on meant that name. */
  settle() {
    const typed = this.nextTarget.value.trim();
    const known = typed && find(this.options, typed);
    if (known) this.add({ detail: known });
    else this.unknownTarget.hidden = !typed;
  }

  press(event) {
    if (event.key === "Backspace" && !this.nextTarget.value && this.namesTarget.lastElementChild) {
      this.namesTarget.lastElementChild.remove();
      this.tell();
    }
    if (event.key === "," && find(this.options, this.nextTarget.value)) {
      event.preventDefault();
      this.settle();
    }
  }

  drop(event) {
    event.currentTarget.closest("li").remove();
    this.nextTarget.focus();
    this.tell();
  }

  get options() {
    const all = this.element.querySelector("datalist").options;
    return [...all].map((option) => ({ value: option.value, key: option.dataset.key }));
  }

  tell() {
    // Hidden fields say nothing of their own accord, and the draft has to be saved.
    this.namesTarget.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

window.wagtail.app.register("ng-bylines", BylinesController);
