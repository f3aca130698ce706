/** Paths of this part's icons, for `icon()`. */
export const PEN = ["M5 19l1-4L16.5 4.5l3 3L9 18z", "M14 7l3 3"];
export const BRUSH = ["M19.5 4.5 11 13.2M11 13.2c1.6.6 2.2 2 1.8 3.4-.6 2.2-4.6 3.4-8.3 2.4 1.6-.8 1.8-1.8 2.1-3.2.4-2 2.4-3.4 4.4-2.6z"];
export const FILL = ["m5 13 7.5-7.5 6 6L12 18a1.6 1.6 0 0 1-2.3 0L5 13z", "M10 8 7.5 4.5", "M5.3 13h12.2", "M20 15.5c.9 1.3 1.3 2 1.3 2.7a1.3 1.3 0 0 1-2.6 0c0-.7.4-1.4 1.3-2.7z"];
export const ERASER = ["M9 18.5 4.5 14a1.4 1.4 0 0 1 0-2l7.5-7.5 7 7-7 7H9z", "m8.5 8 7 7", "M9 18.5h10.5"];
export const MIRROR = ["M12 4v2.5M12 9v2M12 13.5v2M12 18v2", "M8.5 7v10H3.5z", "M15.5 7v10h5z"];
export const UNDO = ["M8.5 5 4.5 9l4 4", "M4.5 9h9.5a5 5 0 0 1 0 10H9"];
export const REDO = ["m15.5 5 4 4-4 4", "M19.5 9H10a5 5 0 0 0 0 10h5"];
export const CLEAR = ["M5 7h14M10 4.5h4", "m7 7 .8 12.5h8.4L17 7", "M10.5 10.5v5.5M13.5 10.5v5.5"];
export const MORE = ["M12 6v12M6 12h12"];
