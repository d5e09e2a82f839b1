// Put what is suggested at the end of an edition's items, by Wagtail's own way to add a block.
const { Controller } = window.StimulusModule;

class EditionController extends Controller {
  static targets = ["said"];

  add(event) {
    const button = event.currentTarget;
    const { type, value } = JSON.parse(button.dataset.item);
    const items = window.wagtail.editHandler.getPanelByName("items").getBoundWidget();
    items.insert({ type, value, id: null }, items.children.length, { animate: true });
    button.disabled = true;
    const name = button.closest("li").querySelector(".ng-offers__what").firstChild.textContent.trim();
    this.saidTarget.textContent = this.saidTarget.dataset.added.replace("%s", name);
  }
}

window.wagtail.app.register("ng-edition", EditionController);
