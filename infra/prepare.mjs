// Runs before `azd up` and `azd provision` create anything. Reports missing or outdated tools. Without a model to create, it sets the
// model's region, because azd would otherwise ask for a region with quota.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const UNUSED = "unused";
const root = fileURLToPath(new URL("..", import.meta.url));
const problems = [];

const required = JSON.parse(readFileSync(`${root}/frontend/package.json`, "utf8")).engines.node;
const [major, minor] = required.replace(">=", "").split(".").map(Number);
const [ownMajor, ownMinor] = process.versions.node.split(".").map(Number);
if (ownMajor < major || (ownMajor === major && ownMinor < minor))
  problems.push(`Node.js ${required} is required to build the page; found ${process.versions.node}. Install it from https://nodejs.org.`);

// `dotnet` fails in the folder of global.json if no installed SDK satisfies it.
const sdk = JSON.parse(readFileSync(`${root}/global.json`, "utf8")).sdk.version;
if (spawnSync("dotnet", ["--version"], { cwd: root }).status !== 0)
  problems.push(`The .NET SDK ${sdk} or a later feature band is required. Install it from https://dotnet.microsoft.com/download.`);

const createsModel = !process.env.DENOISED_MODEL_ENDPOINT;
const region = process.env.AZURE_OPENAI_LOCATION;
if (createsModel && region === UNUSED)
  problems.push("The model has no region. Run: azd env set AZURE_OPENAI_LOCATION <region>");

for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);

if (!createsModel && !region) {
  const set = spawnSync("azd", ["env", "set", "AZURE_OPENAI_LOCATION", UNUSED], { stdio: "inherit" });
  process.exit(set.status ?? 1);
}
