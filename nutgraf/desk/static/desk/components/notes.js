// Where a note belongs: from its path to the field in the form, and to the words in that field. No Stimulus in here.

const FIELDS = { headline: "title" };
const EDITABLE = "[contenteditable=true], textarea, input:not([type=hidden]), select";
const HIGHLIGHT = "ng-note";

/** Return the element that a path names: a field, or the part that it is in where it has none. */
export function find(form, path) {
  const [first, ...rest] = path.split("/");
  const name = FIELDS[first] || first;
  const top = form.querySelector(`[data-contentpath="${name}"]`) || form.elements.namedItem(name)?.closest(".w-panel, li, div");
  return top && rest.reduce((element, step) => inside(element, step), top);
}

/** A step is the id of a part or the name of a field; what is not there leaves one where one is. */
function inside(element, step) {
  const own = `[data-contentpath="${CSS.escape(step)}"]`;
  return element.querySelector(own) || partOf(element, step) || element;
}

function partOf(element, id) {
  const hidden = [...element.querySelectorAll("input[type=hidden]")].find((one) => one.value === id && one.name.endsWith("-id"));
  return hidden?.closest("[data-streamfield-child]");
}

/** Open whatever hides an element: the tab that it is on and every folded part round it. */
export function unfold(element) {
  const tab = element.closest("[role=tabpanel][hidden]");
  if (tab) document.querySelector(`[role=tab][aria-controls="${tab.id}"], [role=tab][href="#${tab.id}"]`)?.click();
  for (let panel = element.closest("[data-panel]"); panel; panel = panel.parentElement.closest("[data-panel]")) {
    const toggle = panel.querySelector(":scope > .w-panel__header [data-panel-toggle]");
    if (toggle?.getAttribute("aria-expanded") === "false") toggle.click();
  }
}

/** Put the cursor into a field, with the words of the note selected and marked. */
export function show(element, words, start) {
  const field = element.matches(EDITABLE) ? element : element.querySelector(EDITABLE) || element.querySelector("button");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  (field || element).scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  field?.focus({ preventScroll: true });
  if (!words || !field) return;
  if (field.isContentEditable) mark(field, words, start);
  else if (field.setSelectionRange) {
    const place = nearest(field.value, words, start);
    if (place >= 0) field.setSelectionRange(place, place + words.length);
  }
}

/** Take the marks off again. */
export function unmark() {
  CSS.highlights?.delete(HIGHLIGHT);
}

function mark(field, words, start) {
  const nodes = textNodes(field);
  const text = nodes.map((node) => node.data).join("").replace(/[^\S\u00a0\u202f]/g, " ");
  const place = nearest(text, words, start);
  if (place < 0) return;
  const range = new Range();
  range.setStart(...at(nodes, place));
  range.setEnd(...at(nodes, place + words.length));
  // The words are marked without a change to what the editor of rich text believes is its own.
  if (CSS.highlights) CSS.highlights.set(HIGHLIGHT, new Highlight(range));
  window.getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
}

function textNodes(field) {
  const walker = document.createTreeWalker(field, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) if (walker.currentNode.data) nodes.push(walker.currentNode);
  return nodes;
}

function at(nodes, place) {
  let left = place;
  for (const node of nodes) {
    if (left <= node.data.length) return [node, left];
    left -= node.data.length;
  }
  return [nodes.at(-1), nodes.at(-1).data.length];
}

/** The same words may stand there twice; spaces that were tidied away may have moved them. */
function nearest(text, words, start) {
  let best = -1;
  for (let place = text.indexOf(words); place >= 0; place = text.indexOf(words, place + 1)) {
    if (best < 0 || Math.abs(place - start) < Math.abs(best - start)) best = place;
  }
  return best;
}
