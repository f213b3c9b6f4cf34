// Starts the real program on an empty data folder and stops it, and only it, afterwards.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PATIENCE_MS = 20_000;

export class Rollcall {
  private constructor(
    readonly url: string,
    /** The one-time link that creates the first Admin, once the program has printed it. */
    readonly setupLink: string,
    private process: ChildProcess,
    private readonly folder: string,
    private readonly settings: string[],
  ) {}

  /** Starts the program; with `seeded`, on invented users and rooms. */
  static async start(seeded?: { users: number; rooms: number }): Promise<Rollcall> {
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-'));
    const url = `http://127.0.0.1:${await freePort()}`;
    const settings = ['--listen', new URL(url).host, '--data-dir', folder, '--log', 'warn'];
    if (seeded) {
      const amount = ['--users', `${seeded.users}`, '--rooms', `${seeded.rooms}`];
      execFileSync(binary(), ['seed', ...amount, ...settings], { stdio: 'ignore' });
    }
    const process = spawn(binary(), settings, { stdio: ['ignore', 'pipe', 'pipe'] });
    try {
      const setupLink = await printedLink(process);
      await answers(`${url}/healthz`);
      return new Rollcall(url, setupLink, process, folder, settings);
    } catch (error) {
      process.kill();
      throw error;
    }
  }

  /** Kills the program, as a loss of power would, and starts it again on what it left behind. */
  async breakOff(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGKILL');
    await ended;
    this.process = spawn(binary(), this.settings, { stdio: 'ignore' });
    await answers(`${this.url}/healthz`);
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null) {
      const ended = new Promise((resolve) => this.process.once('exit', resolve));
      this.process.kill('SIGTERM');
      const stubborn = setTimeout(() => this.process.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(stubborn);
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}

function binary(): string {
  const path = process.env.ROLLCALL_BINARY;
  if (!path) throw new Error('ROLLCALL_BINARY must name the program to test; run `cargo xtask test`');
  return path;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject()));
    });
  });
}

/** What the program prints when it is ready: where to click. */
function printedLink(process: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const late = setTimeout(() => reject(new Error(`no link was printed: ${said}`)), PATIENCE_MS);
    const listen = (text: Buffer) => {
      said += text;
      const link = /http:\S+\/setup\?secret=\S+/.exec(said);
      if (link) {
        clearTimeout(late);
        resolve(link[0]);
      }
    };
    process.stdout?.on('data', listen);
    process.stderr?.on('data', listen);
    process.once('error', reject);
    process.once('exit', (code) => reject(new Error(`the program ended (${code}): ${said}`)));
  });
}

async function answers(url: string): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      if ((await fetch(url)).ok) return;
    } catch {
      // Not listening yet.
    }
    if (Date.now() > until) throw new Error(`${url} does not answer`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
