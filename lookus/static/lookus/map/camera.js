// Which part of the map is seen: its middle, and how many pixels one of its units has.

/** Zoom between the whole map and so many times as near. */
export const NEAREST = 400;
const FARTHEST = 0.6;

export class Camera {
  constructor() {
    this.x = 0;
    this.y = 0;
    this.scale = 1;
    this.whole = 1;
    this.width = 1;
    this.height = 1;
    this.middle = [0, 0];
    this.moved = false;
  }

  /**
   * Say how large the stage is; as long as nobody moved, all of the map stays in sight.
   * @param {number} width
   * @param {number} height
   * @param {{x: number, y: number, width: number, height: number}} box
   */
  fit(width, height, box) {
    this.width = width;
    this.height = height;
    this.whole = 0.94 * Math.min(width / (box.width || 1), height / (box.height || 1));
    this.middle = [box.x + box.width / 2, box.y + box.height / 2];
    if (!this.moved) this.home();
  }

  /** All of the map. */
  home() {
    [this.x, this.y] = this.middle;
    this.scale = this.whole;
    this.moved = false;
  }

  /** How much nearer than the whole map. */
  get zoom() {
    return this.scale / this.whole;
  }

  /** @param {number} across @param {number} down pixels */
  pan(across, down) {
    this.x -= across / this.scale;
    this.y -= down / this.scale;
    this.moved = true;
  }

  /** Come nearer by a factor; what lies under (left, top) stays there. */
  nearer(factor, left = this.width / 2, top = this.height / 2) {
    const [x, y] = this.toMap(left, top);
    const scale = this.scale * factor;
    this.scale = Math.min(Math.max(scale, this.whole * FARTHEST), this.whole * NEAREST);
    this.x = x - (left - this.width / 2) / this.scale;
    this.y = y - (top - this.height / 2) / this.scale;
    this.moved = true;
  }

  /** Go to a place of the map. */
  goTo(x, y, zoom) {
    this.x = x;
    this.y = y;
    this.scale = this.whole * zoom;
    this.moved = true;
  }

  /** @returns {[number, number]} of a place in pixels of the stage its place on the map */
  toMap(left, top) {
    return [
      this.x + (left - this.width / 2) / this.scale,
      this.y + (top - this.height / 2) / this.scale,
    ];
  }

  left(x) {
    return (x - this.x) * this.scale + this.width / 2;
  }

  top(y) {
    return (y - this.y) * this.scale + this.height / 2;
  }
}
