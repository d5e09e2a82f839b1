// A button that sends a form waits until the form holds every word that is seen in it and Wagtail has saved what it was saving.

// Rich text is handed to the form a quarter of a second after it was typed.
const HANDED_MS = 300;
const WORDS = ".public-DraftEditor-content";
const LONGEST_SAVE_MS = 10_000;

export function sendWhole(form) {
  let changedAt = -Infinity;
  const isWords = ({ target }) => (target.closest ? target : target.parentElement)?.closest(WORDS);
  const watcher = new MutationObserver((changes) => {
    if (changes.some(isWords)) changedAt = performance.now();
  });
  watcher.observe(form, { subtree: true, childList: true, characterData: true });

  const part = (name) => window.wagtail.app.getControllerForElementAndIdentifier(form, name);
  const autosave = () => part("w-autosave");
  let givesUpAt = null;
  const hold = (event) => {
    const button = event.target.closest("[type=submit]");
    if (!button) return;
    const wait = changedAt + HANDED_MS - performance.now();
    // What is saved for the first time while it is published would become two stories.
    const saved = autosave()?.submitPromise;
    givesUpAt ??= performance.now() + LONGEST_SAVE_MS;
    if (wait <= 0 && (!saved || performance.now() >= givesUpAt)) {
      givesUpAt = null;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    Promise.race([wait > 0 ? later(wait) : saved, later(LONGEST_SAVE_MS)]).then(() => button.click());
  };
  form.addEventListener("click", hold, { capture: true });
  form.addEventListener("submit", (event) => event.defaultPrevented || setAutosaving(false));
  // The same page again, by the browser's own way back.
  window.addEventListener("pageshow", (event) => event.persisted && setAutosaving(true));

  // What is changed while a save is under way is not yet saved, though Wagtail takes the form for saved as it then is.
  let sent = "";
  form.addEventListener("w-autosave:save", () => (sent = part("w-unsaved").formData));
  form.addEventListener("w-autosave:success", ({ detail }) => {
    const saved = new URLSearchParams(sent);
    for (const [name, value] of Object.entries(detail.data.field_updates ?? {})) if (saved.has(name)) saved.set(name, value);
    const before = saved.toString();
    setTimeout(() => Object.assign(part("w-unsaved"), { initialFormData: before, previousFormData: before }));
  });

  function setAutosaving(isOn) {
    const controller = autosave();
    if (controller) controller.activeValue = isOn;
  }
}

function later(ms) {
  return new Promise((done) => setTimeout(done, ms));
}
