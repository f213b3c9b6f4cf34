// What a page downloads, and when it begins to live.
import { expect, open, section, test, type Page } from '../support/test.ts';
import { SlowLine } from '../support/slow.ts';

/** The files of the app that the page has downloaded, without the hashes of their content. */
async function downloaded(page: Page): Promise<string[]> {
  const addresses = await page.evaluate(() =>
    performance.getEntriesByType('resource').map((it) => it.name),
  );
  return addresses
    .map((it) => /\/(?:pkg|texts)\/(.+)-[0-9a-f]{16}(\.\w+)$/.exec(it))
    .filter((it) => it !== null)
    .map(([, name, kind]) => `${name}${kind}`);
}

test('whoever signs in downloads nothing of the app', async ({ page }) => {
  await open(page, '/sign-in');
  expect(await downloaded(page)).toEqual(['rollcall.css']);
});

test('a page downloads its own part of the app, once, and the texts of one language', async ({
  admin,
}) => {
  await open(admin, '/users');
  const files = await downloaded(admin);
  expect(files).toEqual(
    expect.arrayContaining(['rollcall.wasm', 'split_console.wasm', 'en.json']),
  );
  const parts = ['gate', 'user', 'group', 'room', 'classroom'].map((it) => `split_${it}.wasm`);
  for (const other of [...parts, 'ko.json', 'classroom.en.json']) {
    expect(files).not.toContain(other);
  }
  expect(new Set(files).size, 'no file comes twice').toBe(files.length);
});

test('the document says which parts it needs before any script has run', async ({ admin }) => {
  const answer = await admin.goto('/users/new', { waitUntil: 'commit' });
  const links = (await answer?.headerValue('link')) ?? '';
  expect(links).toContain('/pkg/split_console-');
  expect(links).toContain('/pkg/split_user-');
  expect(links).not.toContain('/pkg/split_room-');
  const paths = [...links.matchAll(/<([^>]+)>/g)].map(([, path]) => path);
  expect(new Set(paths).size, 'each is named once').toBe(paths.length);
});

test('another part comes when its first page is opened', async ({ admin }) => {
  await open(admin, '/users');
  expect(await downloaded(admin)).not.toContain('split_room.wasm');
  await section(admin, 'Rooms').click();
  await admin.getByRole('link', { name: 'Create room' }).first().click();
  await expect(admin.getByRole('combobox')).toBeVisible();
  expect(await downloaded(admin)).toContain('split_room.wasm');
});

test('a page comes to life only when the whole document is there', async ({
  admin: page,
  rollcall,
}) => {
  const line = await SlowLine.to(rollcall.url);
  await page.goto(`${line.url}/users`, { waitUntil: 'commit' });
  // All that the script waits for has come, but for the second half of the document.
  const arrived = async (name: string) => (await downloaded(page)).includes(name);
  for (const file of ['rollcall.wasm', 'rollcall.js', 'split_console.wasm', 'en.json']) {
    await expect.poll(() => arrived(file)).toBe(true);
  }
  await page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
  await expect(page.locator('html')).not.toHaveAttribute('data-hydrated');
  line.release();
  await page.locator('html[data-hydrated]').waitFor({ state: 'attached' });
  await expect(page.getByRole('rowheader')).toHaveCount(1);
  line.close();
});
