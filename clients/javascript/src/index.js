/** Client of the LookUs API. Guide: docs/clients.md. Apache-2.0. */
export { LookusClient } from "./client.js";
export { LookusError } from "./errors.js";

/**
 * @typedef {import("./asked.js").Settings} Settings
 * @typedef {import("./asked.js").CallOptions} CallOptions
 * @typedef {import("./asked.js").SearchParams} SearchParams
 * @typedef {import("./asked.js").SimilarParams} SimilarParams
 * @typedef {import("./asked.js").SketchParams} SketchParams
 * @typedef {import("./asked.js").OutfitParams} OutfitParams
 * @typedef {import("./asked.js").ShopperEvent} ShopperEvent
 * @typedef {import("./asked.js").EventBatch} EventBatch
 * @typedef {import("./replies.js").SearchReply} SearchReply
 * @typedef {import("./replies.js").ResultReply} ResultReply
 * @typedef {import("./replies.js").GarmentReply} GarmentReply
 * @typedef {import("./replies.js").FacetReply} FacetReply
 * @typedef {import("./replies.js").OutfitReply} OutfitReply
 * @typedef {import("./replies.js").PhotoOutfitReply} PhotoOutfitReply
 * @typedef {import("./replies.js").LooksReply} LooksReply
 * @typedef {import("./replies.js").LookReply} LookReply
 * @typedef {import("./replies.js").ShopMoodReply} ShopMoodReply
 */
