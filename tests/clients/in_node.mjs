// Asks a running LookUs with the client: node in_node.mjs ENDPOINT KEY PHOTO; prints what came, as JSON.
import { readFileSync } from "node:fs";
import { LookusClient, LookusError } from "../../clients/javascript/src/index.js";

const [endpoint, key, photo] = process.argv.slice(2);
const lookus = new LookusClient({ endpoint, key, lang: "ko", retries: 1 });

const image = new Blob([readFileSync(photo)], { type: "image/jpeg" });
const seen = await lookus.search({ image, limit: 3 }, { onprogress: () => {} });
const said = await lookus.search({ text: "원피스", limit: 2 });
const refused = await lookus.looks({ limit: 0 }).catch((error) => error);

console.log(JSON.stringify({
  seen: seen.results.length,
  understood: said.understood.map((one) => one.label),
  refused: refused instanceof LookusError && [refused.code, refused.field],
}));
