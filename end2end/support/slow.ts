// Stands between the browser and the program, as a bad line does: the document stops half-way until
// the test lets the rest of it through. Everything else passes at once.
import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export class SlowLine {
  private constructor(
    readonly url: string,
    private readonly server: ReturnType<typeof createServer>,
    private readonly held: (() => void)[],
  ) {}

  static async to(target: string): Promise<SlowLine> {
    const held: (() => void)[] = [];
    const server = createServer((asked, answer) => {
      const headers = { ...asked.headers, host: new URL(target).host, 'accept-encoding': 'identity' };
      const passed = request(new URL(asked.url ?? '/', target), { method: asked.method, headers }, (came) => {
        answer.writeHead(came.statusCode ?? 502, came.headers);
        if (came.headers['content-type']?.startsWith('text/html')) {
          void halve(came, answer, held);
        } else {
          came.pipe(answer);
        }
      });
      asked.pipe(passed);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    return new SlowLine(`http://127.0.0.1:${port}`, server, held);
  }

  /** Lets through what was held back. */
  release(): void {
    for (const rest of this.held.splice(0)) rest();
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

async function halve(came: AsyncIterable<Buffer>, answer: ServerResponse, held: (() => void)[]) {
  const chunks: Buffer[] = [];
  for await (const chunk of came) chunks.push(chunk);
  const whole = Buffer.concat(chunks);
  const half = whole.indexOf('<main') + '<main'.length;
  answer.write(whole.subarray(0, half));
  held.push(() => answer.end(whole.subarray(half)));
}
