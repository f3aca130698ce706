/** Paths of this part's icons, for `icon()`. */
export const FRAME = ["M7 3v12a2 2 0 0 0 2 2h12", "M3 7h12a2 2 0 0 1 2 2v12"];
export const BACK = ["M4 12a8 8 0 1 0 2.6-5.9", "M4 4v4.5h4.5"];
export const DONE = ["m5 12.5 4.5 4.5L19 7.5"];
