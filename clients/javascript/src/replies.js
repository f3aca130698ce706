/**
 * What the API answers, named as in its OpenAPI document; a test compares the two.
 *
 * @typedef {object} TermReply
 * @property {string} id
 * @property {string} label in the language of the reply
 * @property {number} confidence 0 to 1
 * @property {boolean} unsure too uncertain to be relied on
 *
 * @typedef {object} ColorReply
 * @property {string} name
 * @property {string} family
 * @property {string} hex
 *
 * @typedef {object} ShareReply
 * @property {string} name
 * @property {string} family
 * @property {string} hex
 * @property {number} share of the garment's pixels, 0 to 1
 *
 * @typedef {object} GarmentReply
 * @property {number} index
 * @property {import("./asked.js").Box} box in pixels of the photo as sent, upright
 * @property {[number, number][][]} outline its edge: closed polygons in the same pixels
 * @property {TermReply} category
 * @property {TermReply} pattern
 * @property {TermReply} [style]
 * @property {ShareReply[]} colors
 *
 * @typedef {object} QueryReply
 * @property {number} width
 * @property {number} height
 * @property {boolean} found false where no garment was made out
 * @property {number} selected index of the garment that was looked for
 * @property {string | null} image_id names this photo for half an hour
 * @property {GarmentReply[]} garments
 *
 * @typedef {object} PriceReply
 * @property {number} amount in the currency's smallest unit
 * @property {string} currency
 * @property {string} display as a person of the language reads it
 *
 * @typedef {object} CardReply
 * @property {string} product_id the shop's SKU
 * @property {string} title
 * @property {string} brand
 * @property {string} url empty where the shop gave none
 * @property {string} image_url
 * @property {PriceReply | null} price
 * @property {PriceReply | null} sale_price
 * @property {boolean} in_stock
 *
 * @typedef {object} GaveReply
 * @property {number} shape
 * @property {number} color
 * @property {number} pattern
 * @property {number} category
 * @property {number} words
 *
 * @typedef {object} WhyReply
 * @property {number} shape
 * @property {number} color
 * @property {number} pattern
 * @property {number} category
 * @property {number} words
 * @property {GaveReply} gave what each gave to the score
 * @property {string} sentence
 *
 * @typedef {object} OthersReply
 * @property {number} count
 * @property {string[]} skus
 *
 * @typedef {object} ResultOnly
 * @property {string} category
 * @property {string} pattern
 * @property {ColorReply | null} color
 * @property {number} score 0 to 1
 * @property {boolean} pinned
 * @property {OthersReply} variants
 * @property {OthersReply} duplicates
 * @property {WhyReply} why
 *
 * @typedef {CardReply & ResultOnly} ResultReply
 *
 * @typedef {object} ChipReply
 * @property {string} id send it in `words_off` to take it off
 * @property {string} kind
 * @property {string} value
 * @property {string} label
 * @property {string} words what the shopper wrote
 * @property {boolean} negated
 * @property {boolean} applied
 *
 * @typedef {object} WordsReply
 * @property {string[]} terms
 * @property {Record<string, string>} mended
 * @property {string[]} unknown
 * @property {string} foreign
 *
 * @typedef {object} FacetValueReply
 * @property {string} value
 * @property {string} label
 * @property {number} count
 * @property {boolean} selected
 * @property {number | null} low
 * @property {number | null} high
 * @property {string | null} hex of a colour, its plainest shade
 *
 * @typedef {object} FacetReply
 * @property {string} kind
 * @property {string} label
 * @property {FacetValueReply[]} values
 * @property {number} left_off
 * @property {number | null} low
 * @property {number | null} high
 *
 * @typedef {object} RowReply
 * @property {number} garment index among `query.garments`
 * @property {string} slot
 * @property {string} label
 * @property {ResultReply[]} results
 *
 * @typedef {object} SearchReply
 * @property {string} request_id
 * @property {string} search_id names this search in events
 * @property {QueryReply} query
 * @property {string | null} kept_until with `consent`: until when this search's photo is kept
 * @property {ChipReply[]} understood
 * @property {WordsReply} words
 * @property {number} total how many results follow
 * @property {number} found how many the whole list has
 * @property {string | null} next_cursor null on the last page
 * @property {ResultReply[]} results
 * @property {RowReply[]} rows
 * @property {FacetReply[]} facets
 */

