// A Chromium that signs in as Playwright does, and that Lighthouse finds by its port.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type APIRequestContext, type BrowserContext, chromium } from '@playwright/test';
import { inChromium } from '../support/chromium.ts';

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

export class Chromium {
  private session: Cookies = [];

  private constructor(
    /** Where Lighthouse tells it what to do. */
    readonly port: number,
    private readonly context: BrowserContext,
    private readonly folder: string,
  ) {}

  static async start(): Promise<Chromium> {
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-lighthouse-'));
    const { executablePath, args } = inChromium.launchOptions;
    const context = await chromium.launchPersistentContext(folder, {
      executablePath,
      // Any that is free: it writes down which.
      args: [...args, '--remote-debugging-port=0'],
    });
    const written = await readFile(join(folder, 'DevToolsActivePort'), 'utf8');
    return new Chromium(Number.parseInt(written, 10), context, folder);
  }

  /** Requests whose cookies are the pages' too. */
  get request(): APIRequestContext {
    return this.context.request;
  }

  /** Keeps in mind who is signed in. */
  async remember(): Promise<void> {
    this.session = await this.context.cookies();
  }

  /** Has the pages from now on be those of who was signed in, or of nobody. */
  async show(to: 'admin' | 'nobody'): Promise<void> {
    await this.context.clearCookies();
    if (to === 'admin') await this.context.addCookies(this.session);
  }

  async stop(): Promise<void> {
    await this.context.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
