/* The switches of catching up, and what it keeps: read and changed in this browser, where it lies. */

const KEY = "nutgraf catch-up";

class NutgrafCatchUpSwitch extends HTMLElement {
  connectedCallback() {
    this.status = this.querySelector("[role=status]");
    const [isOn, hasKey] = this.querySelectorAll("input");
    const kept = this.recall();
    this.querySelector("fieldset").hidden = !kept;
    if (!kept) return this.say(this.dataset.forbidden);
    isOn.checked = !kept.off;
    hasKey.checked = !kept.keyless;
    isOn.addEventListener("change", () => this.keep(isOn.checked ? {} : { off: 1 }, hasKey.checked));
    hasKey.addEventListener("change", () => this.keep(this.recall() ?? {}, hasKey.checked));
    this.querySelector("button").addEventListener("click", () => this.keep(isOn.checked ? {} : { off: 1 }, hasKey.checked));
    this.say(this.pages(kept));
  }

  recall() {
    try {
      return { ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
    } catch (error) {
      return error instanceof SyntaxError ? {} : undefined;
    }
  }

  /* To turn it off forgets what was kept, too. */
  keep(kept, hasKey) {
    if (hasKey) delete kept.keyless;
    else kept.keyless = 1;
    try {
      localStorage.setItem(KEY, JSON.stringify(kept));
      this.say(this.pages(kept));
    } catch {
      this.say(this.dataset.forbidden);
    }
  }

  pages(kept) {
    return this.dataset.pages.replace("%s", Object.keys(kept).filter((page) => page[0] === "/").length);
  }

  say(text) {
    this.status.textContent = text;
  }
}

customElements.define("nutgraf-catch-up-switch", NutgrafCatchUpSwitch);
