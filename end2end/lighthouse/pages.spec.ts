// The pages that people meet first, judged as on a phone and on a desk, beside a bare one of Leptos.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { People } from '../support/people.ts';
import { Rollcall } from '../support/rollcall.ts';
import { ADMIN } from '../support/test.ts';
import { audit, faults, PRESETS, type Report } from './audit.ts';
import { Bare } from './bare.ts';
import { Chromium } from './chromium.ts';
import { type Judged, table } from './table.ts';

const MEMBERS = Array.from({ length: 12 }, (_, at) => `S-${`${at + 1}`.padStart(6, '0')}`);
/** Odd, so that there is a median. */
const ROUNDS = 3;
const KEPT = join(__dirname, '../../target/lighthouse.json');

const CAPTION =
  `Performance, times and bytes are the median of ${ROUNDS} rounds, the rest is the worst of them. ` +
  'The bare page is rendered by the server alone, without a script, a style or an image.';

/** A page to judge. */
interface Page {
  name: string;
  url: string;
  seenBy: 'admin' | 'nobody';
}

interface Fixtures {
  rollcall: Rollcall;
  bare: Bare;
  chromium: Chromium;
}

const test = base.extend<Fixtures>({
  rollcall: async ({}, use) => {
    const rollcall = await Rollcall.start({ users: 1_000, rooms: 20 });
    await use(rollcall);
    await rollcall.stop();
  },
  bare: async ({}, use) => {
    const bare = await Bare.start();
    await use(bare);
    bare.stop();
  },
  chromium: async ({}, use) => {
    const chromium = await Chromium.start();
    await use(chromium);
    await chromium.stop();
  },
});

/** Signs in, and makes sure of everything that the pages are to show. */
async function pages({ rollcall, bare, chromium }: Fixtures): Promise<Page[]> {
  const people = new People(chromium.request, rollcall.url);
  await people.setUp(rollcall.setupLink, ADMIN);
  await chromium.remember();
  const room = await people.room({ name: 'Algebra', members: MEMBERS });
  const ours = (name: string, path: string): Page => ({
    name,
    url: rollcall.url + path,
    seenBy: 'admin',
  });
  const asked = 'asked[order]=nickname&search=&at=';
  const list = await chromium.request.get(`${rollcall.url}/api/users/list?${asked}`);
  const { page } = await list.json();
  return [
    { ...ours('sign in', '/sign-in'), seenBy: 'nobody' },
    ours('users', '/users'),
    ours('create user', '/users/new'),
    ours('create room', '/rooms/new'),
    ours('a room', room),
    { name: 'bare Leptos', url: await bare.page(page.rows), seenBy: 'nobody' },
  ];
}

/** Judges every page once in each round, so that what disturbs the machine disturbs all of them. */
async function judge(pages: Page[], chromium: Chromium): Promise<Judged[]> {
  const judged = pages.flatMap((page) =>
    PRESETS.map((preset) => ({ ...page, preset, reports: [] as Report[] })),
  );
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { url, seenBy, preset, reports } of judged) {
      await chromium.show(seenBy);
      reports.push(await audit(url, preset, chromium.port));
    }
  }
  return judged;
}

test('accessibility, best practices and layout shift are perfect', async ({
  rollcall,
  bare,
  chromium,
}) => {
  const judged = await judge(await pages({ rollcall, bare, chromium }), chromium);
  await writeFile(KEPT, JSON.stringify(judged));
  console.log(`\n${table(judged)}\n\n${CAPTION}\n`);
  const ours = judged.filter(({ url }) => url.startsWith(rollcall.url));
  const found = ours.flatMap(({ name, preset, reports }) =>
    reports.flatMap(faults).map((fault) => `${name}, ${preset}: ${fault}`),
  );
  if (found.length > 0) throw new Error([...new Set(found)].join('\n'));
});
