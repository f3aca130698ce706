// Shoppers' searches over the map: a dot each, and numbered circles where nothing stands near.

const LEAST_RADIUS = 14;
const MOST_RADIUS = 46;

export class Demand {
  /** @param {HTMLElement} root @param {() => void} redraw */
  constructor(root, redraw) {
    this.root = root;
    this.redraw = redraw;
    this.circles = JSON.parse(document.getElementById("map-circles").textContent);
    this.most = Math.max(1, ...this.circles.map((one) => one.size));
    /** @type {[number, number, number][]} x, y and whether nothing is near */
    this.points = [];
    this.here = 0;
  }

  async load() {
    const answer = await fetch(this.root.dataset.searches);
    if (answer.ok) ({ points: this.points } = await answer.json());
    this.root.dataset.placed = String(this.points.length);
  }

  /** The buttons of the list beside the map. @param {(circle: object) => void} visit */
  follow(visit) {
    for (const button of document.querySelectorAll("[data-region]")) {
      const circle = this.circles.find((one) => String(one.number) === button.dataset.region);
      button.hidden = !circle;
      button.addEventListener("click", () => {
        this.here = circle.number;
        visit(circle);
      });
    }
  }

  draw(context, camera, colors) {
    for (const [shade, wanted] of [[colors.accent, 0], [colors.warn, 1]]) {
      context.fillStyle = `rgb(${shade.join(" ")} / 75%)`;
      for (const [x, y, far] of this.points) {
        if (far !== wanted) continue;
        const left = camera.left(x);
        const top = camera.top(y);
        if (left < -4 || top < -4 || left > camera.width + 4 || top > camera.height + 4) continue;
        context.fillRect(left - 2, top - 2, 4, 4);
      }
    }
    context.font = '600 14px "Pretendard", "Inter", system-ui, sans-serif';
    context.textAlign = "center";
    context.textBaseline = "middle";
    // The largest last, so that its number is not covered.
    for (const one of [...this.circles].reverse()) this.#circle(context, camera, colors, one);
  }

  #circle(context, camera, colors, one) {
    const share = Math.sqrt(one.size / this.most);
    const radius = LEAST_RADIUS + (MOST_RADIUS - LEAST_RADIUS) * share;
    const left = camera.left(one.x);
    const top = camera.top(one.y);
    context.beginPath();
    context.arc(left, top, radius, 0, 2 * Math.PI);
    context.fillStyle = `rgb(${colors.warn.join(" ")} / 14%)`;
    context.fill();
    context.strokeStyle = `rgb(${colors.warn.join(" ")})`;
    context.lineWidth = one.number === this.here ? 4 : 2;
    context.stroke();
    context.beginPath();
    context.arc(left, top, 11, 0, 2 * Math.PI);
    context.fillStyle = `rgb(${colors.paper.join(" ")})`;
    context.fill();
    context.fillStyle = `rgb(${colors.warn.join(" ")})`;
    context.fillText(String(one.number), left, top + 1);
  }
}
