/**
 * Sends a request. Rejects with LookusError `timeout`, `offline` or `network`, or with the signal's reason.
 * @param {Asked} asked
 * @param {Way} way
 * @returns {Promise<Answer>}
 */
export function exchange(asked: Asked, way: Way): Promise<Answer>;
/**
 * One request.
 */
export type Asked = {
    method: string;
    url: string;
    headers: Record<string, string>;
    /**
     * How it is sent.
     */
    body?: string | FormData | undefined;
};
/**
 * One request.
 */
export type Way = {
    /**
     * in the place of the platform's
     */
    fetch?: typeof fetch | undefined;
    signal?: AbortSignal | undefined;
    /**
     * ms
     */
    timeout: number;
    /**
     * the request outlives the page
     */
    keepalive?: boolean | undefined;
    /**
     * what comes back is a file, where all is well
     */
    picture?: boolean | undefined;
    /**
     * part of the body that was sent, 0 to 1
     *
     * What came back.
     */
    onprogress?: ((part: number) => void) | undefined;
};
/**
 * One request.
 */
export type Answer = {
    status: number;
    retryAfter: string | null;
    /**
     * "" for a file
     */
    text: string;
    file?: Blob | undefined;
};
