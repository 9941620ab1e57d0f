import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vitest/config";

/**
 * Adds src/shell/early-theme.js to the head as a classic script with a hashed name, because Vite bundles only modules. The first paint
 * waits for it: otherwise the theme would flash, and the introduction would push the papers down.
 */
function earlyTheme(): Plugin {
  const source = readFileSync("src/shell/early-theme.js", "utf8").replace(/^\s*\/\/.*\n/gm, "");
  const fileName = `assets/theme-${createHash("sha256").update(source).digest("base64url").slice(0, 8)}.js`;
  return {
    name: "early-theme",
    apply: "build",
    generateBundle() {
      this.emitFile({ type: "asset", fileName, source });
    },
    transformIndexHtml: (html) =>
      html.replace("<!-- theme -->", `<script src="/${fileName}" async blocking="render"></script>`),
  };
}

/** Adds src/styles/map.css to the template of the maps' heads: Vite would add it to each page. */
function mapStyle(): Plugin {
  const source = readFileSync("src/styles/map.css", "utf8")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\s+/g, " ");
  const fileName = `assets/map-${createHash("sha256").update(source).digest("base64url").slice(0, 8)}.css`;
  return {
    name: "map-style",
    apply: "build",
    generateBundle() {
      this.emitFile({ type: "asset", fileName, source });
    },
    transformIndexHtml: (html) =>
      html.replace("<!-- map style -->", `<link rel="stylesheet" href="/${fileName}">`),
  };
}

/** Keeps only KaTeX's woff2 fonts, which every supported browser reads. */
function onlyWoff2(): Plugin {
  return {
    name: "only-woff2",
    enforce: "pre",
    transform: (code, id) =>
      id.includes("katex.min.css")
        ? code.replace(/,url\([^)]+\.(?:woff|ttf)\) format\("[^"]+"\)/g, "")
        : null,
  };
}

/**
 * Writes the service worker, sw.js, with the list of this build's files. Its name must not change. Files that only some readers need
 * (maths, search, maps) are cached when they are used.
 */
function serviceWorker(): Plugin {
  return {
    name: "service-worker",
    apply: "build",
    enforce: "post",
    generateBundle(_, bundle) {
      const files = Object.keys(bundle)
        .filter(
          (name) =>
            /^assets\/(index|start|address|theme|highlight|watch-dialog)[-.]/.test(name) ||
            /^assets\/[^/]+\.css$/.test(name),
        )
        .filter((name) => !/maths|katex|\/map-/i.test(name))
        .sort();
      const source = readFileSync("src/shell/service-worker.js", "utf8");
      const version = createHash("sha256").update(source).update(files.join()).digest("hex").slice(0, 12);
      this.emitFile({
        type: "asset",
        fileName: "sw.js",
        source: source
          .replace('"VERSION"', JSON.stringify(version))
          .replace('["FILES"]', JSON.stringify(["/icon.svg", ...files.map((name) => `/${name}`)])),
      });
    },
  };
}

export default defineConfig({
  plugins: [earlyTheme(), mapStyle(), onlyWoff2(), serviceWorker()],
  worker: { format: "es" },
  build: {
    target: "es2022",
    // Nothing may be inlined: the Content-Security-Policy allows only files of this site.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssMinify: true,
    rolldownOptions: { input: ["index.html", "404.html", "about/index.html"] },
  },
  // The limit ends what hangs; how fast something is, is measured elsewhere.
  test: { include: ["test/**/*.test.ts"], pool: "threads", testTimeout: 60_000, hookTimeout: 60_000 },
});
