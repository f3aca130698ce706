/**
 * What the API answers, named as in its OpenAPI document; a test compares the two.
 */
export type TermReply = {
    id: string;
    /**
     * in the language of the reply
     */
    label: string;
    /**
     * 0 to 1
     */
    confidence: number;
    /**
     * too uncertain to be relied on
     */
    unsure: boolean;
};
/**
 * What the API answers, named as in its OpenAPI document; a test compares the two.
 */
export type ColorReply = {
    name: string;
    family: string;
    hex: string;
};
/**
 * What the API answers, named as in its OpenAPI document; a test compares the two.
 */
export type ShareReply = {
    name: string;
    family: string;
    hex: string;
    /**
     * of the garment's pixels, 0 to 1
     */
    share: number;
};
/**
 * What the API answers, named as in its OpenAPI document; a test compares the two.
 */
export type GarmentReply = {
    index: number;
    /**
     * in pixels of the photo as sent, upright
     */
    box: import("./asked.js").Box;
    /**
     * its edge: closed polygons in the same pixels
     */
    outline: [number, number][][];
    category: TermReply;
    pattern: TermReply;
    style?: TermReply | undefined;
    colors: ShareReply[];
};
/**
 * What the API answers, named as in its OpenAPI document; a test compares the two.
 */
export type QueryReply = {
    width: number;
    height: number;
    /**
     * false where no garment was made out
     */
    found: boolean;
    /**
     * index of the garment that was looked for
     */
    selected: number;
    /**
     * names this photo for half an hour
     */
    image_id: string | null;
    garments: GarmentReply[];
};
/**
 * What the API answers, named as in its OpenAPI document; a test compares the two.
 */
export type PriceReply = {
    /**
     * in the currency's smallest unit
     */
    amount: number;
    currency: string;
    /**
     * as a person of the language reads it
     */
    display: string;
};
/**
 * What the API answers, named as in its OpenAPI document; a test compares the two.
 */
export type CardReply = {
    /**
     * the shop's SKU
     */
    product_id: string;
    title: string;
    brand: string;
    /**
     * empty where the shop gave none
     */
    url: string;
    image_url: string;
    price: PriceReply | null;
    sale_price: PriceReply | null;
    in_stock: boolean;
};
/**
 * What the API answers, named as in its OpenAPI document; a test compares the two.
 */
export type GaveReply = {
    shape: number;
    color: number;
    pattern: number;
    category: number;
    words: number;
};
/**
 * What the API answers, named as in its OpenAPI document; a test compares the two.
 */
export type WhyReply = {
    shape: number;
    color: number;
    pattern: number;
    category: number;
    words: number;
    /**
     * what each gave to the score
     */
    gave: GaveReply;
    sentence: string;
};
/**
 * What the API answers, named as in its OpenAPI document; a test compares the two.
 */
export type OthersReply = {
    count: number;
    skus: string[];
};
/**
 * What the API answers, named as in its OpenAPI document; a test compares the two.
 */
export type ResultOnly = {
    category: string;
    pattern: string;
    color: ColorReply | null;
    /**
     * 0 to 1
     */
    score: number;
    pinned: boolean;
    variants: OthersReply;
    duplicates: OthersReply;
    why: WhyReply;
};
/**
 * What the API answers, named as in its OpenAPI document; a test compares the two.
 */
export type ResultReply = CardReply & ResultOnly;
/**
 * What the API answers, named as in its OpenAPI document; a test compares the two.
 */
export type ChipReply = {
    /**
     * send it in `words_off` to take it off
     */
    id: string;
    kind: string;
    value: string;
    label: string;
    /**
     * what the shopper wrote
     */
    words: string;
    negated: boolean;
    applied: boolean;
};
/**
 * What the API answers, named as in its OpenAPI document; a test compares the two.
 */
export type WordsReply = {
    terms: string[];
    mended: Record<string, string>;
    unknown: string[];
    foreign: string;
};
/**
 * What the API answers, named as in its OpenAPI document; a test compares the two.
 */
