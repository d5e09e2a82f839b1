// File a story without taking the hands from the keys.
//
//   Enter               in a line: on to the next field; in a bullet: the next bullet
//   Alt Enter           a bullet under this text, or under this bullet
//   Ctrl Enter          choose what comes after this part; Enter once more for a point
//   Ctrl Shift Enter    the button at the foot: submit, publish or approve
//   Backspace           in an empty bullet: take it away
//
// It presses the buttons that a mouse would press, so it knows nothing that the page does not show.

import { sendWhole } from "./sending.js";

const { Controller } = window.StimulusModule;
const FIELDS = "input:not([type=hidden]):not([type=checkbox]), textarea, select, [contenteditable=true]";
const PART = "[data-streamfield-child]";
// Wagtail looks two seconds after it has loaded at how the form is, and half a second later for the first change.
const LOOKED_MS = 2250;

class FilingController extends Controller {
  connect() {
    // The browser looks for it while the tab that holds it is still closed.
    requestAnimationFrame(() => this.element.querySelector("[autofocus]")?.focus());
    this.looksAt = performance.now() + LOOKED_MS;
    this.element.addEventListener("beforeinput", () => this.keepFirstWords(), { once: true, capture: true });
  }

  /** Whoever types sooner than Wagtail looks would otherwise be neither saved nor warned. */
  keepFirstWords() {
    const unsaved = this.application.getControllerForElementAndIdentifier(this.element.closest("form"), "w-unsaved");
    if (!unsaved || unsaved.initialFormData) return;
    const before = unsaved.formData;
    setTimeout(() => {
      unsaved.initialFormData = before;
      unsaved.previousFormData = before;
    }, this.looksAt - performance.now());
  }

  press(event) {
    if (event.isComposing || event.defaultPrevented) return;
    const move = this.moveFor(event);
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  }

  moveFor(event) {
    const { target } = event;
    const isMod = event.ctrlKey || event.metaKey;
    const bullet = this.bulletOf(target);
    if (event.key === "Backspace") {
      return bullet && isEmpty(target) && !event.repeat ? () => this.takeAway(bullet) : null;
    }
    if (event.key !== "Enter") return null;
    if (isMod && event.shiftKey) return () => this.finish();
    if (target.closest("button, a, .Draftail-Toolbar, .Draftail-Tooltip")) return null;
    if (target.closest(".w-combobox")) return this.firstChoice(target);
    if (isMod) return () => this.chooseNext(target);
    if (event.altKey) return () => this.addBullet(target);
    if (event.shiftKey) return null;
    if (bullet && target.isContentEditable) return () => this.nextBullet(bullet, target);
    if (target.getAttribute("aria-expanded") === "true") return null;
    const isLine = target.matches("input") || target.matches("textarea[data-controller~=w-sync]");
    return isLine || this.isLede(target) ? () => this.nextField(target) : null;
  }

  nextField(target) {
    const fields = [...this.element.querySelectorAll(FIELDS)].filter((field) => field.offsetParent !== null);
    fields[fields.indexOf(target) + 1]?.focus();
  }

  chooseNext(target) {
    const part = this.partOf(target);
    const after = part ? part.nextElementSibling : this.body.querySelector("[data-streamfield-stream-container] > :last-child");
    after.querySelector("button")?.click();
  }

  /** A list of parts that was opened by a key goes on by keys; a mouse may stay where it is. */
  opened(event) {
    const menu = event.detail === 0 && event.target.closest(".c-sf-add-button")?._tippy?.popper;
    // Wagtail's list opens in its own time, and the one before it closes in its own: that one may still be there.
    if (menu) requestAnimationFrame(() => menu.querySelector(".w-combobox input")?.focus());
  }

  /** Enter without a word takes the first part offered, which is a point. */
  firstChoice(target) {
    const isOpen = !target.value && !target.getAttribute("aria-activedescendant");
    return isOpen ? () => target.closest(".w-combobox").querySelector("[role=option]")?.click() : null;
  }

  addBullet(target) {
    const part = this.bulletOf(target) || this.partOf(target);
    const list = part?.querySelector('[data-contentpath="bullets"] [data-streamfield-list-container]');
    list?.querySelector(":scope > [data-streamfield-list-add]:last-of-type")?.click();
  }

  nextBullet(bullet, target) {
    if (!isEmpty(target)) return bullet.nextElementSibling.click();
    // An empty bullet ends the list, as an empty line ends it everywhere.
    const part = this.partOf(bullet);
    this.takeAway(bullet);
    return this.chooseNext(part.querySelector(FIELDS));
  }

  takeAway(bullet) {
    const fields = [...this.element.querySelectorAll(FIELDS)].filter((field) => field.offsetParent !== null);
    const before = fields[fields.indexOf(bullet.querySelector(FIELDS)) - 1];
    bullet.querySelector('[data-streamfield-action="DELETE"]').click();
    before?.focus();
  }

  finish() {
    document.querySelector("footer .actions--primary button")?.click();
  }

  get body() {
    return this.element.querySelector('[data-contentpath="body"]');
  }

  isLede(target) {
    return target.isContentEditable && Boolean(target.closest('[data-contentpath="lede"]'));
  }

  bulletOf(target) {
    const item = target.closest(PART);
    return item?.closest("[data-contentpath]")?.dataset.contentpath === "bullets" ? item : listItem(item);
  }

  partOf(target) {
    let part = target.closest(PART);
    while (part?.parentElement.closest(PART)) part = part.parentElement.closest(PART);
    return part;
  }
}

/** The list item itself carries a content path of its own, so look at what holds it. */
function listItem(item) {
  return item?.parentElement.matches("[data-streamfield-list-container]") ? item : null;
}

function isEmpty(target) {
  return target.isContentEditable && !target.textContent.replace(/[\s\u200b\ufeff]/g, "");
}

window.wagtail.app.register("ng-filing", FilingController);
// Both halves of the form have these keys; its buttons are pressed once.
sendWhole(document.querySelector("form[data-edit-form]"));
