// Serves SQS and SNS from memory at 127.0.0.1 and the port in FAUXQS_PORT. The package's own start listens on every address, and needs SQLite from Node 22
// and a client of AWS, neither of which is used when everything stays in memory: the two imports get an empty module.
import { register } from "node:module";

const hooks = `
  const unused = {
    "node:sqlite": "export class DatabaseSync {}",
    "@smithy/node-http-handler": "export class NodeHttpHandler {}",
  };
  export async function resolve(specifier, context, next) {
    return specifier in unused ? { url: "data:text/javascript," + encodeURIComponent(unused[specifier]), shortCircuit: true } : next(specifier, context);
  }
`;
register("data:text/javascript," + encodeURIComponent(hooks));

const { buildApp } = await import("fauxqs");
const server = buildApp({ logger: false });
await server.listen({ host: "127.0.0.1", port: Number(process.env.FAUXQS_PORT) });
process.once("SIGTERM", () => server.close().then(() => process.exit(0)));
