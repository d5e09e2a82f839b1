// The inbox of the wire by keyboard: j and k go down and up, t takes, x puts away; what is put away leaves the list at once.
const { Controller } = window.StimulusModule;

class WireController extends Controller {
  static targets = ["item"];

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const act = { j: () => this.go(1), k: () => this.go(-1), t: () => this.send("take"), x: () => this.send("dismiss") }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  get place() {
    return this.itemTargets.findIndex((item) => item.contains(document.activeElement));
  }

  go(step) {
    const place = this.place;
    this.focus(place < 0 ? 0 : Math.min(Math.max(place + step, 0), this.itemTargets.length - 1));
  }

  focus(place) {
    const link = this.itemTargets[place]?.querySelector("a");
    link?.focus();
    link?.scrollIntoView({ block: "nearest" });
  }

  send(what) {
    this.itemTargets[this.place]?.querySelector(`[data-ng-wire-${what}]`)?.requestSubmit();
  }

  /** Without an answer the form goes its own way, so that what is wrong is said. */
  async dismiss(event) {
    event.preventDefault();
    const form = event.target;
    const item = form.closest("li");
    try {
      const headers = { "X-Requested-With": "XMLHttpRequest" };
      const response = await fetch(form.action, { method: "POST", body: new FormData(form), headers });
      if (response.status !== 204) throw new Error(response.statusText);
      const place = this.itemTargets.indexOf(item);
      item.remove();
      this.focus(Math.min(place, this.itemTargets.length - 1));
    } catch {
      form.submit();
    }
  }
}

function isTyping(element) {
  return element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);
}

window.wagtail.app.register("ng-wire", WireController);
