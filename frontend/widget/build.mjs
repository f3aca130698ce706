/**
 * Builds what shops load: dist/v1.js, which is all that loads with a page, and dist/parts/, which
 * load when they are needed. Their names carry a hash, so they may be kept for ever.
 *
 *   npm ci && node build.mjs
 *
 * dist/ is committed, for a machine that serves LookUs has no Node. manifest.json says which sources
 * it was built from; tests/frontend/test_widget_build.py compares that with the tree.
 */
import { build, transform } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const HERE = dirname(fileURLToPath(import.meta.url));
const REPOSITORY = join(HERE, "../..");
const SOURCES = join(HERE, "src");
const CLIENT = join(REPOSITORY, "clients/javascript/src");
const TARGET = join(HERE, "dist");
const WORDS = ["en", "ko"];
/** A part is a folder of src with an index.js; the words of a language and the pad's outlines are parts too. */
const NOT_PARTS = new Set(["lens", "words"]);
const OUTLINES = join(SOURCES, "sketch/outlines.json");
/** What the button says before any part is there. */
const FIRST_WORDS = "first.";
const BANNER = "/*! LookUs: search a shop by photo. Apache-2.0. Guide: docs/widget.md, sources: frontend/widget/src */";

/** What these know is known once, in v1.js: a part gets it by its session. */
const ONLY_IN_LENS = ["src/lens/parts.js", "src/lens/access.js", "src/lens/global.js", "src/words/index.js"];

const OPTIONS = {
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  write: false,
  metafile: true,
  outdir: TARGET,
  absWorkingDir: HERE,
  logLevel: "warning",
};

const sheets = {
  name: "style sheets in template strings are made small too",
  setup({ onLoad }) {
    onLoad({ filter: /styles?\.js$/ }, async ({ path }) => {
      const pieces = readFileSync(path, "utf8").split(/(?<=replaceSync\(`)([^`$]+)(?=`\))/);
      for (let at = 1; at < pieces.length; at += 2) {
        const { code } = await transform(pieces[at], { loader: "css", minify: true, charset: "utf8" });
        pieces[at] = code.trim().replaceAll("\\", "\\\\");
      }
      return { contents: pieces.join(""), loader: "js" };
    });
  },
};

const tables = {
  name: "words and outlines are one object, not a variable for each key",
  setup({ onLoad }) {
    onLoad({ filter: /(words\/\w+|outlines)\.json$/ }, ({ path }) => ({ contents: "export default " + readFileSync(path, "utf8"), loader: "js" }));
  },
};

/** Modules that are made here: `given` is {name: value}, imported as "lookus:name". */
const made = (given) => ({
  name: "made modules",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^lookus:/ }, ({ path }) => ({ path: path.slice(7), namespace: "lookus" }));
    onLoad({ filter: /.*/, namespace: "lookus" }, ({ path }) => ({
      contents: JSON.stringify(given[path]),
      loader: "json",
    }));
  },
});

function partEntries() {
  const folders = readdirSync(SOURCES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !NOT_PARTS.has(entry.name))
    .filter(({ name }) => existsSync(join(SOURCES, name, "index.js")));
  const parts = folders.map(({ name }) => [name, join(SOURCES, name, "index.js")]);
  const words = WORDS.map((lang) => ["words-" + lang, join(SOURCES, "words", lang + ".json")]);
  const outlines = existsSync(OUTLINES) ? [["outlines", OUTLINES]] : [];
  return Object.fromEntries([...parts, ...words, ...outlines]);
}

/** {part: [its file, files that it imports]}, so that all of them can be asked for at once. */
function filesOfParts({ outputs }) {
  const parts = {};
  for (const [path, { entryPoint, imports }] of Object.entries(outputs)) {
    if (!entryPoint) continue;
    const needed = imports.filter(({ kind }) => kind === "import-statement").map((one) => basename(one.path));
    parts[basename(path).replace(/-\w+\.js$/, "")] = [basename(path), ...needed];
  }
  return parts;
}

function firstWords() {
  const of = (lang) => Object.entries(JSON.parse(readFileSync(join(SOURCES, "words", lang + ".json"), "utf8")));
  return Object.fromEntries(
    WORDS.map((lang) => [lang, Object.fromEntries(of(lang).filter(([key]) => key.startsWith(FIRST_WORDS)))]),
  );
}

function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** SHA-256 over names and contents of everything that the output is made of, sorted by name. */
function sumOfSources() {
  const own = [join(HERE, "build.mjs"), join(HERE, "package-lock.json")];
  const names = [...filesUnder(SOURCES), ...filesUnder(CLIENT), ...own].map((path) => relative(REPOSITORY, path));
  const sum = createHash("sha256");
  for (const name of names.sort()) {
    sum.update(name + "\0");
    sum.update(readFileSync(join(REPOSITORY, name)));
    sum.update("\0");
  }
  return sum.digest("hex");
}

/** Under another name first: a server that reads meanwhile gets the whole file. */
function put(path, contents) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path + ".new", contents);
  renameSync(path + ".new", path);
}

const parts = await build({
  ...OPTIONS,
  entryPoints: partEntries(),
  entryNames: "parts/[name]-[hash]",
  chunkNames: "parts/shared-[hash]",
  splitting: true,
  plugins: [sheets, tables],
});
const astray = ONLY_IN_LENS.filter((path) => path in parts.metafile.inputs);
if (astray.length) throw new Error("a part must not import " + astray.join(", "));
const lens = await build({
  ...OPTIONS,
  entryPoints: { v1: join(SOURCES, "v1.js") },
  banner: { js: BANNER },
  plugins: [sheets, tables, made({ parts: filesOfParts(parts.metafile), "first-words": firstWords() })],
});

const outputs = [...parts.outputFiles, ...lens.outputFiles].map(({ path, contents }) => [relative(TARGET, path), contents]);
outputs.sort();
const sizes = outputs.map(([name, contents]) => [name, [contents.length, gzipSync(contents, { level: 9 }).length]]);
for (const [name, contents] of outputs) put(join(TARGET, name), contents);
put(join(TARGET, "manifest.json"), JSON.stringify({ sources: sumOfSources(), files: Object.fromEntries(sizes) }, null, 2) + "\n");
for (const path of filesUnder(join(TARGET, "parts"))) {
  if (!outputs.some(([name]) => join(TARGET, name) === path)) rmSync(path, { force: true });
}
for (const [name, [bytes, packed]] of sizes) console.log(`${name}  ${bytes} B, ${packed} B gzip`);
