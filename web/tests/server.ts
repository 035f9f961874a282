import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

const variable = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; ./test sets it`);
  return value;
};

export const pictures = variable("FACEWARD_PICTURES");

/** Without the tests' own variables, which the program would refuse as settings that it does not know. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("FACEWARD_")));
}

/** The real program on a free port of this machine. */
export class Server {
  readonly address: string;
  readonly #process: ChildProcess;

  private constructor(address: string, running: ChildProcess) {
    this.address = address;
    this.#process = running;
  }

  /** Starts it with these options; resolves when it is ready. */
  static async start(...options: string[]): Promise<Server> {
    const models = `${variable("FACEWARD_PACKS")}/default`;
    const command = ["serve", "--port", "0", "--models", models, ...options];
    const running = spawn(variable("FACEWARD_BINARY"), command, {
      env: plainEnvironment(),
      stdio: ["ignore", "ignore", "pipe"],
    });
    let address = "";
    let last = "";
    for await (const line of createInterface({ input: running.stderr })) {
      last = line;
      if (!line.startsWith("{")) break; // it says why it cannot start, and ends
      const entry = JSON.parse(line);
      if (entry.event === "listening") address = entry.address;
      if (entry.event === "ready") break;
    }
    running.stderr.resume(); // a full pipe would stop the server
    if (!last.includes('"ready"')) throw new Error(`the server does not start: ${last}`);
    return new Server(address, running);
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGTERM");
    await ended;
  }
}
