// A demonstration city of its own for each file of tests: seeded into a new directory, served on a free port, ended after.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export interface Account {
  role: string;
  account: string;
  password: string;
  name: string;
  organization_id: number;
  organization: string;
}

const PROGRAM = process.env.DAOGANG_BIN ?? resolve(import.meta.dirname, "../../../target/debug/daogang");

async function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => found(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

export class City {
  private constructor(
    readonly url: string,
    readonly accounts: Account[],
    private readonly server: ChildProcess,
    private readonly directory: string,
  ) {}

  /** Seeds and serves a city whose week begins on Monday 31 August 2026; its clock starts at `clock`. */
  static async start(clock = "2026-09-01T07:00:00+08:00"): Promise<City> {
    const directory = mkdtempSync(join(tmpdir(), "daogang-e2e-"));
    const port = await freePort();
    const env: NodeJS.ProcessEnv = {
      PATH: process.env.PATH,
      TZ: "Asia/Shanghai",
      RUST_LOG: "warn",
      DATABASE_URL: `sqlite://${join(directory, "daogang.db")}`,
      DAOGANG_LISTEN: `127.0.0.1:${port}`,
    };
    const seeded = spawnSync(PROGRAM, ["seed", "demo", "--from", "2026-08-31", "--accounts", join(directory, "accounts.json")], { env, encoding: "utf8" });
    if (seeded.status !== 0) throw new Error(`the city could not be seeded by ${PROGRAM}: ${seeded.error?.message ?? seeded.stderr}`);
    const server = spawn(PROGRAM, ["serve", "--clock", clock], { env, stdio: ["ignore", "ignore", "inherit"] });
    const accounts = JSON.parse(readFileSync(join(directory, "accounts.json"), "utf8")) as Account[];
    const city = new City(`http://127.0.0.1:${port}`, accounts, server, directory);
    await city.answers();
    return city;
  }

  async stop(): Promise<void> {
    const ended = new Promise((done) => this.server.once("exit", done));
    this.server.kill("SIGTERM");
    await ended;
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** The first account of a role, or the one of that name. */
  account(roleOrName: string): Account {
    const found = this.accounts.find((one) => one.role === roleOrName) ?? this.accounts.find((one) => one.name === roleOrName);
    if (!found) throw new Error(`there is no account ${roleOrName}`);
    return found;
  }

  /** Speaks with the server as a program does: signed in by a bearer token, no browser in between. */
  async as(roleOrName: string): Promise<Caller> {
    const { account, password } = this.account(roleOrName);
    const answer = await call(this.url, null, "POST", "/session", { account, password });
    return new Caller(this.url, (answer as { token: string }).token);
  }

  /** Moves the demonstration's clock on to a time in China, such as `2026-09-01T07:22`. */
  async moveTo(time: string): Promise<void> {
    await (await this.as("city_officer")).post("/demo/clock", { to: `${time}${time.length === 16 ? ":00" : ""}+08:00` });
  }

  private async answers(): Promise<void> {
    for (let tries = 0; tries < 100; tries += 1) {
      try {
        if ((await fetch(`${this.url}/readyz`)).ok) return;
      } catch {
        // Not listening yet.
      }
      await new Promise((later) => setTimeout(later, 50));
    }
    throw new Error(`no server answers at ${this.url}`);
  }
}

async function call(url: string, token: string | null, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === "" ? null : JSON.parse(text);
}

export class Caller {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  get<T>(path: string): Promise<T> {
    return call(this.url, this.token, "GET", path) as Promise<T>;
  }
  post<T>(path: string, body: unknown = {}): Promise<T> {
    return call(this.url, this.token, "POST", path, body) as Promise<T>;
  }
  put<T>(path: string, body: unknown): Promise<T> {
    return call(this.url, this.token, "PUT", path, body) as Promise<T>;
  }
}
