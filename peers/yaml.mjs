// What yaml-language-server says of a file: `node yaml.mjs FILE SCHEMA` prints a list of messages.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const [file, schema] = process.argv.slice(2).map(path => pathToFileURL(path).href);
const server = spawn(process.execPath, [require.resolve("yaml-language-server/bin/yaml-language-server"), "--stdio"],
    { stdio: ["pipe", "pipe", "inherit"] });
const settings = { validate: true, schemas: { [schema]: "*" }, schemaStore: { enable: false } };
const send = message => {
    const text = JSON.stringify({ jsonrpc: "2.0", ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
};
const answers = {
    "workspace/configuration": ({ id, params }) =>
        send({ id, result: params.items.map(({ section }) => section === "yaml" ? settings : {}) }),
    "client/registerCapability": ({ id }) => send({ id, result: null }),
    "textDocument/publishDiagnostics": ({ params }) => {
        process.stdout.write(JSON.stringify(params.diagnostics.map(each =>
            `${each.message} (line ${each.range.start.line + 1})`)), () => { server.kill(); });
    },
};
const heard = message => {
    if (message.id === 1 && message.result) {
        send({ method: "initialized", params: {} });
        const text = readFileSync(new URL(file), "utf8");
        send({ method: "textDocument/didOpen", params: { textDocument: { uri: file, languageId: "yaml", version: 1, text } } });
    } else if (message.method in answers) {
        answers[message.method](message);
    }
};
let rest = Buffer.alloc(0);
server.stdout.on("data", data => {
    rest = Buffer.concat([rest, data]);
    for (;;) {
        const end = rest.indexOf("\r\n\r\n");
        const length = end < 0 ? 0 : Number(/Content-Length: (\d+)/i.exec(rest.subarray(0, end))[1]);
        if (end < 0 || rest.length < end + 4 + length) return;
        const message = JSON.parse(rest.subarray(end + 4, end + 4 + length));
        rest = rest.subarray(end + 4 + length);
        heard(message);
    }
});
send({ id: 1, method: "initialize", params: { processId: process.pid, rootUri: null,
    capabilities: { workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } } } } });
