// The page of what is being mailed: each delivery is put anew as it goes on, unless somebody is at work in it.
const { Controller } = window.StimulusModule;
const ASK_MS = 2000;

class MailController extends Controller {
  static targets = ["list", "trouble"];
  static values = { url: String };

  connect() {
    this.timer = setInterval(() => !document.hidden && this.ask(), ASK_MS);
  }

  disconnect() {
    clearInterval(this.timer);
  }

  async ask() {
    try {
      const response = await fetch(this.urlValue, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (!response.ok) throw new Error(response.statusText);
      this.put(await response.text());
      this.troubleTarget.hidden = true;
    } catch {
      this.troubleTarget.hidden = false;
    }
  }

  put(html) {
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    const found = [...fresh.content.querySelectorAll("article")];
    const shown = [...this.listTarget.querySelectorAll("article")];
    if (found.map((one) => one.id).join() !== shown.map((one) => one.id).join()) {
      this.listTarget.replaceChildren(fresh.content);
      return;
    }
    found.forEach((one, place) => {
      const old = shown[place];
      const isInUse = old.contains(document.activeElement) || old.querySelector("details[open]");
      if (!isInUse && plain(old) !== plain(one)) old.replaceWith(one);
    });
  }
}

/** What differs each time, and says nothing, is the token of the forms. */
function plain(article) {
  return article.innerHTML.replace(/value="\w{64}"/g, "");
}

window.wagtail.app.register("ng-mail", MailController);
