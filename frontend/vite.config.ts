import { defineConfig } from "vitest/config";

export default defineConfig({
  build: {
    target: "es2022",
    // Nothing may be inlined: the Content-Security-Policy allows only files of this site.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssMinify: true,
    rolldownOptions: { input: ["index.html", "404.html"] },
  },
  test: { include: ["test/**/*.test.ts"], environment: "happy-dom" },
});
