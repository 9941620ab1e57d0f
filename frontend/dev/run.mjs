// Runs a TypeScript file of this folder: Node.js 20 does not read TypeScript, Vite does.
import { runnerImport } from "vite";

const { module } = await runnerImport(process.argv[2], {
  root: process.cwd(),
  configFile: false,
  logLevel: "warn",
});
await module.main(process.argv.slice(3));
