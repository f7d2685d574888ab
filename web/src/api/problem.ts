// A refusal as the pages know it: the server's stable code with its facts, or one of our own when nothing was answered.

/** Codes that no server sends: nothing was reached, or what came back was no answer of this server. */
export type OwnCode = "network.unreachable" | "network.strange_answer";

export type Facts = Record<string, unknown>;

/** Why a request was refused. Pages show `problem.<code>` in the reader's language (src/i18n). */
export class Problem extends Error {
  override readonly name = "Problem";

  constructor(
    readonly code: string,
    readonly status: number,
    readonly facts: Facts = {},
    readonly requestId: string | null = null,
  ) {
    super(code);
  }

  /** Whether sending the same again, unchanged, may well succeed. */
  get passes(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 425 || this.status === 429 || this.status >= 500;
  }

  /** The fields that the server named, with the reason of each. */
  get fields(): Record<string, string> {
    const fields = this.facts.fields;
    return typeof fields === "object" && fields !== null ? (fields as Record<string, string>) : {};
  }
}

/** Whatever was thrown, as a problem. */
export function problemOf(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem("network.strange_answer", 0);
}

/** Reads the problem out of an answer that isn't 2xx. */
export async function readProblem(response: Response): Promise<Problem> {
  try {
    const body: unknown = await response.json();
    if (typeof body === "object" && body !== null && "code" in body && typeof body.code === "string") {
      const { code, facts, request_id } = body as { code: string; facts?: Facts; request_id?: string };
      return new Problem(code, response.status, facts ?? {}, request_id ?? null);
    }
  } catch {
    // A proxy's page or a cut connection: told as such below.
  }
  return new Problem(response.status >= 500 ? "store.unavailable" : "network.strange_answer", response.status);
}
