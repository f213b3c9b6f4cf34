// Watches what the browser complains about: a test passes only where it has nothing to say.
import type { BrowserContext, ConsoleMessage } from '@playwright/test';

export class Complaints {
  private readonly heard: string[] = [];
  private readonly declared = new Set<number>();

  /** Warnings count where scripts run: those of hydration are warnings. */
  constructor(
    context: BrowserContext,
    private readonly kinds: readonly string[],
  ) {
    context.on('console', (message) => this.hear(message));
    context.on('weberror', (error) => this.heard.push(`page error: ${error.error()}`));
  }

  /** Declares answers that this test provokes. The browser logs every status from 400 up. */
  expectStatus(...statuses: number[]): void {
    for (const status of statuses) this.declared.add(status);
  }

  /** Takes what was heard so far, for tests that provoke more than statuses. */
  take(): string[] {
    return this.heard.splice(0);
  }

  private hear(message: ConsoleMessage): void {
    if (!this.kinds.includes(message.type())) return;
    const status = /responded with a status of (\d+)/.exec(message.text())?.[1];
    if (status && this.declared.has(Number(status))) return;
    const { url, lineNumber } = message.location();
    this.heard.push(`${message.type()}: ${message.text()} (${url}:${lineNumber})`);
  }
}