/**
 * @typedef {object} NameReply
 * @property {string} id
 * @property {string} label
 *
 * @typedef {object} OwnedReply
 * @property {string} slot
 * @property {NameReply} category
 * @property {NameReply} pattern
 * @property {ColorReply | null} color
 *
 * @typedef {object} SeenReply
 * @property {number} index for `object`
 * @property {import("./asked.js").Box} box
 * @property {NameReply} category
 * @property {boolean} selected
 *
 * @typedef {object} OutfitWhyReply
 * @property {number} color
 * @property {string} rule
 * @property {number} style
 * @property {number} season
 * @property {number} together
 * @property {string} sentence
 *
 * @typedef {object} SuggestionOnly
 * @property {string} category
 * @property {string} pattern
 * @property {ColorReply | null} color
 * @property {number} score
 * @property {OutfitWhyReply} why
 *
 * @typedef {CardReply & SuggestionOnly} SuggestionReply
 *
 * @typedef {object} OutfitRowReply
 * @property {string} slot
 * @property {string} label
 * @property {SuggestionReply[]} results
 *
 * @typedef {object} OutfitReply
 * @property {string} request_id
 * @property {OwnedReply[]} owned
 * @property {OutfitRowReply[]} rows
 * @property {string} note why there are no rows
 *
 * @typedef {object} OfPhoto
 * @property {string | null} image_id
 * @property {SeenReply[]} garments
 *
 * @typedef {OutfitReply & OfPhoto} PhotoOutfitReply
 *
 * @typedef {object} CoverReply
 * @property {string} slug
 * @property {string} title
 * @property {string} story
 * @property {string} url
 * @property {string} image_url
 * @property {number} width
 * @property {number} height
 *
 * @typedef {object} LooksReply
 * @property {string} request_id
 * @property {number} total
 * @property {CoverReply[]} looks
 *
 * @typedef {object} PieceReply
 * @property {string} description
 * @property {CardReply | null} product
 * @property {number | null} garment
 *
 * @typedef {object} LookOnly
 * @property {string} request_id
 * @property {string | null} image_id
 * @property {GarmentReply[]} garments
 * @property {PieceReply[]} items
 *
 * @typedef {CoverReply & LookOnly} LookReply
 *
 * @typedef {object} StyleReply
 * @property {string} id
 * @property {string} label
 *
 * @typedef {object} StyleShareOnly
 * @property {number} share
 * @property {number} mall_share
 * @property {number} lift
 *
 * @typedef {StyleReply & StyleShareOnly} StyleShareReply
 *
 * @typedef {object} MoodOnly
 * @property {StyleReply} parent
 * @property {string} about
 *
 * @typedef {StyleReply & MoodOnly} MoodWordReply
 *
 * @typedef {object} ShopReply
 * @property {string} slug
 * @property {string} name
 * @property {string} tagline
 * @property {string} site
 *
 * @typedef {object} ShopMoodReply
 * @property {string} request_id
 * @property {ShopReply} shop
 * @property {MoodWordReply} mood the style that sets the shop apart
 * @property {StyleShareReply[]} styles
 * @property {number} products
 * @property {string} updated_at
 *
 * @typedef {object} EventReply
 * @property {string} request_id
 * @property {boolean} counted false for what was counted before
 *
 * @typedef {object} EventErrorReply
 * @property {string} field
 * @property {string} code
 * @property {string} message
 *
 * @typedef {object} EventRowReply
 * @property {number} index
 * @property {string | null} event_id
 * @property {number} status as if it had been sent alone
 * @property {string | null} outcome counted, repeated or left_out; null where refused
 * @property {EventErrorReply[]} errors
 *
 * @typedef {object} EventBatchReply
 * @property {string} request_id
 * @property {number} counted
 * @property {number} repeated
 * @property {number} left_out
 * @property {number} refused
 * @property {EventRowReply[]} results
 */
export {};
