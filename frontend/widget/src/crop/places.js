/** About the room of a label, px: labels must not cover each other. On a small photo they are dots. */
const LABEL = { width: 84, height: 30 };
const DOT = { width: 30, height: 30 };
const SMALL_PX = 150;
/** Steps from where a label belongs, in label sizes, the nearest in px first. */
const NEAR = [0, 0.55, -0.55, 1.05, -1.05, 2.05, -2.05, 3.05, -3.05]
  .flatMap((dy) => [0, 0.55, -0.55, 1.05, -1.05].map((dx) => [dx, dy]))
  .sort((one, other) => Math.hypot(one[0] * LABEL.width, one[1] * LABEL.height) - Math.hypot(other[0] * LABEL.width, other[1] * LABEL.height));

/** Whether the photo is too small on the screen for words on it. */
export const isSmall = ({ width }) => width < SMALL_PX;

/**
 * Where labels go, as parts of the photo: on the heart of each garment, or the nearest free place.
 * @param {[number, number][]} hearts in px of the photo
 * @param {{width: number, height: number}} size of the photo
 * @param {{width: number, height: number}} shown px that the photo takes on the screen
 */
export function labelPlaces(hearts, { width, height }, shown) {
  const label = isSmall(shown) ? DOT : LABEL;
  const room = { x: Math.min(1, label.width / shown.width), y: Math.min(1, label.height / shown.height) };
  const inside = (part, axis) => Math.min(1 - room[axis] / 2, Math.max(room[axis] / 2, part));
  const places = [];
  for (const [heartX, heartY] of hearts) {
    const [x, y] = [inside(heartX / width, "x"), inside(heartY / height, "y")];
    const free = (place) => !places.some((other) => Math.abs(place.x - other.x) < room.x && Math.abs(place.y - other.y) < room.y);
    const around = NEAR.map(([dx, dy]) => ({ x: inside(x + dx * room.x, "x"), y: inside(y + dy * room.y, "y") }));
    places.push(around.find(free) || { x, y });
  }
  return places;
}
