// Rich text is handed to the form a quarter of a second after it was typed; a button pressed sooner waits for that.

const HANDED_MS = 300;
const WORDS = ".public-DraftEditor-content";

/** Have the buttons that send a form wait until it holds every word that is seen in it. */
export function sendEveryWord(form) {
  let changedAt = -Infinity;
  const isWords = ({ target }) => (target.closest ? target : target.parentElement)?.closest(WORDS);
  const watcher = new MutationObserver((changes) => {
    if (changes.some(isWords)) changedAt = performance.now();
  });
  watcher.observe(form, { subtree: true, childList: true, characterData: true });
  const hold = (event) => {
    const button = event.target.closest("[type=submit]");
    const wait = changedAt + HANDED_MS - performance.now();
    if (!button || wait <= 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    setTimeout(() => button.click(), wait);
  };
  form.addEventListener("click", hold, { capture: true });
}
