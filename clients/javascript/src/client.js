import { LookusError, errorOf } from "./errors.js";
import { exchange } from "./exchange.js";
import { bodyOf, queryOf } from "./params.js";
import { withRetries } from "./retry.js";

/**
 * @typedef {import("./asked.js").Settings} Settings
 * @typedef {import("./asked.js").CallOptions} CallOptions
 * @typedef {import("./asked.js").SearchParams} SearchParams
 * @typedef {import("./asked.js").SimilarParams} SimilarParams
 * @typedef {import("./asked.js").SketchParams} SketchParams
 * @typedef {import("./asked.js").OutfitParams} OutfitParams
 * @typedef {import("./asked.js").LooksParams} LooksParams
 * @typedef {import("./asked.js").ShopperEvent} ShopperEvent
 * @typedef {import("./asked.js").EventBatch} EventBatch
 * @typedef {import("./replies.js").SearchReply} SearchReply
 * @typedef {import("./replies.js").OutfitReply} OutfitReply
 * @typedef {import("./replies.js").PhotoOutfitReply} PhotoOutfitReply
 * @typedef {import("./replies.js").LooksReply} LooksReply
 * @typedef {import("./replies.js").LookReply} LookReply
 * @typedef {import("./replies.js").ShopMoodReply} ShopMoodReply
 * @typedef {import("./replies.js").EventReply} EventReply
 * @typedef {import("./replies.js").EventBatchReply} EventBatchReply
 */

const DEFAULT_TIMEOUT_MS = 20_000;
const SECRET = /^[sm]k_/;

/**
 * All that a publishable key may call, by the API's own names. Every method rejects with LookusError for what
 * the API refuses and with the signal's reason once `signal` fires.
 *
 * `new LookusClient({ key: "pk_…", endpoint: "https://HOST/api/v1/" })`
 */
export class LookusClient {
  #base;
  #key;
  #way;
  #lang;
  #retries;

  /** @param {Settings} settings */
  constructor({ key, endpoint, fetch, timeout = DEFAULT_TIMEOUT_MS, lang, retries = 0 }) {
    this.#base = new URL(String(endpoint).replace(/\/*$/, "/"), globalThis.document?.baseURI).href;
    this.#key = key;
    this.#way = { fetch, timeout };
    this.#lang = lang;
    this.#retries = retries;
  }

  /**
   * By a photo (`image`, a Blob; or `image_url`, `image_id`), a drawing (`sketch`), a product or words. `onprogress`
   * is told how much of the photo was sent, in browsers.
   * @param {SearchParams} params
   * @param {CallOptions} [options]
   * @returns {Promise<SearchReply>}
   */
  search(params, options) {
    return this.#read("search", { body: bodyOf(this.#spoken(params)) }, isSearch, options);
  }

  /**
   * The next page of a search: its `next_cursor`.
   * @param {string} cursor
   * @param {{limit?: number, lang?: string}} [params]
   * @param {CallOptions} [options]
   * @returns {Promise<SearchReply>}
   */
  more(cursor, params, options) {
    return this.search({ ...params, cursor }, options);
  }

  /**
   * Products like one of the shop's.
   * @param {string} sku
   * @param {SimilarParams} [params]
   * @param {CallOptions} [options]
   * @returns {Promise<SearchReply>}
   */
  similar(sku, params, options) {
    return this.#get(`products/${encodeURIComponent(sku)}/similar`, params, isSearch, options);
  }

