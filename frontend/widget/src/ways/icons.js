/** Paths of this part's icons, for `icon()`. */
export const MICROPHONE = ["M12 4a2.6 2.6 0 0 1 2.6 2.6v5a2.6 2.6 0 0 1-5.2 0v-5A2.6 2.6 0 0 1 12 4z", "M6.5 11.5a5.5 5.5 0 0 0 11 0M12 17v3"];
export const PASTE = ["M8.5 6H6v14h12V6h-2.5", "M9 4.5h6v3H9z", "M9 12h6M9 15.5h4"];
export const PEN = ["M5 19l1-4L16.5 4.5l3 3L9 18z", "M14 7l3 3"];
export const GO = ["M5 12h13.5M13 6.5l5.5 5.5-5.5 5.5"];
