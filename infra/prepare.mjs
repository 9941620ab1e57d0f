// Runs before `azd up` and `azd provision` create anything. Finds tools that are missing or too old, and answers azd's question
// for the model's region where no model is created: azd would offer only regions with quota for one.
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
  problems.push(`Node.js ${required} is needed to build the page; this is ${process.versions.node}. Install it from https://nodejs.org.`);

// global.json names the version; dotnet fails in its folder where no SDK fits.
const sdk = JSON.parse(readFileSync(`${root}/global.json`, "utf8")).sdk.version;
if (spawnSync("dotnet", ["--version"], { cwd: root }).status !== 0)
  problems.push(`The .NET SDK ${sdk} or a later feature release is needed. Install it from https://dotnet.microsoft.com/download.`);

const createsModel = !process.env.DENOISED_MODEL_ENDPOINT;
const region = process.env.AZURE_OPENAI_LOCATION;
if (createsModel && region === UNUSED)
  problems.push("A model is to be created and has no region. Run: azd env set AZURE_OPENAI_LOCATION <region>");

for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);

if (!createsModel && !region) {
  const set = spawnSync("azd", ["env", "set", "AZURE_OPENAI_LOCATION", UNUSED], { stdio: "inherit" });
  process.exit(set.status ?? 1);
}