  /**
   * What goes with one of the shop's products (its SKU), or with what a photo shows: a Blob, `{image_id}` or
   * `{image_url}`. `image_id` and `garments` are in the answer for a photo.
   * @param {string | Blob | {image_id: string} | {image_url: string}} of
   * @param {OutfitParams} [params]
   * @param {CallOptions} [options]
   * @returns {Promise<OutfitReply | PhotoOutfitReply>}
   */
  outfit(of, params, options) {
    if (typeof of === "string") {
      return this.#get(`products/${encodeURIComponent(of)}/outfit`, params, hasList("rows"), options);
    }
    const photo = of instanceof Blob ? { image: of } : of;
    const body = bodyOf(this.#spoken({ ...params, ...photo }));
    return this.#read("outfit", { body }, hasList("rows"), options);
  }

  /**
   * The garment that a drawing is seen as: a small PNG. Nothing is searched for.
   * @param {SketchParams} params
   * @param {CallOptions} [options]
   * @returns {Promise<Blob>}
   */
  preview(params, options) {
    return this.#picture("sketch/preview", { body: bodyOf(this.#spoken(params)) }, options);
  }

  /**
   * The lines of one of the shop's products, as a person would draw them: a transparent PNG to draw over.
   * @param {string} sku
   * @param {CallOptions} [options]
   * @returns {Promise<Blob>}
   */
  lines(sku, options) {
    return this.#picture(`products/${encodeURIComponent(sku)}/lines`, {}, options);
  }

  /**
   * The shop's lookbook.
   * @param {LooksParams} [params]
   * @param {CallOptions} [options]
   * @returns {Promise<LooksReply>}
   */
  looks(params, options) {
    return this.#get("looks", params, hasList("looks"), options);
  }

  /**
   * One look with its pieces, and its photo as an `image_id` to search with.
   * @param {string} slug
   * @param {{lang?: string}} [params]
   * @param {CallOptions} [options]
   * @returns {Promise<LookReply>}
   */
  look(slug, params, options) {
    return this.#get(`looks/${encodeURIComponent(slug)}`, params, hasList("items"), options);
  }

  /**
   * The styles of a shop, by its slug.
   * @param {string} slug
   * @param {{lang?: string}} [params]
   * @param {CallOptions} [options]
   * @returns {Promise<ShopMoodReply>}
   */
  mood(slug, params, options) {
    return this.#get(`shops/${encodeURIComponent(slug)}/mood`, params, hasList("styles"), options);
  }

  /**
   * Takes a shopper's consent back: the photo that a search kept (`kept_until`) is deleted. By its `query.image_id`;
   * LookusError `kept_photo_not_found` where nothing is kept.
   * @param {string} imageId
   * @param {CallOptions} [options]
   * @returns {Promise<void>}
   */
  async forget(imageId, options = {}) {
    const path = `photos/${encodeURIComponent(imageId)}`;
    await this.#call(path, { method: "DELETE" }, () => true, options);
  }

  /**
   * What shoppers did: an event, a list of them, or a batch with what holds for each. `keepalive` lets the call
   * outlive the page, which a click usually leaves. Of a batch each event has its own result: one that is refused
   * is no error.
   * @param {ShopperEvent | ShopperEvent[] | EventBatch} told
   * @param {CallOptions & {keepalive?: boolean}} [options]
   * @returns {Promise<EventReply | EventBatchReply>}
   */
  events(told, { keepalive = true, ...options } = {}) {
    const body = bodyOf(Array.isArray(told) ? { events: told } : told);
    return this.#call("events", { body }, isObject, { ...options, keepalive });
  }

  #spoken(params) {
    return { lang: this.#lang, ...params };
  }

  #get(path, params, isGood, options) {
    return this.#read(path + queryOf(this.#spoken(params)), {}, isGood, options);
  }

  #picture(path, request, options) {
    return this.#read(path, { ...request, picture: true }, isPicture, options);
  }

  /**
   * A call that changes nothing, and so may be made again.
   * @param {string} path
   * @param {{body?: string | FormData, picture?: boolean}} request
   * @param {(reply: any) => boolean} isGood
   * @param {CallOptions} [options]
   */
  #read(path, request, isGood, options = {}) {
    const attempt = () => this.#call(path, request, isGood, options);
    return withRetries(attempt, options.retries ?? this.#retries, options.signal);
  }

  /**
   * @param {string} path
   * @param {{body?: string | FormData, method?: string, picture?: boolean}} request
   * @param {(reply: any) => boolean} isGood
   * @param {CallOptions & {keepalive?: boolean}} options
   */
  async #call(path, request, isGood, { signal, timeout, onprogress, keepalive }) {
    const { body, method = body ? "POST" : "GET", picture } = request;
    const asked = { method, url: this.#base + path, headers: this.#headers(body, picture), body };
    const way = { ...this.#way, timeout: timeout ?? this.#way.timeout, signal, onprogress, keepalive, picture };
    const answer = await exchange(asked, way);
    const reply = answer.file ?? jsonOf(answer.text);
    if (answer.status >= 200 && answer.status < 300 && isGood(reply)) return reply;
    throw errorOf(answer, reply);
  }

  #headers(body, picture) {
    if (!this.#key) throw new LookusError("no_key", { detail: "A publishable key (pk_…) is needed." });
    if (SECRET.test(this.#key) && globalThis.document) {
      // Whoever reads the page's source could then change the shop's catalogue.
      throw new LookusError("key_kind_not_allowed", { detail: "A secret key must not stand in a page: use pk_…" });
    }
    const accepted = "application/json, application/problem+json";
    const headers = { Authorization: "Bearer " + this.#key, Accept: picture ? "image/png, " + accepted : accepted };
    if (this.#lang) headers["Accept-Language"] = this.#lang;
    if (typeof body === "string") headers["Content-Type"] = "application/json";
    return headers;
  }
}

const isObject = (reply) => typeof reply === "object" && reply !== null;
const hasList = (name) => (reply) => Array.isArray(reply?.[name]);
const isPicture = (reply) => reply instanceof Blob && reply.size > 0;
const isSearch = (reply) => hasList("results")(reply) && isObject(reply.query);

/** @param {string} text */
function jsonOf(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