export type FacetValueReply = {
    value: string;
    label: string;
    count: number;
    selected: boolean;
    low: number | null;
    high: number | null;
    /**
     * of a colour, its plainest shade
     */
    hex: string | null;
};
/**
 * What the API answers, named as in its OpenAPI document; a test compares the two.
 */
export type FacetReply = {
    kind: string;
    label: string;
    values: FacetValueReply[];
    left_off: number;
    low: number | null;
    high: number | null;
};
/**
 * What the API answers, named as in its OpenAPI document; a test compares the two.
 */
export type RowReply = {
    /**
     * index among `query.garments`
     */
    garment: number;
    slot: string;
    label: string;
    results: ResultReply[];
};
/**
 * What the API answers, named as in its OpenAPI document; a test compares the two.
 */
export type SearchReply = {
    request_id: string;
    /**
     * names this search in events
     */
    search_id: string;
    query: QueryReply;
    /**
     * with `consent`: until when this search's photo is kept
     */
    kept_until: string | null;
    understood: ChipReply[];
    words: WordsReply;
    /**
     * how many results follow
     */
    total: number;
    /**
     * how many the whole list has
     */
    found: number;
    /**
     * null on the last page
     */
    next_cursor: string | null;
    results: ResultReply[];
    rows: RowReply[];
    facets: FacetReply[];
};
export type NameReply = {
    id: string;
    label: string;
};
export type OwnedReply = {
    slot: string;
    category: NameReply;
    pattern: NameReply;
    color: ColorReply | null;
};
export type SeenReply = {
    /**
     * for `object`
     */
    index: number;
    box: import("./asked.js").Box;
    category: NameReply;
    selected: boolean;
};
export type OutfitWhyReply = {
    color: number;
    rule: string;
    style: number;
    season: number;
    together: number;
    sentence: string;
};
export type SuggestionOnly = {
    category: string;
    pattern: string;
    color: ColorReply | null;
    score: number;
    why: OutfitWhyReply;
};
export type SuggestionReply = CardReply & SuggestionOnly;
export type OutfitRowReply = {
    slot: string;
    label: string;
    results: SuggestionReply[];
};
export type OutfitReply = {
    request_id: string;
    owned: OwnedReply[];
    rows: OutfitRowReply[];
    /**
     * why there are no rows
     */
    note: string;
};
export type OfPhoto = {
    image_id: string | null;
    garments: SeenReply[];
};
export type PhotoOutfitReply = OutfitReply & OfPhoto;
export type CoverReply = {
    slug: string;
    title: string;
    story: string;
    url: string;
    image_url: string;
    width: number;
    height: number;
};
export type LooksReply = {
    request_id: string;
    total: number;
    looks: CoverReply[];
};
export type PieceReply = {
    description: string;
    product: CardReply | null;
    garment: number | null;
};
export type LookOnly = {
    request_id: string;
    image_id: string | null;
    garments: GarmentReply[];
    items: PieceReply[];
};
export type LookReply = CoverReply & LookOnly;
export type StyleReply = {
    id: string;
    label: string;
};
export type StyleShareOnly = {
    share: number;
    mall_share: number;
    lift: number;
};
export type StyleShareReply = StyleReply & StyleShareOnly;
export type MoodOnly = {
    parent: StyleReply;
    about: string;
};
export type MoodWordReply = StyleReply & MoodOnly;
export type ShopReply = {
    slug: string;
    name: string;
    tagline: string;
    site: string;
};
export type ShopMoodReply = {
    request_id: string;
    shop: ShopReply;
    /**
     * the style that sets the shop apart
     */
    mood: MoodWordReply;
    styles: StyleShareReply[];
    products: number;
    updated_at: string;
};
export type EventReply = {
    request_id: string;
    /**
     * false for what was counted before
     */
    counted: boolean;
};
export type EventErrorReply = {
    field: string;
    code: string;
    message: string;
};
export type EventRowReply = {
    index: number;
    event_id: string | null;
    /**
     * as if it had been sent alone
     */
    status: number;
    /**
     * counted, repeated or left_out; null where refused
     */
    outcome: string | null;
    errors: EventErrorReply[];
};
export type EventBatchReply = {
    request_id: string;
    counted: number;
    repeated: number;
    left_out: number;
    refused: number;
    results: EventRowReply[];
};
