// The points without WebGL: pixels are written by hand, which is quicker than 20,000 shapes.

export class FlatPoints {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
    this.name = "canvas";
    this.places = new Float32Array();
    this.colors = new Uint32Array();
  }

  /** @param {Float32Array} xy */
  show(xy) {
    this.places = xy;
  }

  /** @param {Uint8Array} colors red, green, blue and opacity of each */
  paint(colors) {
    this.colors = new Uint32Array(colors.buffer, colors.byteOffset, colors.length / 4);
  }

  draw(camera, size) {
    const { width, height } = this.canvas;
    if (!width || !height) return;
    if (this.image?.width !== width || this.image.height !== height) {
      this.image = this.context.createImageData(width, height);
      this.pixels = new Uint32Array(this.image.data.buffer);
    }
    this.pixels.fill(0);
    const dense = width / camera.width;
    const side = Math.max(1, Math.round(0.85 * size));
    const zoom = camera.scale * dense;
    const [across, down] = [width / 2 - camera.x * zoom, height / 2 - camera.y * zoom];
    for (let i = 0; i < this.colors.length; i += 1) {
      const left = Math.round(this.places[2 * i] * zoom + across - side / 2);
      const top = Math.round(this.places[2 * i + 1] * zoom + down - side / 2);
      if (left < 0 || top < 0 || left + side > width || top + side > height) continue;
      for (let y = top; y < top + side; y += 1) {
        this.pixels.fill(this.colors[i], y * width + left, y * width + left + side);
      }
    }
    this.context.putImageData(this.image, 0, 0);
  }
}
