// How pages speak with the server: typed routes, a key on every change so that it can be sent again, and refusals as `Problem`.
import createClient, { type Middleware } from "openapi-fetch";
import { language } from "@/i18n";
import { Problem, readProblem } from "./problem";
import { randomId } from "./random";
import type { paths } from "./schema";

/** How long one attempt may take. Old browsers lack `AbortSignal.timeout`. */
const PATIENCE_MS = 15_000;
/** How often a change is sent again with its key when the server is busy or its answer was lost. */
const RESENDINGS = 3;

let sessionEnded: () => void = () => {};

/** Says what to do when the server no longer knows the session. */
export function onSessionEnded(act: () => void): void {
  sessionEnded = act;
}

async function attempt(request: Request): Promise<Response> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE_MS);
  request.signal?.addEventListener("abort", () => abort.abort());
  try {
    return await fetch(request.clone(), { signal: abort.signal });
  } catch {
    throw new Problem("network.unreachable", 0);
  } finally {
    clearTimeout(timer);
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function secondsAsked(response: Response): number {
  const seconds = Number(response.headers.get("retry-after"));
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 10) : 1;
}

/** Sends, and sends again under the same key what the server was too busy for or whose fate is unknown. */
export async function send(request: Request): Promise<Response> {
  const again = request.method === "GET" || request.headers.has("idempotency-key");
  for (let sent = 0; ; sent += 1) {
    const last = !again || sent >= RESENDINGS || request.signal?.aborted === true;
    try {
      const response = await attempt(request);
      if (response.status !== 503 || last) return response;
      await pause(secondsAsked(response) * 1000);
    } catch (problem) {
      if (last || navigator.onLine === false) throw problem;
      await pause(600 * (sent + 1));
    }
  }
}

const manners: Middleware = {
  onRequest({ request }) {
    request.headers.set("accept-language", language.value);
    if (request.method !== "GET" && !request.headers.has("idempotency-key") && !request.url.endsWith("/session")) {
      request.headers.set("idempotency-key", randomId());
    }
    return request;
  },
  async onResponse({ request, response }) {
    if (response.ok) return undefined;
    const problem = await readProblem(response);
    if (problem.code === "session.required" && !request.url.endsWith("/api/v1/me")) sessionEnded();
    throw problem;
  },
};

/** The routes of the OpenAPI document. Anything but 2xx is thrown as a `Problem`. */
export const api = createClient<paths>({ baseUrl: location.origin, fetch: send, credentials: "same-origin" });
api.use(manners);

/** The body of an answer; a refusal was thrown before. */
export async function body<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T;
}

/** The header under which a change sent again counts once. Make it when the person presses, not when it is sent. */
export function keyed(key: string): { headers: Record<string, string> } {
  return { headers: { "idempotency-key": key } };
}

/** The header that names the version an edit is based on. */
export function basedOn(version: number): { headers: Record<string, string> } {
  return { headers: { "if-match": `"${version}"` } };
}
