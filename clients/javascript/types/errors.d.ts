/**
 * The error of an answer that is none of the good ones, whoever gave it: a proxy's page has no problem document.
 * @param {{status: number, retryAfter: string | null}} answer
 * @param {any} body its JSON, null where it has none
 */
export function errorOf({ status, retryAfter }: {
    status: number;
    retryAfter: string | null;
}, body: any): LookusError;
/**
 * What went wrong. `code` is the API's own (docs/api.md lists them), or one of ours:
 * `no_key`, `offline`, `network`, `timeout`, `server`, `bad_answer`.
 */
export class LookusError extends Error {
    /**
     * @param {string} code
     * @param {ProblemDetails} [more]
     */
    constructor(code: string, { status, detail, field, requestId, retryAfter, errors, cause }?: ProblemDetails);
    code: string;
    status: number;
    detail: string;
    field: string;
    requestId: string;
    retryAfter: number;
    errors: {
        field: string;
        code: string;
        message: string;
    }[];
}
export type ProblemDetails = {
    /**
     * of HTTP; 0 where no answer came
     */
    status?: number | undefined;
    /**
     * for a person, in the language of the request
     */
    detail?: string | undefined;
    /**
     * the first field that was refused, as `filters.price.min`
     */
    field?: string | undefined;
    /**
     * to be told to whoever runs LookUs
     */
    requestId?: string | undefined;
    /**
     * seconds to wait; 0 where the answer named none
     */
    retryAfter?: number | undefined;
    /**
     * every field that was refused
     */
    errors?: {
        field: string;
        code: string;
        message: string;
    }[] | undefined;
    /**
     * what was thrown below
     */
    cause?: unknown;
};
