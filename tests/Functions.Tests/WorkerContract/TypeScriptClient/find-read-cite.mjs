// Finds, reads and cites a paper with the official TypeScript client, and prints what it sends and receives.
// node find-read-cite.mjs <address of the MCP endpoint> <query>
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [address, query] = process.argv.slice(2);
const client = new Client({ name: "find-read-cite", version: "1.0.0" });
const transport = new StreamableHTTPClientTransport(new URL(address));
await client.connect(transport);
const { name, version } = client.getServerVersion();
console.log(`connected: ${name} ${version}, protocol ${transport.protocolVersion}`);
console.log(`tools: ${(await client.listTools()).tools.map((tool) => tool.name).join(", ")}`);

const found = await call("search", { query, mode: "meaning", limit: 1 });
const { id } = found.papers[0];
await call("get_paper", { id });
await call("cite", { ids: [id] });
const { contents } = await client.readResource({ uri: `denoised://papers/${id}` });
console.log(`\n> read denoised://papers/${id}\n${contents[0].text}`);
await call("list_papers", { day: "yesterday" });
await client.close();

/** Calls a tool. The client checks the structured content against the tool's output schema. */
async function call(tool, input) {
  const result = await client.callTool({ name: tool, arguments: input });
  console.log(`\n> ${tool} ${JSON.stringify(input)}`);
  console.log(result.isError ? `isError: ${result.content[0].text}` : JSON.stringify(result.structuredContent, null, 1));
  return result.structuredContent;
}
