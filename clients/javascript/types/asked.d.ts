/**
 * What the client is asked, by the API's own names.
 */
export type Settings = {
    /**
     * publishable key of the shop, pk_…; on a server a secret one, sk_…
     */
    key: string;
    /**
     * address of the API, `https://HOST/api/v1/`
     */
    endpoint: string;
    /**
     * in the place of the platform's; then `onprogress` is not told
     */
    fetch?: typeof fetch | undefined;
    /**
     * ms without a sign of life before giving up; default 20000, 0 for never
     */
    timeout?: number | undefined;
    /**
     * of names, prices, sentences and errors; otherwise the platform's, then the shop's
     */
    lang?: "en" | "ko" | undefined;
    /**
     * how often a read is asked again when the API is busy (429, 503); default 0.
     * Retry-After is honoured up to a minute; a longer wait is an error at once
     */
    retries?: number | undefined;
};
/**
 * What the client is asked, by the API's own names.
 */
export type CallOptions = {
    signal?: AbortSignal | undefined;
    /**
     * for this call
     */
    timeout?: number | undefined;
    /**
     * for this call
     */
    retries?: number | undefined;
    /**
     * part of the photo that was sent, 0 to 1; in browsers
     */
    onprogress?: ((part: number) => void) | undefined;
};
/**
 * `[x0, y0, x1, y1]` in pixels of the photo as sent, upright
 */
export type Box = [number, number, number, number];
/**
 * as `{color: ["red"], price: {max: 80000}, in_stock: true}`
 */
export type Filters = Record<string, string | boolean | (string | number)[] | {
    min?: number;
    max?: number;
}>;
/**
 * What the client is asked, by the API's own names.
 */
export type AnswerParams = {
    filters?: Filters | undefined;
    /**
     * kinds to count the values of
     */
    facets?: string[] | "all" | undefined;
    sort?: "relevance" | "price_asc" | "price_desc" | "newest" | undefined;
    weights?: {
        shape?: number;
        color?: number;
        pattern?: number;
        category?: number;
    } | undefined;
    /**
     * 0 to 1
     */
    min_score?: number | undefined;
    group_by?: "variant" | "none" | undefined;
    /**
     * one result for products that look the same
     */
    fold?: boolean | undefined;
    /**
     * 1 to 48 results on a page
     */
    limit?: number | undefined;
    /**
     * `next_cursor` of a reply
     */
    cursor?: string | undefined;
    /**
     * of this call
     */
    lang?: string | undefined;
};
/**
 * What the client is asked, by the API's own names.
 */
export type SimilarParams = AnswerParams;
/**
 * What the client is asked, by the API's own names.
 */
export type SearchOnly = {
    /**
     * JPEG, PNG, WebP, HEIC or AVIF, at most 10 MB; one of these five
     */
    image?: Blob | undefined;
    /**
     * a drawing: PNG with a transparent or white ground
     */
    sketch?: Blob | undefined;
    /**
     * with `sketch`: what it was painted with, as `#b3382c`; at most 32
     */
    colors?: string[] | undefined;
    /**
     * with `sketch`: what is drawn, an id of the taxonomy
     */
    category?: string | undefined;
    /**
     * public address of a photo, fetched by the server
     */
    image_url?: string | undefined;
    /**
     * `query.image_id` of a reply: the same photo again, for half an hour
     */
    image_id?: string | undefined;
    /**
     * SKU: others like it
     */
    product_id?: string | undefined;
    /**
     * words, Korean or English, alone or beside one of them
     */
    text?: string | undefined;
    /**
     * `id`s of `understood` that should not count
     */
    words_off?: string[] | undefined;
    /**
     * only this part is looked at
     */
    box?: Box | undefined;
    /**
     * index among `query.garments`
     */
    object?: number | undefined;
    /**
     * a row of results for each garment
     */
    objects?: "all" | undefined;
    /**
     * with `image`: the shopper agrees that the shop keeps this photo
     */
    consent?: boolean | undefined;
    /**
     * opaque id that the page chooses
     */
    visitor?: string | undefined;
    /**
     * SKUs of this session, the latest last
     */
    clicked?: string[] | undefined;
};
/**
 * `limit` 0, of a photo: only what is seen in it, no results
 */
export type SearchParams = AnswerParams & SearchOnly;
/**
 * What the client is asked, by the API's own names.
 */
export type SketchParams = {
    /**
     * a drawing: PNG with a transparent or white ground
     */
    sketch: Blob;
    /**
     * what it was painted with, as `#b3382c`; at most 32
     */
    colors?: string[] | undefined;
    /**
     * what is drawn, an id of the taxonomy
     */
    category?: string | undefined;
    lang?: string | undefined;
};
/**
 * What the client is asked, by the API's own names.
 */
export type OutfitParams = {
    /**
     * products a slot, 1 to 12
     */
    choices?: number | undefined;
    filters?: Filters | undefined;
    /**
     * of a photo, as `object` and `objects`
     */
    box?: Box | undefined;
    object?: number | undefined;
    objects?: "all" | undefined;
    lang?: string | undefined;
};
/**
 * What the client is asked, by the API's own names.
 */
export type LooksParams = {
    /**
     * 1 to 48
     */
    limit?: number | undefined;
    offset?: number | undefined;
    lang?: string | undefined;
};
/**
 * in the currency's smallest unit
 */
export type Price = number | {
    amount: number;
    currency?: string;
};
/**
 * What the client is asked, by the API's own names.
 */
export type OrderLine = {
    /**
     * SKU
     */
    product_id: string;
    quantity?: number | undefined;
    /**
     * of one piece
     */
    price?: Price | null | undefined;
    /**
     * the search that showed it
     */
    search_id?: string | null | undefined;
    position?: number | null | undefined;
};
/**
 * What the client is asked, by the API's own names.
 */
export type ShopperEvent = {
    type: "impression" | "click" | "view" | "cart" | "purchase";
    /**
     * a UUID of version 7: the same event again counts once
     */
    event_id?: string | undefined;
    /**
     * the search that showed the product; an impression and a click need it
     */
    search_id?: string | null | undefined;
    /**
     * SKU
     */
    product_id?: string | undefined;
    /**
     * of an order of which no more is known
     */
    product_ids?: string[] | undefined;
    /**
     * of an order
     */
    items?: OrderLine[] | undefined;
    quantity?: number | undefined;
    /**
     * of one piece
     */
    price?: Price | null | undefined;
    currency?: string | undefined;
    /**
     * the shop's order number
     */
    order?: string | undefined;
    /**
     * what was paid for the order
     */
    total?: Price | null | undefined;
    /**
     * among the results, from 1
     */
    position?: number | null | undefined;
    /**
     * the page's own random name of this session
     */
    session?: string | undefined;
    /**
     * as the searches were sent with
     */
    visitor?: string | undefined;
    /**
     * ISO 8601; otherwise now
     */
    occurred_at?: string | undefined;
};
/**
 * What the client is asked, by the API's own names.
 */
export type EventBatch = {
    /**
     * at most 500
     */
    events: ShopperEvent[];
    /**
     * of each that names none
     */
    session?: string | undefined;
    /**
     * of each that names none
     */
    visitor?: string | undefined;
    /**
     * the page's clock now
     */
    sent_at?: string | undefined;
};
