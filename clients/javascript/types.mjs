// Writes types/*.d.ts from the JSDoc of src, and the sum of what they were made from: where there is no
// Node, a test compares that instead.   npm ci && npm run types
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "--project", "tsconfig.json"], { cwd: here, stdio: "inherit" });

const sum = createHash("sha256");
for (const name of readdirSync(here + "src").sort()) sum.update(name + "\0").update(readFileSync(`${here}src/${name}`));
writeFileSync(here + "types/manifest.json", JSON.stringify({ sources: sum.digest("hex") }) + "\n");
