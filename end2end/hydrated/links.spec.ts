// Entry links on the page of a room: handed out one by one, renewed, revoked, and for a whole class.
import { expectFits } from '../support/axe.ts';
import { expect, open, options, row, test, type Page } from '../support/test.ts';
import { signIn } from '../support/teacher.ts';

const TOKEN = /\/e\/rc1[0-9a-z]{45}$/;

const card = (page: Page) => page.getByRole('region', { name: 'Entry links' });
const dialog = (page: Page) => page.getByRole('dialog');
const address = (page: Page) => dialog(page).getByLabel('Address of the link');
const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

/** Chooses in the menu of a member. */
async function choose(page: Page, member: string, item: string): Promise<void> {
  await page.getByLabel(`Actions for ${member}`).click();
  await row(page, member.split(' (')[0]).getByRole('button', { name: item, exact: true }).click();
}

/** Shows the link of a member, and answers with it. */
async function shown(page: Page, member: string): Promise<string> {
  await choose(page, member, 'QR code');
  await expect(address(page)).toHaveValue(TOKEN);
  const link = await address(page).inputValue();
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  return link;
}

let path: string;

test.beforeEach(async ({ admin, people, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await people.createAll([
    { userId: 'S-1', nickname: 'Minji Kim' },
    { userId: 'S-2', nickname: 'Joon Lee' },
  ]);
  path = await people.room({ name: 'Algebra 7B', type: 'open' });
  await people.specify(path, ['S-1', 'S-2']);
  await open(admin, path);
});

test('a link is copied from the row, and is the one that the code shows', async ({ admin, rollcall }) => {
  await admin.getByRole('button', { name: 'Copy link of Minji Kim' }).click();
  await expect(admin.getByText('Copied Minji Kim\'s link.')).toBeVisible();
  const link = await copied(admin);
  expect(link).toMatch(TOKEN);
  expect(link.startsWith(`${rollcall.url}/e/`)).toBe(true);
  await choose(admin, 'Minji Kim (S-1)', 'QR code');
  await expect(admin.getByRole('dialog', { name: 'Entry link: Minji Kim' })).toBeVisible();
  await expect(dialog(admin).getByRole('img', { name: 'The link as a QR code' })).toBeVisible();
  await expect(address(admin)).toHaveValue(link);
  await dialog(admin).getByRole('button', { name: 'Copy' }).click();
  await expect(dialog(admin).getByRole('button', { name: 'Copied' })).toBeVisible();
});

test('a renewed link is another, and that is said before', async ({ admin }) => {
  const before = await shown(admin, 'Joon Lee (S-2)');
  await choose(admin, 'Joon Lee (S-2)', 'Renew link');
  await expect(admin.getByRole('dialog', { name: 'Renew Joon Lee\'s link?' })).toContainText(
    'The old link dies at once. Whoever is in by it is put out.',
  );
  await dialog(admin).getByRole('button', { name: 'Cancel' }).click();
  expect(await shown(admin, 'Joon Lee (S-2)')).toBe(before);
  await choose(admin, 'Joon Lee (S-2)', 'Renew link');
  await dialog(admin).getByRole('button', { name: 'Renew link' }).click();
  await expect(admin.getByText('Renewed Joon Lee\'s link. The old one is dead.')).toBeVisible();
  await expect(address(admin)).toHaveValue(TOKEN);
  await expect(address(admin)).not.toHaveValue(before);
});

test('a link is revoked, and the toast allows it again', async ({ admin }) => {
  await choose(admin, 'Minji Kim (S-1)', 'Revoke link');
  await expect(admin.getByText(/^Revoked Minji Kim's link\./)).toBeVisible();
  await choose(admin, 'Minji Kim (S-1)', 'QR code');
  await expect(dialog(admin)).toContainText('This link was revoked.');
  await admin.keyboard.press('Escape');
  await admin.getByRole('button', { name: 'Undo' }).click();
  await expect(admin.getByText('Allowed Minji Kim\'s link again.')).toBeVisible();
  await admin.getByLabel('Actions for Minji Kim (S-1)').click();
  await expect(
    row(admin, 'Minji Kim').getByRole('button', { name: 'Revoke link' }),
  ).toBeVisible();
});

test('a link expires when it is to, and not in the past', async ({ admin, complaints, people }) => {
  complaints.expectStatus(422);
  await people.inTimeZone('Asia/Seoul');
  await choose(admin, 'Minji Kim (S-1)', 'Expires');
  await dialog(admin).getByRole('radio', { name: /On a day/ }).check();
  const when = dialog(admin).getByLabel('Day and time');
  await when.fill('2020-01-01T09:00');
  await dialog(admin).getByRole('button', { name: 'Set expiry' }).click();
  await expect(when).toHaveAccessibleDescription(/This moment is over/);
  await dialog(admin).getByRole('radio', { name: /In a week/ }).check();
  await dialog(admin).getByRole('button', { name: 'Set expiry' }).click();
  await expect(admin.getByText('Changed when Minji Kim\'s link expires.')).toBeVisible();
  await choose(admin, 'Minji Kim (S-1)', 'QR code');
  await expect(dialog(admin)).toContainText('Leads into the room until');
  await admin.keyboard.press('Escape');
  await admin.getByRole('button', { name: 'Undo' }).click();
  await expect
    .poll(async () => {
      const asked = await admin.request.get(`/api/links/standing?room=${path.split('/').pop()}&user_id=S-1`);
      return (await asked.json()).expires;
    })
    .toBeNull();
  // What undoing puts back is known before anything can be chosen.
  let tell = () => {};
  const told = new Promise<void>((resolve) => (tell = resolve));
  await admin.route('**/api/links/standing*', async (route) => {
    await told;
    await route.continue();
  });
  await choose(admin, 'Minji Kim (S-1)', 'Expires');
  await expect(dialog(admin)).toContainText('Loading');
  await expect(dialog(admin).getByRole('radio')).toHaveCount(0);
  tell();
  await expect(dialog(admin).getByRole('radio', { name: /Never/ })).toBeChecked();
});

test('the link that all share stands in the card of rooms that have one', async ({ admin, people }) => {
  await card(admin).getByRole('button', { name: 'Copy link' }).click();
  await expect(admin.getByText('Copied the shared link.')).toBeVisible();
  expect(await copied(admin)).toMatch(TOKEN);
  await card(admin).getByLabel('Actions for the shared link').click();
  await card(admin).getByRole('button', { name: 'Revoke link' }).click();
  await expect(card(admin)).toContainText('This link was revoked.');
  await admin.getByRole('button', { name: 'Undo' }).click();
  await expect(card(admin)).not.toContainText('This link was revoked.');
  await open(admin, await people.room({ name: 'Biology', members: ['S-1'] }));
  await expect(card(admin).getByRole('button', { name: 'Print sheet' })).toBeVisible();
  await expect(card(admin)).not.toContainText('Shared link');
});

test('all links are copied as text, or kept as a table', async ({ admin }) => {
  await card(admin).getByRole('button', { name: 'Copy all as text' }).click();
  await expect(admin.getByText('Copied the links of all members.')).toBeVisible();
  const lines = (await copied(admin)).trim().split('\n');
  expect(lines).toEqual([
    expect.stringMatching(/^Joon Lee \(S-2\): http.*\/e\/rc1/),
    expect.stringMatching(/^Minji Kim \(S-1\): http.*\/e\/rc1/),
  ]);
  const download = admin.waitForEvent('download');
  await card(admin).getByRole('button', { name: 'Download CSV' }).click();
  expect((await download).suggestedFilename()).toBe('entry-links.csv');
  await expect(card(admin)).toBeVisible();
});

test('the sheet has a slip for everybody, and prints without what is around it', async ({ admin }) => {
  await card(admin).getByRole('button', { name: 'Print sheet' }).click();
  await expect(admin.getByRole('heading', { level: 2 })).toHaveText([
    'Shared link',
    'Joon Lee',
    'Minji Kim',
  ]);
  await expect(admin.getByRole('img', { name: 'The link as a QR code' })).toHaveCount(3);
  await admin.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(admin.getByRole('navigation', { name: 'Main' })).toBeHidden();
  await expect(admin.getByText('Print this page with your browser')).toBeHidden();
  await expect(admin.getByRole('heading', { name: 'Joon Lee' })).toHaveCSS('color', 'rgb(0, 0, 0)');
  await admin.emulateMedia({ media: 'screen', colorScheme: 'light' });
  // Read again, it asks before it shows them.
  await open(admin, `${path}/sheet`);
  await expect(admin.getByRole('heading', { name: 'Show the entry links' })).toBeVisible();
  await expect(admin.getByRole('img', { name: 'The link as a QR code' })).toHaveCount(0);
});

test('who need not be a member has a link too', async ({ admin, people }) => {
  await people.create({ userId: 'S-9', nickname: 'Sora Park' });
  await admin.getByRole('combobox', { name: 'User', exact: true }).fill('Sora');
  await expect(options(admin)).toHaveText([/Sora Park/]);
  await admin.keyboard.press('Enter');
  await admin.getByRole('button', { name: 'Entry link: Sora Park' }).click();
  await expect(address(admin)).toHaveValue(TOKEN);
});

test('a Host who doesn\'t own the room sees no links', async ({ admin, browser, people }) => {
  await people.create({ userId: 'T-1', nickname: 'Ms Park', role: 'teacher', permission: 'host' });
  const room = await people.room({ name: 'Chess', members: ['T-1', 'S-1'] });
  const host = await signIn(admin, browser, 'T-1');
  await open(host, room);
  await expect(host.getByRole('heading', { name: 'Can they enter?' })).toBeVisible();
  await expect(card(host)).toHaveCount(0);
  await expect(host.getByRole('button', { name: /link/i })).toHaveCount(0);
  expect((await host.request.get(`${room}/sheet`)).status()).toBe(403);
  await host.context().close();
});

test('everything is done by keyboard', async ({ admin }) => {
  await admin.getByLabel('Actions for Minji Kim (S-1)').focus();
  await admin.keyboard.press('Enter');
  await expect(row(admin, 'Minji Kim').getByRole('button', { name: 'QR code' })).toBeVisible();
  await admin.keyboard.press('Tab');
  await admin.keyboard.press('Tab');
  await expect(row(admin, 'Minji Kim').getByRole('button', { name: 'QR code' })).toBeFocused();
  await admin.keyboard.press('Enter');
  await expect(address(admin)).toBeFocused();
  await admin.keyboard.press('Escape');
  await expect(admin.getByLabel('Actions for Minji Kim (S-1)')).toBeFocused();
});

test('everybody can use the card and a link', async ({ admin }) => {
  await card(admin).getByLabel('Actions for the shared link').click();
  await card(admin).getByRole('button', { name: 'Revoke link' }).click();
  await expect(card(admin)).toContainText('This link was revoked.');
  await expectFits(admin, 'the card');
  await admin.getByLabel('Actions for Minji Kim (S-1)').click();
  await expectFits(admin, 'the menu of a member');
  await admin.keyboard.press('Escape');
  await choose(admin, 'Minji Kim (S-1)', 'QR code');
  await expect(address(admin)).toHaveValue(TOKEN);
  await expectFits(admin, 'a link');
});

test('everybody can use the dialogs', async ({ admin }) => {
  await choose(admin, 'Minji Kim (S-1)', 'Renew link');
  await expectFits(admin, 'renewing asked');
  await admin.keyboard.press('Escape');
  await choose(admin, 'Minji Kim (S-1)', 'Expires');
  await dialog(admin).getByRole('radio', { name: /On a day/ }).check();
  await expectFits(admin, 'an expiry');
});

test('everybody can use the sheet', async ({ admin }) => {
  await open(admin, `${path}/sheet`);
  await expectFits(admin, 'the sheet, asked');
  await admin.getByRole('button', { name: 'Show the sheet' }).click();
  await expect(admin.getByRole('heading', { name: 'Joon Lee' })).toBeVisible();
  await expectFits(admin, 'the sheet');
});
