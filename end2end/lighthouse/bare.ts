// The page that the console is compared with: server/examples/bare.rs, with the rows of a real list.
//
// It is Leptos on the server alone, without a style, a script, or an image. So its figures are what
// this machine leaves at most to any page of those rows, not what an app costs that comes to life.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export class Bare {
  private constructor(
    private readonly origin: string,
    private readonly process: ChildProcess,
  ) {}

  static async start(): Promise<Bare> {
    const path = process.env.ROLLCALL_BARE;
    if (!path) throw new Error('ROLLCALL_BARE must name the bare server; run `cargo xtask lighthouse`');
    const bare = spawn(path, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [origin] = (await once(createInterface(bare.stdout), 'line')) as [string];
    return new Bare(origin, bare);
  }

  /** Keeps the rows of the list of users, and tells the address of a page of them. */
  async page(users: { user: object }[]): Promise<string> {
    // It has no images to show.
    const rows = users.map((listed) => ({ ...listed, user: { ...listed.user, image: null } }));
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ users: rows });
    const kept = await fetch(`${this.origin}/rows/users`, { method: 'POST', headers, body });
    if (!kept.ok) throw new Error(`the bare server takes no such rows: ${await kept.text()}`);
    return `${this.origin}/page/users`;
  }

  stop(): void {
    this.process.kill();
  }
}
