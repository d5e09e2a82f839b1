// The story form from a script: what it holds, filled with a reading, and as it was before.
// Fields are reached by Wagtail's panels (window.wagtail.editHandler), the body as one StreamField state.

const LINES = ["title", "short_head", "eyebrow", "section", "dateline_place", "dateline_date", "hero_caption", "hero_alt_text", "slug"];

export function form() {
  return document.querySelector("form[data-edit-form]");
}

/** Whether somebody has written anything: labels and the signature stand in an empty story, too. */
export function isBegun() {
  const body = document.querySelector('[data-contentpath="body"]');
  const fields = [...body.querySelectorAll("[contenteditable=true], textarea, input[type=text]")];
  const isWritten = fields.some((field) => !field.closest('[data-contentpath="label"]') && (field.value ?? field.textContent).replace(/[\s\u200b\ufeff]/g, ""));
  return isWritten || Boolean(form().elements.title.value.trim()) || Boolean(lede().draftailEditor.getEditorState().getCurrentContent().hasText());
}

/** Everything that a reading can change, to be put back by `restore`. */
export function snapshot() {
  const lines = LINES.filter(field).map((name) => [name, field(name).value]);
  return { lines, lede: lede().draftailEditor.getEditorState(), body: body().getState(), authors: signed(), address: window.location.pathname };
}

export function fill({ fields, authors }, { isAdded }) {
  // As before a first letter that is typed: copy that comes sooner than Wagtail looks is a change, too.
  field("title").dispatchEvent(new Event("beforeinput", { bubbles: true }));
  LINES.filter((name) => name in fields && field(name)).forEach((name) => write(name, fields[name]));
  if (fields.lede) lede().draftailEditor.onChange(window.Draftail.createEditorStateFromRaw(fields.lede));
  if (fields.body) body().setState(fields.body);
  if (authors.length) sign(isAdded ? [...signed(), ...authors] : authors);
}

/** Put everything back; say whether the headline stayed, as it does in a draft that was saved meanwhile: none is without. */
export function restore(before) {
  const isSaved = before.address !== window.location.pathname;
  const isKept = isSaved && before.lines.some(([name, value]) => name === "title" && !value.trim());
  before.lines.filter(([name]) => !(isKept && (name === "title" || name === "slug"))).forEach(([name, value]) => write(name, value));
  lede().draftailEditor.onChange(before.lede);
  body().setState(before.body);
  sign(before.authors);
  return isKept;
}

function field(name) {
  return form().elements[name];
}

function write(name, value) {
  const element = field(name);
  if (element.value === value) return;
  element.value = value;
  // The slug follows the headline, drafts save themselves, notes look again: all of them wait for these.
  ["input", "keyup", "change", "blur"].forEach((event) => element.dispatchEvent(new Event(event, { bubbles: event !== "blur" })));
}

function panel(name) {
  return window.wagtail.editHandler.getPanelByName(name);
}

function lede() {
  return panel("lede").getBoundWidget().input;
}

function body() {
  return panel("body").getBoundWidget();
}

function bylines() {
  const element = document.querySelector('[data-controller~="ng-bylines"]');
  return window.wagtail.app.getControllerForElementAndIdentifier(element, "ng-bylines");
}

function signed() {
  return [...bylines().namesTarget.children].map((item) => ({ key: item.querySelector("input").value, value: item.querySelector("span").textContent }));
}

function sign(authors) {
  bylines().namesTarget.replaceChildren();
  authors.forEach((detail) => bylines().add({ detail }));
  bylines().tell();
}
