import { h } from "../dom.js";
import { mayRetry, problemView, wordsOf } from "./problems.js";
import { garmentLabel, garmentNotes, ghostGrid, layGarments, note, nothingView, photoStage, emptyStage, progressSteps, resultGrid, waysIn } from "./views.js";

/**
 * Draws each state of the lens into its shell; keeps no state of the search itself.
 * `on` has choose, camera, another, retry, close (in a sheet), pick(index) and select(event, product, position).
 */
export class Screens {
  #ui;
  #t;
  #limit;
  #on;
  #results;
  #about;
  #another;
  #moveMark;

  constructor({ ui, t, limit, on }) {
    this.#ui = ui;
    this.#t = t;
    this.#limit = limit;
    this.#on = on;
  }

  /** Tells a screen reader, politely. */
  say(text) {
    this.#ui.status.textContent = text;
  }

  ways() {
    this.say("");
    this.#show({ title: this.#t("first.title"), first: true }, waysIn(this.#t, { onchoose: this.#on.choose, oncamera: this.#on.camera }));
  }

  /** The photo (null while it is read) on one side, ghosts of results on the other; returns the progress words. */
  looking(photo) {
    const t = this.#t;
    const steps = progressSteps(t, this.#on.another);
    const stage = photo ? photoStage(t, photo) : emptyStage();
    stage.firstChild.append(h("div", { class: "glow" }));
    this.#show({ title: t("lens.looking"), line: true }, h("div", { class: "split" },
      h("div", { class: "query" }, stage, steps.node),
      h("div", { "aria-busy": "true" }, ghostGrid(this.#limit()))));
    this.say(t("lens.looking"));
    return steps;
  }

  /** Lays out the first answer to a photo; `results` then fills it. */
  answer(photo, { garments, width, height, found }) {
    const t = this.#t;
    const stage = photoStage(t, photo);
    this.#moveMark = found && garments.length ? layGarments(t, stage, { garments, width, height }, this.#on.pick) : () => {};
    this.#about = h("div", {});
    this.#results = h("div", {});
    this.#another = h("button", { class: "act plain", part: "action", type: "button", onclick: this.#on.another }, t("lens.another"));
    this.#show({ title: t("lens.yourPhoto") }, h("div", { class: "split" },
      h("div", { class: "query" }, stage, h("div", { class: "under" }, this.#about, this.#another)),
      this.#results));
  }

  /** Another garment of the same photo is being searched for. */
  lookingAgain(query, selected) {
    this.#choose(query, selected);
    this.#ui.title.textContent = this.#t("lens.looking");
    this.say(this.#t("lens.looking"));
    this.#results.setAttribute("aria-busy", "true");
    this.#results.replaceChildren(ghostGrid(this.#limit()));
  }

  results(query, selected, products) {
    const t = this.#t;
    const count = products.length;
    this.#choose(query, selected);
    this.#another.hidden = !count;
    this.#ui.title.textContent = count ? t(count === 1 ? "results.countOne" : "results.count", { count }) : t("lens.yourPhoto");
    const label = query.found ? garmentLabel(t, query.garments[selected]) : t("lens.noGarment");
    this.say(count ? t("results.countSaid", { count, label }) : t("lens.nothing") + ". " + t("lens.nothingHint"));
    this.#results.removeAttribute("aria-busy");
    if (!count) this.#results.replaceChildren(nothingView(t, this.#on.another));
    else this.#results.replaceChildren(...(query.found ? [] : [note(t("lens.noGarment"), t("lens.noGarmentHint"))]),
      resultGrid(t, products, this.#on.select));
  }

  /** Says a problem beside the photo where there is one to go on with; returns the main button. */
  problem(problem, photo, query) {
    const t = this.#t;
    const { retry, another, close } = this.#on;
    const word = problemView(t, problem, { retry, another, close });
    if (query) {
      this.#ui.title.textContent = t("lens.yourPhoto");
      this.#another.hidden = true;
      this.#results.removeAttribute("aria-busy");
      this.#results.replaceChildren(word);
    } else if (photo && mayRetry(problem)) {
      this.#show({ title: t("lens.yourPhoto") }, h("div", { class: "split" }, h("div", { class: "query" }, photoStage(t, photo)), word));
    } else this.#show({ title: t("first.title"), small: true }, word);
    this.say(wordsOf(t, problem).join(". "));
    return word.querySelector(".act");
  }

  #choose({ garments, found }, selected) {
    this.#moveMark(selected);
    const garment = found && garments[selected];
    this.#about.replaceChildren(...(garment ? [garmentNotes(this.#t, garment, garments.length > 1)] : []));
  }

  /** Swaps the body; a focus that would be lost goes to the title, which then says where one is. */
  #show({ title, first = false, small = first, line = first }, ...nodes) {
    const { body, back, head, foot, dialog } = this.#ui;
    const held = body.contains(body.getRootNode().activeElement);
    this.#ui.title.textContent = title;
    back.hidden = first;
    foot.hidden = !line;
    head.classList.toggle("deep", !first);
    dialog?.classList.toggle("wide", !small);
    body.replaceChildren(...nodes);
    body.scrollTop = 0;
    if (held) this.#ui.title.focus({ preventScroll: true });
  }
}
