/**
 * What an answer is seen in: the photo with its crop, or the pad, and the results beside it. `onempty` is told when
 * nothing is drawn any more.
 */
export class Stages {
  #session;
  #screens;
  #parts;
  #onempty;

  /** @param {{session: import("./session.js").Session, screens: import("./screens.js").Screens, parts: import("./mounted.js").Mounted, onempty: () => void}} given */
  constructor({ session, screens, parts, onempty }) {
    this.#session = session;
    this.#screens = screens;
    this.#parts = parts;
    this.#onempty = onempty;
  }

  /** The parts: of a drawing the pad, of anything else the crop; and the results. */
  load(sketch) {
    return Promise.all([this.#session.part(sketch ? "sketch" : "crop"), this.#session.part("results")]);
  }

  /** Shows the session's answer. */
  answer([stage, results]) {
    const { sketch, product_id: product } = this.#session.query;
    const before = this.#screens.places;
    // Another photo takes a photo's place; a product like another one is a step on from either.
    if (before && before.sketch !== Boolean(sketch) && !product) this.forget();
    const fresh = !this.#screens.places;
    const places = this.#screens.answer();
    this.#parts.drop("ways", "recents", "outline");
    if (fresh) this.#fill(places, stage, results);
  }

  /** Opens the pad; with a SKU to draw on from that product's lines. */
  async openPad(sku) {
    const [sketch, results] = await this.load(true);
    if (!this.#parts.mayStand) return;
    this.#session.stop();
    const fresh = !this.#screens.places?.sketch;
    if (fresh) this.#parts.drop("ways", "recents", "crop", "results");
    const places = this.#screens.pad();
    if (fresh) this.#fill(places, sketch, results);
    const pad = this.#parts.get("sketch");
    if (sku) pad.from(sku);
    else pad.focus();
  }

  /** The places of an answer go, and what stands in them. */
  forget() {
    this.#parts.drop("crop", "sketch", "results");
    this.#screens.clear();
  }

  #fill(places, stage, results) {
    this.#parts.put("results", results, places.results, { limit: this.#session.limit });
    if (!places.sketch) return this.#parts.put("crop", stage, places.stage);
    const onempty = () => {
      this.#onempty();
      this.#screens.padEmpty();
    };
    this.#parts.put("sketch", { ...stage, mount: stage.open }, places.stage, { beside: places.beside, onempty });
  }
}
