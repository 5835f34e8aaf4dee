// Builds kordon/ui/static/ui from the sources beside this file and the locked npm packages.
//   node kordon/ui/assets/build.mjs OUT     (run in the folder that has node_modules)
// `python -m kordon.ui.build` calls it; nobody who only uses Kordon needs it.
import { createRequire } from "node:module";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { pruned } from "./prune.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2]);
const root = process.cwd();
const need = createRequire(join(root, "package.json"));
const esbuild = need("esbuild");
const modules = join(root, "node_modules");
const read = (...parts) => readFileSync(join(...parts), "utf8");
const write = (name, text) => writeFileSync(join(out, name), text.trimEnd() + "\n");

// Fontsource cuts each family by script; a browser fetches only the cuts a page needs.
const FONTS = [
  ["Noto Sans Variable", "noto-sans", ["latin", "latin-ext", "cyrillic", "cyrillic-ext"]],
  ["Noto Sans Mono Variable", "noto-sans-mono", ["latin", "latin-ext", "cyrillic", "cyrillic-ext"]],
];

const LICENSED = [
  ["Tabler (CSS)", "@tabler/core", null, "MIT"], // its package forgets the text: ours is beside this file,
  ["Tabler Icons", "@tabler/icons", "LICENSE", "MIT"],
  ["htmx", "htmx.org", "LICENSE", "0BSD"],
  ["Noto Sans", "@fontsource-variable/noto-sans", "LICENSE", "OFL-1.1"],
  ["Noto Sans Mono", "@fontsource-variable/noto-sans-mono", "LICENSE", "OFL-1.1"],
];

function fonts() {
  let css = "";
  mkdirSync(join(out, "fonts"), { recursive: true });
  for (const [family, name, cuts] of FONTS) {
    const folder = join(modules, "@fontsource-variable", name);
    const ranges = JSON.parse(read(folder, "unicode.json"));
    for (const cut of cuts) {
      const file = `${name}-${cut}-wght-normal.woff2`;
      copyFileSync(join(folder, "files", file), join(out, "fonts", file));
      css += `@font-face{font-family:"${family}";font-style:normal;font-display:swap;font-weight:100 900;`
        + `src:url(./fonts/${file}) format("woff2");unicode-range:${ranges[cut]}}\n`;
    }
  }
  return css;
}

async function styles() {
  const ours = await esbuild.build({
    entryPoints: [join(here, "css", "kordon.css")], bundle: true, write: false, logLevel: "warning",
    // Pictures stay beside the file: the names are addresses in static/ui, not sources.
    external: ["./fonts/*"],
  });
  const own = ours.outputFiles[0].text;
  const tabler = pruned(need("postcss"), read(modules, "@tabler/core/dist/css/tabler.css"), own);
  const all = fonts() + tabler + own;
  const small = await esbuild.transform(all, { loader: "css", minify: true, legalComments: "none" });
  write("kordon.css", withoutMaps(small.code));
}

async function scripts() {
  const built = await esbuild.build({
    entryPoints: [join(here, "js", "kordon.js")], bundle: true, write: false, minify: true,
    format: "esm", target: "es2022", legalComments: "none", charset: "utf8",
    nodePaths: [modules], logLevel: "warning",
  });
  write("kordon.js", withoutMaps(built.outputFiles[0].text));
}

function icons() {
  const names = read(here, "icons.txt").split("\n").filter((line) => line && !line.startsWith("#"));
  const symbols = names.map((name) => {
    const file = name.includes("/") ? name : `outline/${name}`;
    const svg = read(modules, "@tabler/icons/icons", `${file}.svg`);
    const inner = svg.replace(/<!--[\s\S]*?-->/g, "").match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1];
    const body = inner.replace(/<path stroke="none"[^>]*\/>/g, "").replace(/\s*\n\s*/g, "");
    return `<symbol id="${name.replace("/", "-")}" viewBox="0 0 24 24">${body}</symbol>`;
  });
  write("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>`);
}

function licences() {
  const parts = LICENSED.map(([title, name, file, kind]) => {
    const version = JSON.parse(read(modules, name, "package.json")).version;
    const licence = file ? read(modules, name, file) : read(here, "tabler-LICENSE.txt");
    return `${"=".repeat(72)}\n${title} ${version} (${kind})\n${"=".repeat(72)}\n\n${licence.trim()}\n`;
  });
  write("LICENSES.txt", "What the files in this folder are made of, beside Kordon's own (Apache-2.0).\n\n" + parts.join("\n"));
}

// A comment naming a map that is not shipped makes manifest storage abort.
function withoutMaps(text) {
  return text.replace(/\/[*/][#@]\s*sourceMappingURL=[^\n*]*(\*\/)?/g, "");
}

mkdirSync(out, { recursive: true });
copyFileSync(join(here, "mark.svg"), join(out, "mark.svg"));
icons();
licences();
await styles();
await scripts();
