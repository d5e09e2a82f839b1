// The way to the pane for copy: the button in the form, what the form says of copy that was accepted, and the way back.
//
//   Alt C         open the pane
import { form, restore } from "./copy_form.js";

const { Controller } = window.StimulusModule;

class CopyDoorController extends Controller {
  static targets = ["template", "left", "said", "lines", "undone"];

  connect() {
    // Outside the form, so that what is typed there is no change of the story.
    this.pane = this.templateTarget.content.firstElementChild.cloneNode(true);
    document.body.append(this.pane);
    this.pasted = (event) => this.takePaste(event);
    form().elements.title.addEventListener("paste", this.pasted);
  }

  disconnect() {
    this.pane.remove();
    form()?.elements.title.removeEventListener("paste", this.pasted);
  }

  get copy() {
    return window.wagtail.app.getControllerForElementAndIdentifier(this.pane, "ng-copy");
  }

  open() {
    this.copy.open();
  }

  press(event) {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.code !== "KeyC") return;
    if (document.querySelector("dialog[open], .modal.in")) return;
    event.preventDefault();
    this.open();
  }

  /** A whole story pasted where its headline goes is copy. */
  takePaste(event) {
    const lines = event.clipboardData.getData("text/plain").split("\n").filter((line) => line.trim());
    // Two might be a headline that was broken.
    if (lines.length < 3) return;
    event.preventDefault();
    this.copy.openWith(event.clipboardData);
  }

  say({ detail: { before, left, phrases } }) {
    this.before = before;
    this.undoneTarget.textContent = "";
    this.undoneTarget.classList.add("w-sr-only");
    this.saidTarget.textContent = left.length ? `${phrases.taken} ${phrases.left}` : phrases.taken;
    this.linesTarget.replaceChildren(...left.map(line));
    this.leftTarget.hidden = false;
    form().elements.title.focus({ preventScroll: true });
    this.leftTarget.scrollIntoView({ block: "nearest" });
  }

  undo() {
    const isKept = restore(this.before.fields);
    this.copy.put(this.before.text, this.before.form);
    this.dismiss();
    const { words, kept } = this.undoneTarget.dataset;
    this.undoneTarget.textContent = isKept ? kept : words;
    this.undoneTarget.classList.toggle("w-sr-only", !isKept);
  }

  dismiss() {
    this.leftTarget.hidden = true;
    this.before = null;
    form().elements.title.focus({ preventScroll: true });
  }
}

function line({ text, reason }) {
  const item = document.createElement("li");
  const why = document.createElement("span");
  why.className = "ng-copy-left__reason";
  why.textContent = reason;
  item.append(text, " ", why);
  return item;
}

window.wagtail.app.register("ng-copy-door", CopyDoorController);
