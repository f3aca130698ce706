/**
 * Tries `attempt` again, up to `retries` times, while the API says that it is busy.
 * @template T
 * @param {() => Promise<T>} attempt
 * @param {number} retries
 * @param {AbortSignal} [signal]
 * @returns {Promise<T>}
 */
export function withRetries<T>(attempt: () => Promise<T>, retries: number, signal?: AbortSignal): Promise<T>;
