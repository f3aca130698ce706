// The points by WebGL: one buffer of places, one of colours, one call a frame.

const VERTEX = `
attribute vec2 place;
attribute vec4 paint;
uniform vec2 middle;
uniform vec2 scale;
uniform float size;
varying vec4 color;
varying float edge;
void main() {
  edge = 2.0 / size;
  gl_Position = vec4((place - middle) * scale, 0.0, 1.0);
  gl_PointSize = size;
  color = paint;
}`;
// A rim, so that white garments are seen on white paper and black ones on black.
const FRAGMENT = `
precision mediump float;
varying vec4 color;
varying float edge;
uniform vec3 rim;
void main() {
  float off = 2.0 * length(gl_PointCoord - 0.5);
  float cover = 1.0 - smoothstep(1.0 - edge, 1.0, off);
  float inner = 1.0 - smoothstep(1.0 - 2.5 * edge, 1.0 - edge, off);
  float alpha = cover * color.a;
  gl_FragColor = vec4(mix(mix(color.rgb, rim, 0.45), color.rgb, inner) * alpha, alpha);
}`;

/** Names of drivers that are the processor playing a graphics card. */
const PLAYED = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** @param {WebGLRenderingContext} gl @returns {string} what draws, where the browser says so */
function rendererOf(gl) {
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  return String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
}

export class GlPoints {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {boolean} slow also where the processor plays the graphics card: there a plain canvas
   *   is twice as quick
   * @returns {GlPoints | null} null where the browser has no WebGL, or none that can do it
   */
  static on(canvas, slow = false) {
    const gl = canvas.getContext("webgl", {
      premultipliedAlpha: true, antialias: false, failIfMajorPerformanceCaveat: !slow,
    });
    if (!gl || (!slow && PLAYED.test(rendererOf(gl)))) return null;
    const points = new GlPoints(canvas, gl);
    return points.linked ? points : null;
  }

  constructor(canvas, gl) {
    this.canvas = canvas;
    this.gl = gl;
    this.name = "webgl";
    this.#start();
    // The graphics card may be taken away, as when a laptop sleeps.
    canvas.addEventListener("webglcontextlost", (event) => event.preventDefault());
    canvas.addEventListener("webglcontextrestored", () => {
      this.#start();
      if (this.places) this.show(this.places);
      if (this.colors) this.paint(this.colors);
      this.onrestored?.();
    });
  }

  #start() {
    const { gl } = this;
    const program = gl.createProgram();
    for (const [kind, source] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]]) {
      const shader = gl.createShader(kind);
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    this.linked = gl.getProgramParameter(program, gl.LINK_STATUS);
    if (!this.linked) return;
    gl.useProgram(program);
    this.at = Object.fromEntries(
      ["middle", "scale", "size", "rim"].map((name) => [name, gl.getUniformLocation(program, name)]),
    );
    this.buffers = ["place", "paint"].map((name) => {
      const buffer = gl.createBuffer();
      const place = gl.getAttribLocation(program, name);
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.enableVertexAttribArray(place);
      if (name === "place") gl.vertexAttribPointer(place, 2, gl.FLOAT, false, 0, 0);
      else gl.vertexAttribPointer(place, 4, gl.UNSIGNED_BYTE, true, 0, 0);
      return buffer;
    });
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  /** @param {Float32Array} xy */
  show(xy) {
    const { gl } = this;
    this.places = xy;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers[0]);
    gl.bufferData(gl.ARRAY_BUFFER, xy, gl.STATIC_DRAW);
  }

  /** @param {Uint8Array} colors red, green, blue and opacity of each */
  paint(colors) {
    const { gl } = this;
    this.colors = colors;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers[1]);
    gl.bufferData(gl.ARRAY_BUFFER, colors, gl.STATIC_DRAW);
  }

  draw(camera, size, rim) {
    const { gl, canvas } = this;
    gl.viewport(0, 0, canvas.width, canvas.height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.uniform2f(this.at.middle, camera.x, camera.y);
    gl.uniform2f(
      this.at.scale, 2 * camera.scale / camera.width, -2 * camera.scale / camera.height,
    );
    gl.uniform1f(this.at.size, size);
    gl.uniform3f(this.at.rim, rim[0] / 255, rim[1] / 255, rim[2] / 255);
    gl.drawArrays(gl.POINTS, 0, (this.places?.length ?? 0) / 2);
  }
}
