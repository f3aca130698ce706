/** Behind the question mark, with it; "" for nothing. @param {Params} params */
export function queryOf(params: Params): string;
/**
 * A form where there is a photo or a drawing (`image`, `sketch`: Blobs), JSON otherwise.
 * @param {Params} params
 * @returns {string | FormData}
 */
export function bodyOf(params: Params): string | FormData;
/**
 * What stands in a request; undefined and null are left out.
 */
export type Params = Record<string, any>;
