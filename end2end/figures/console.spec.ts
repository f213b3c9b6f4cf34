// Among 100,000 users, on a processor four times slower than this one.
import type { CDPSession } from '@playwright/test';
import { Rollcall } from '../support/rollcall.ts';
import { expect, open, options, section, test as base, type Page } from '../support/test.ts';

const SLOWER = 4;
const TERMS = ['kim', 'park', 'S-0123', 'minj', '김', 'nobody at all', 'a', 'son'];
const PAUSE_MS = 120;
/** In bytes: memory of WASM grows by as much at least. */
const PAGE_OF_MEMORY = 65_536;

const test = base.extend({
  rollcall: async ({}, use) => {
    const rollcall = await Rollcall.start({ users: 100_000, rooms: 1_000 });
    await use(rollcall);
    await rollcall.stop();
  },
});

/** When what was found was painted, in milliseconds: the rows in sight, and all of the list. */
interface Painted {
  rows: number;
  all: number;
}

/** What a page notes of itself while it loads. */
interface Noted {
  alive: number;
  shifts: number;
  tasks: number[];
  painted: number[];
}

declare global {
  interface Window {
    noted: Noted;
    memory?: WebAssembly.Memory;
  }
}

/** Has each page note when it came to life, what shifted, what took long, and the size of its memory. */
async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.noted = { alive: 0, shifts: 0, tasks: [], painted: [] };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.noted.tasks.push(entry.duration);
    }).observe({ type: 'longtask', buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) {
        window.noted.shifts += entry.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
    new MutationObserver(() => {
      const lives = document.documentElement.hasAttribute('data-hydrated');
      if (lives && !window.noted.alive) window.noted.alive = performance.now();
    }).observe(document, { attributes: true, subtree: true, attributeFilter: ['data-hydrated'] });
    const { instantiateStreaming } = WebAssembly;
    WebAssembly.instantiateStreaming = async (...asked) => {
      const made = await instantiateStreaming.apply(WebAssembly, asked);
      const { memory } = made.instance.exports;
      if (memory instanceof WebAssembly.Memory) window.memory = memory;
      return made;
    };
  });
}

const middle = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
const quarter = (values: number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.75)] ?? 0;

/** What is alive in the page, once everything that nobody holds is gone. */
async function held(page: Page, cdp: CDPSession) {
  await cdp.send('HeapProfiler.enable');
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('Performance.enable');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const of = (name: string) => metrics.find((it) => it.name === name)?.value ?? 0;
  const wasm = await page.evaluate(() => window.memory?.buffer.byteLength ?? 0);
  return {
    wasm,
    heap: of('JSHeapUsedSize'),
    nodes: of('Nodes'),
    listeners: of('JSEventListeners'),
  };
}

test('loading: until it lives, what shifts, what takes long', async ({ admin }) => {
  await watch(admin);
  const cdp = await admin.context().newCDPSession(admin);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  for (const path of ['/users', '/users/new', '/rooms', '/rooms/new']) {
    const lives: number[] = [];
    let [shifts, longest, tasks] = [0, 0, 0];
    for (let round = 0; round < 5; round += 1) {
      await open(admin, path);
      await admin.waitForLoadState('networkidle');
      const noted = await admin.evaluate(() => window.noted);
      lives.push(noted.alive);
      shifts = Math.max(shifts, noted.shifts);
      longest = Math.max(longest, ...noted.tasks, 0);
      tasks = Math.max(tasks, noted.tasks.length);
    }
    console.log(
      `${path}: lives after ${middle(lives).toFixed(0)} ms, ` +
        `layout shift ${shifts.toFixed(3)}, long tasks ${tasks}, longest ${longest.toFixed(0)} ms`,
    );
    expect(shifts, `${path} holds still`).toBeLessThan(0.001);
  }
});

test('typing: from the key to the painted rows', async ({ admin }) => {
  await watch(admin);
  await open(admin, '/rooms/new');
  const cdp = await admin.context().newCDPSession(admin);
  const field = admin.getByRole('combobox', { name: 'Specify users' });
  for (const rate of [1, SLOWER]) {
    await cdp.send('Emulation.setCPUThrottlingRate', { rate });
    await field.fill('');
    await expect(options(admin)).not.toHaveCount(0);
    const times: Painted[] = [];
    for (let round = 0; round < 3; round += 1) {
      for (const term of TERMS) {
        await field.fill(term.slice(0, -1));
        await admin.waitForTimeout(400 * rate);
        const painted = admin.evaluate(
          () =>
            new Promise<Painted>((done) => {
              let pressed = 0;
              const input = document.activeElement as HTMLInputElement;
              input.addEventListener('input', (event) => (pressed = event.timeStamp), { once: true });
              const list = input.closest('.combobox') as Element;
              let [rows, all] = [0, 0];
              const seen = new MutationObserver((changes) => {
                const drawn = changes.some((it) => (it.target as Element).closest?.('.listbox'));
                requestAnimationFrame(() =>
                  setTimeout(() => {
                    all = performance.now();
                    if (drawn) rows ||= all;
                  }),
                );
              });
              seen.observe(list, { childList: true, subtree: true, characterData: true });
              setTimeout(() => {
                seen.disconnect();
                done({ rows: (rows || all) - pressed, all: all - pressed });
              }, 2_000);
            }),
        );
        await field.pressSequentially(term.slice(-1));
        times.push(await painted);
      }
    }
    for (const what of ['rows', 'all'] as const) {
      const took = times.map((it) => it[what] - PAUSE_MS);
      const shown = `${quarter(took).toFixed(0)} ms p75, ${middle(took).toFixed(0)} ms median`;
      console.log(`key to painted ${what}, ${rate} x slower, pause apart: ${shown}`);
    }
  }
});

test('staying: memory after 200 searches and 50 pages', async ({ admin }) => {
  await watch(admin);
  await open(admin, '/rooms/new');
  const cdp = await admin.context().newCDPSession(admin);
  const search = async (times: number) => {
    await section(admin, 'Rooms').click();
    await admin.getByRole('main').getByRole('link', { name: 'Create room' }).first().click();
    const field = admin.getByRole('combobox', { name: 'Specify users' });
    for (let at = 0; at < times; at += 1) {
      const answer = admin.waitForResponse((it) => it.url().includes('/api/rooms/candidates'));
      await field.fill(`${TERMS[at % TERMS.length]}${at}`);
      await answer;
    }
  };
  const visit = async (times: number) => {
    for (let at = 0; at < times; at += 1) {
      const name = ['Users', 'Groups', 'Rooms'][at % 3] ?? 'Users';
      await section(admin, name).click();
      await expect(admin.getByRole('heading', { level: 1, name })).toBeVisible();
    }
  };
  const around = async () => {
    await search(200);
    await visit(51);
    return held(admin, cdp);
  };
  // What it needs at its largest comes by the first time around.
  const before = await around();
  const after = await around();
  const growth = (name: keyof typeof before) =>
    `${name} ${before[name].toLocaleString('en')} -> ${after[name].toLocaleString('en')}`;
  console.log((['wasm', 'heap', 'nodes', 'listeners'] as const).map(growth).join(', '));
  // The router keeps the address of each page that was visited, 0.2 kB. Nothing else stays.
  expect(after.wasm - before.wasm, 'memory of the app').toBeLessThanOrEqual(PAGE_OF_MEMORY);
  expect(after.nodes, 'no elements are left behind').toBeLessThan(before.nodes * 1.1);
  expect(after.listeners, 'no listeners are left behind').toBeLessThan(before.listeners * 1.1);
});
