/**
 * What the client is asked, by the API's own names.
 *
 * @typedef {object} Settings
 * @property {string} key publishable key of the shop, pk_…; on a server a secret one, sk_…
 * @property {string} endpoint address of the API, `https://HOST/api/v1/`
 * @property {typeof fetch} [fetch] in the place of the platform's; then `onprogress` is not told
 * @property {number} [timeout] ms without a sign of life before giving up; default 20000, 0 for never
 * @property {"en" | "ko"} [lang] of names, prices, sentences and errors; otherwise the platform's, then the shop's
 * @property {number} [retries] how often a read is asked again when the API is busy (429, 503); default 0.
 *   Retry-After is honoured up to a minute; a longer wait is an error at once
 *
 * @typedef {object} CallOptions
 * @property {AbortSignal} [signal]
 * @property {number} [timeout] for this call
 * @property {number} [retries] for this call
 * @property {(part: number) => void} [onprogress] part of the photo that was sent, 0 to 1; in browsers
 *
 * @typedef {[number, number, number, number]} Box `[x0, y0, x1, y1]` in pixels of the photo as sent, upright
 *
 * @typedef {Record<string, string | boolean | (string | number)[] | {min?: number, max?: number}>} Filters
 *   as `{color: ["red"], price: {max: 80000}, in_stock: true}`
 *
 * @typedef {object} AnswerParams
 * @property {Filters} [filters]
 * @property {string[] | "all"} [facets] kinds to count the values of
 * @property {"relevance" | "price_asc" | "price_desc" | "newest"} [sort]
 * @property {{shape?: number, color?: number, pattern?: number, category?: number}} [weights]
 * @property {number} [min_score] 0 to 1
 * @property {"variant" | "none"} [group_by]
 * @property {boolean} [fold] one result for products that look the same
 * @property {number} [limit] 1 to 48 results on a page
 * @property {string} [cursor] `next_cursor` of a reply
 * @property {string} [lang] of this call
 *
 * @typedef {AnswerParams} SimilarParams
 *
 * @typedef {object} SearchOnly
 * @property {Blob} [image] JPEG, PNG, WebP, HEIC or AVIF, at most 10 MB; one of these five
 * @property {Blob} [sketch] a drawing: PNG with a transparent or white ground
 * @property {string[]} [colors] with `sketch`: what it was painted with, as `#b3382c`; at most 32
 * @property {string} [category] with `sketch`: what is drawn, an id of the taxonomy
 * @property {string} [image_url] public address of a photo, fetched by the server
 * @property {string} [image_id] `query.image_id` of a reply: the same photo again, for half an hour
 * @property {string} [product_id] SKU: others like it
 * @property {string} [text] words, Korean or English, alone or beside one of them
 * @property {string[]} [words_off] `id`s of `understood` that should not count
 * @property {Box} [box] only this part is looked at
 * @property {number} [object] index among `query.garments`
 * @property {"all"} [objects] a row of results for each garment
 * @property {boolean} [consent] with `image`: the shopper agrees that the shop keeps this photo
 * @property {string} [visitor] opaque id that the page chooses
 * @property {string[]} [clicked] SKUs of this session, the latest last
 *
 * @typedef {AnswerParams & SearchOnly} SearchParams `limit` 0, of a photo: only what is seen in it, no results
 *
 * @typedef {object} SketchParams
 * @property {Blob} sketch a drawing: PNG with a transparent or white ground
 * @property {string[]} [colors] what it was painted with, as `#b3382c`; at most 32
 * @property {string} [category] what is drawn, an id of the taxonomy
 * @property {string} [lang]
 *
 * @typedef {object} OutfitParams
 * @property {number} [choices] products a slot, 1 to 12
 * @property {Filters} [filters]
 * @property {Box} [box] of a photo, as `object` and `objects`
 * @property {number} [object]
 * @property {"all"} [objects]
 * @property {string} [lang]
 *
 * @typedef {object} LooksParams
 * @property {number} [limit] 1 to 48
 * @property {number} [offset]
 * @property {string} [lang]
 *
 * @typedef {number | {amount: number, currency?: string}} Price in the currency's smallest unit
 *
 * @typedef {object} OrderLine
 * @property {string} product_id SKU
 * @property {number} [quantity]
 * @property {Price | null} [price] of one piece
 * @property {string | null} [search_id] the search that showed it
 * @property {number | null} [position]
 *
 * @typedef {object} ShopperEvent
 * @property {"impression" | "click" | "view" | "cart" | "purchase"} type
 * @property {string} [event_id] a UUID of version 7: the same event again counts once
 * @property {string | null} [search_id] the search that showed the product; an impression and a click need it
 * @property {string} [product_id] SKU
 * @property {string[]} [product_ids] of an order of which no more is known
 * @property {OrderLine[]} [items] of an order
 * @property {number} [quantity]
 * @property {Price | null} [price] of one piece
 * @property {string} [currency]
 * @property {string} [order] the shop's order number
 * @property {Price | null} [total] what was paid for the order
 * @property {number | null} [position] among the results, from 1
 * @property {string} [session] the page's own random name of this session
 * @property {string} [visitor] as the searches were sent with
 * @property {string} [occurred_at] ISO 8601; otherwise now
 *
 * @typedef {object} EventBatch
 * @property {ShopperEvent[]} events at most 500
 * @property {string} [session] of each that names none
 * @property {string} [visitor] of each that names none
 * @property {string} [sent_at] the page's clock now
 */
export {};
