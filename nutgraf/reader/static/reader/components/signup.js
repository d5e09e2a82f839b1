/* Says when somebody began to fill in a sign-up form, which a page that is kept ready to send cannot say itself. */

class NutgrafSignup extends HTMLElement {
  connectedCallback() {
    // Somebody may have begun before this script came.
    if (this.contains(document.activeElement)) this.begin();
    else this.addEventListener("focusin", () => this.begin(), { once: true });
  }

  /* Without an answer the form works all the same: a second page asks once more. */
  async begin() {
    const answer = await fetch(this.dataset.stamp, { cache: "no-store" }).catch(() => undefined);
    if (answer?.ok) this.querySelector("[name=stamp]").value = await answer.text();
  }
}

customElements.define("nutgraf-signup", NutgrafSignup);
