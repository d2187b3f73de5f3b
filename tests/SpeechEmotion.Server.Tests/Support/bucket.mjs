// An S3 bucket in memory, behind a proxy that can disturb requests: node bucket.mjs BUCKET
// Prints "ready PORT STORE": the ports of the proxy and of the store behind it. Exits when standard input closes.
//   PUT /-fault/NAME[?count=N]   disturbs all requests, or the next N that the fault concerns:
//     none    passes everything through
//     error   answers 503 SlowDown
//     denied  answers 403 AccessDenied
//     absent  answers 404 as a proxy does whose store is being restarted
//     cut     resets the connection without an answer
//     slow    does not answer before the next PUT /-fault
//     half    ends the connection after half of an object that is read
//   GET /-requests               the number of requests that the proxy received, by "METHOD KEY"
import http from "node:http";
// BucketServer.cs installs it.
import { buildApp } from "../../../artifacts/bucket/node_modules/fauxqs/dist/app.js";

const loopback = "127.0.0.1";
const largestObject = 1 << 30;

// Like S3, the store shall list keys in the order of their bytes; otherwise it loses keys between pages.
String.prototype.localeCompare = function (other) {
  return this < other ? -1 : this > other ? 1 : 0;
};

const bucket = process.argv[2];
const store = buildApp({ logger: false });
// In place of its limit of 11 MB, which S3 does not have.
store.removeContentTypeParser("*");
store.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: largestObject }, (_request, body, done) => done(null, body));
// It fails on an empty object without a content type.
store.addHook("preHandler", (request, _reply, done) => {
  request.body ??= Buffer.alloc(0);
  done();
});
await store.listen({ port: 0, host: loopback });
const storePort = store.server.address().port;
await store.inject({ method: "PUT", url: `/${bucket}` });

const agent = new http.Agent({ keepAlive: true });
const counts = {};
let fault = { name: "none", left: Infinity };
const held = [];

const replies = {
  error: [503, "SlowDown", "Please reduce your request rate."],
  denied: [403, "AccessDenied", "Access Denied"],
};

const faults = {
  none: (request, response) => forward(request, response),
  error: refuse,
  denied: refuse,
  absent: (request, response) => request.resume().on("end", () => response.writeHead(404).end("404 page not found")),
  // After an orderly end, .NET's HttpClient by itself repeats a request whose body it has not begun to send.
  cut: (request) => request.socket.resetAndDestroy(),
  slow: (...exchange) => held.push(exchange),
  half: (request, response) => forward(request, response, sendHalf),
};

function keyOf(request) {
  return decodeURIComponent(request.url.split("?")[0]).split("/").slice(2).join("/");
}

// Raw headers, so that the store sees what the client signed, and the client what the store sends.
function forward(request, response, send = sendAll) {
  const upstream = http.request({
    agent, host: loopback, port: storePort, method: request.method, path: request.url, headers: request.rawHeaders,
  });
  upstream.on("response", (answer) => send(answer, response));
  upstream.on("continue", () => response.writeContinue());
  upstream.on("error", () => response.destroy());
  response.on("close", () => response.writableFinished || upstream.destroy());
  upstream.flushHeaders();
  request.pipe(upstream);
}

function sendAll(answer, response) {
  response.writeHead(answer.statusCode, answer.statusMessage, answer.rawHeaders);
  answer.pipe(response);
}

async function sendHalf(answer, response) {
  if (answer.statusCode >= 300) return sendAll(answer, response);
  const body = Buffer.concat(await answer.toArray().catch(() => []));
  if (response.destroyed) return;
  response.writeHead(answer.statusCode, answer.statusMessage, answer.rawHeaders);
  response.flushHeaders();
  response.write(body.subarray(0, body.length / 2));
  response.socket.destroySoon();
}

function refuse(request, response, name) {
  const [status, code, message] = replies[name];
  const answer = () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
    response.writeHead(status, { "content-type": "application/xml", "content-length": xml.length, connection: "close" });
    response.end(request.method === "HEAD" ? undefined : xml);
  };
  // A client that waits for "100 Continue" sends no body after an error; from others it must be read first.
  if (request.headers.expect) answer();
  else request.resume().on("end", answer);
}

function handle(request, response) {
  // The client of a request that was held may have given up.
  if (response.destroyed) return;
  const { name } = fault;
  const concerned = name !== "half" || (request.method === "GET" && keyOf(request) !== "");
  if (!concerned) return forward(request, response);
  if (--fault.left <= 0) fault = { name: "none", left: Infinity };
  faults[name](request, response, name);
}

function control(request, response) {
  const url = new URL(request.url, "http://bucket");
  request.resume();
  if (request.method === "GET" && url.pathname === "/-requests") {
    response.end(JSON.stringify(counts));
    return;
  }
  const name = url.pathname.match(/^\/-fault\/(\w+)$/)?.[1];
  if (request.method !== "PUT" || !Object.hasOwn(faults, name ?? "")) {
    response.writeHead(404).end();
    return;
  }
  fault = { name, left: Number(url.searchParams.get("count") ?? Infinity) };
  for (const exchange of held.splice(0)) handle(...exchange);
  response.end();
}

function receive(request, response) {
  // A client may disconnect at any time.
  response.on("error", () => {});
  if (request.url.startsWith("/-")) return control(request, response);
  const name = `${request.method} ${keyOf(request)}`;
  counts[name] = (counts[name] ?? 0) + 1;
  handle(request, response);
}

// A request may be held, or its body be sent, for as long as the client likes.
const proxy = http.createServer({ requestTimeout: 0, keepAliveTimeout: 0 }, receive);
proxy.on("checkContinue", receive);
proxy.listen(0, loopback, () => console.log(`ready ${proxy.address().port} ${storePort}`));
process.stdin.resume().on("close", () => process.exit());
