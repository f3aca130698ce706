/**
 * All that a publishable key may call, by the API's own names. Every method rejects with LookusError for what
 * the API refuses and with the signal's reason once `signal` fires.
 *
 * `new LookusClient({ key: "pk_…", endpoint: "https://HOST/api/v1/" })`
 */
export class LookusClient {
    /** @param {Settings} settings */
    constructor({ key, endpoint, fetch, timeout, lang, retries }: Settings);
    /**
     * By a photo (`image`, a Blob; or `image_url`, `image_id`), a drawing (`sketch`), a product or words. `onprogress`
     * is told how much of the photo was sent, in browsers.
     * @param {SearchParams} params
     * @param {CallOptions} [options]
     * @returns {Promise<SearchReply>}
     */
    search(params: SearchParams, options?: CallOptions): Promise<SearchReply>;
    /**
     * The next page of a search: its `next_cursor`.
     * @param {string} cursor
     * @param {{limit?: number, lang?: string}} [params]
     * @param {CallOptions} [options]
     * @returns {Promise<SearchReply>}
     */
    more(cursor: string, params?: {
        limit?: number;
        lang?: string;
    }, options?: CallOptions): Promise<SearchReply>;
    /**
     * Products like one of the shop's.
     * @param {string} sku
     * @param {SimilarParams} [params]
     * @param {CallOptions} [options]
     * @returns {Promise<SearchReply>}
     */
    similar(sku: string, params?: SimilarParams, options?: CallOptions): Promise<SearchReply>;
    /**
     * What goes with one of the shop's products (its SKU), or with what a photo shows: a Blob, `{image_id}` or
     * `{image_url}`. `image_id` and `garments` are in the answer for a photo.
     * @param {string | Blob | {image_id: string} | {image_url: string}} of
     * @param {OutfitParams} [params]
     * @param {CallOptions} [options]
     * @returns {Promise<OutfitReply | PhotoOutfitReply>}
     */
    outfit(of: string | Blob | {
        image_id: string;
    } | {
        image_url: string;
    }, params?: OutfitParams, options?: CallOptions): Promise<OutfitReply | PhotoOutfitReply>;
    /**
     * The garment that a drawing is seen as: a small PNG. Nothing is searched for.
     * @param {SketchParams} params
     * @param {CallOptions} [options]
     * @returns {Promise<Blob>}
     */
    preview(params: SketchParams, options?: CallOptions): Promise<Blob>;
    /**
     * The lines of one of the shop's products, as a person would draw them: a transparent PNG to draw over.
     * @param {string} sku
     * @param {CallOptions} [options]
     * @returns {Promise<Blob>}
     */
    lines(sku: string, options?: CallOptions): Promise<Blob>;
    /**
     * The shop's lookbook.
     * @param {LooksParams} [params]
     * @param {CallOptions} [options]
     * @returns {Promise<LooksReply>}
     */
    looks(params?: LooksParams, options?: CallOptions): Promise<LooksReply>;
    /**
     * One look with its pieces, and its photo as an `image_id` to search with.
     * @param {string} slug
     * @param {{lang?: string}} [params]
     * @param {CallOptions} [options]
     * @returns {Promise<LookReply>}
     */
    look(slug: string, params?: {
        lang?: string;
    }, options?: CallOptions): Promise<LookReply>;
    /**
     * The styles of a shop, by its slug.
     * @param {string} slug
     * @param {{lang?: string}} [params]
     * @param {CallOptions} [options]
     * @returns {Promise<ShopMoodReply>}
     */
    mood(slug: string, params?: {
        lang?: string;
    }, options?: CallOptions): Promise<ShopMoodReply>;
    /**
     * Takes a shopper's consent back: the photo that a search kept (`kept_until`) is deleted. By its `query.image_id`;
     * LookusError `kept_photo_not_found` where nothing is kept.
     * @param {string} imageId
     * @param {CallOptions} [options]
     * @returns {Promise<void>}
     */
    forget(imageId: string, options?: CallOptions): Promise<void>;
    /**
     * What shoppers did: an event, a list of them, or a batch with what holds for each. `keepalive` lets the call
     * outlive the page, which a click usually leaves. Of a batch each event has its own result: one that is refused
     * is no error.
     * @param {ShopperEvent | ShopperEvent[] | EventBatch} told
     * @param {CallOptions & {keepalive?: boolean}} [options]
     * @returns {Promise<EventReply | EventBatchReply>}
     */
    events(told: ShopperEvent | ShopperEvent[] | EventBatch, { keepalive, ...options }?: CallOptions & {
        keepalive?: boolean;
    }): Promise<EventReply | EventBatchReply>;
    #private;
}
export type Settings = import("./asked.js").Settings;
export type CallOptions = import("./asked.js").CallOptions;
export type SearchParams = import("./asked.js").SearchParams;
export type SimilarParams = import("./asked.js").SimilarParams;
export type SketchParams = import("./asked.js").SketchParams;
export type OutfitParams = import("./asked.js").OutfitParams;
export type LooksParams = import("./asked.js").LooksParams;
export type ShopperEvent = import("./asked.js").ShopperEvent;
export type EventBatch = import("./asked.js").EventBatch;
export type SearchReply = import("./replies.js").SearchReply;
export type OutfitReply = import("./replies.js").OutfitReply;
export type PhotoOutfitReply = import("./replies.js").PhotoOutfitReply;
export type LooksReply = import("./replies.js").LooksReply;
export type LookReply = import("./replies.js").LookReply;
export type ShopMoodReply = import("./replies.js").ShopMoodReply;
export type EventReply = import("./replies.js").EventReply;
export type EventBatchReply = import("./replies.js").EventBatchReply;
