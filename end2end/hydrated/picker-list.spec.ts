// The picker with many at once: pasted lists, whole groups, and hundreds of chosen.
import { expectAccessible, expectNoOverflow } from '../support/axe.ts';
import { expect, open, options, row, test, type Page } from '../support/test.ts';

const picker = (page: Page) => page.getByRole('combobox', { name: 'Specify users' });
const list = (page: Page) => page.getByRole('list', { name: 'Specified users' });
const chosen = (page: Page) => list(page).getByRole('listitem');
const notFound = (page: Page, count: number) =>
  page.getByRole('textbox', { name: `${count} User ID${count === 1 ? ' was' : 's were'} not found` });

/** Pastes a text where the cursor is, as somebody would who copied it elsewhere. */
async function paste(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((it) => navigator.clipboard.writeText(it), text);
  await picker(page).focus();
  await page.keyboard.press('ControlOrMeta+V');
}

const pupils = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    userId: `S-${at + 100}`,
    nickname: at === 250 ? 'Wanted Kim' : `Pupil ${at + 100}`,
  }));

test('a pasted list adds who is found, and says who is not and why', async ({ admin, people }) => {
  await people.createAll([
    { userId: 'S-1', nickname: 'Minji Kim' },
    { userId: 'S-2', nickname: 'Joon Lee', permission: 'monitoring' },
    { userId: 'S-3', nickname: 'Sora Park' },
    { userId: 'S-4', nickname: 'Tom Choi' },
    { userId: 'S-5', nickname: 'Ina Berg' },
  ]);
  await open(admin, '/users/S-4');
  await admin.getByRole('button', { name: 'Deactivate' }).click();
  await expect(admin.getByRole('button', { name: 'Reactivate' })).toBeVisible();
  await open(admin, '/rooms/new');
  await admin.getByRole('textbox', { name: 'Name' }).fill('Algebra 7B');
  await picker(admin).fill('ina berg');
  await expect(options(admin)).toHaveCount(1);
  await picker(admin).press('Enter');
  await expect(chosen(admin)).toHaveText([/Ina Berg/]);

  await paste(admin, 's-1, S-2\nS-3; S-4 "S-5" A-root S-98\nS-99');
  await expect(chosen(admin)).toHaveText([/Ina Berg/, /Minji Kim/, /Joon Lee/, /Sora Park/]);
  await expect(picker(admin)).toHaveValue('');
  await expect(admin.getByText('3 people added').first()).toBeVisible();
  await expect(admin.getByText('Owner (1): Ada Admin (A-root)')).toBeVisible();
  await expect(admin.getByText('Already specified (1): Ina Berg (S-5)')).toBeVisible();
  await expect(admin.getByText('Deactivated (1): Tom Choi (S-4)')).toBeVisible();
  await expect(notFound(admin, 2)).toHaveValue('S-98\nS-99');
  await expect(admin.getByLabel('Entry permission of Joon Lee')).toHaveValue('monitoring');
  await expectAccessible(admin, 'a pasted list');
  await admin.setViewportSize({ width: 360, height: 740 });
  await expectNoOverflow(admin, 'a pasted list on a phone');

  await admin.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(admin.getByText('Copied', { exact: true })).toBeVisible();
  expect(await admin.evaluate(() => navigator.clipboard.readText())).toBe('S-98\nS-99');

  await admin.getByRole('button', { name: 'Create user “S-98”' }).click();
  const dialog = admin.getByRole('dialog', { name: 'Create user' });
  await expect(dialog.getByRole('textbox', { name: 'User ID' })).toHaveValue('S-98');
  await dialog.getByRole('button', { name: 'Create and specify' }).click();
  await expect(dialog).toBeHidden();
  await expect(notFound(admin, 1)).toHaveValue('S-99');
  await expect(chosen(admin)).toHaveCount(5);
  await picker(admin).press('Escape');
  await admin.getByRole('button', { name: 'Dismiss' }).click();
  await expect(notFound(admin, 1)).toHaveCount(0);

  await admin.getByRole('button', { name: 'Create room', exact: true }).click();
  await expect(admin.getByText('The room is ready.')).toBeVisible();
  await expect(admin.getByText('5 members', { exact: true })).toBeVisible();
});

test('a list is looked up by keyboard alone, with a heading or without', async ({ admin, people }) => {
  await people.createAll([
    { userId: 'kim', nickname: 'Minji Kim' },
    { userId: 'lee', nickname: 'Joon Lee' },
  ]);
  await open(admin, `${await people.room({ name: 'Algebra 7B', members: ['lee'] })}/add`);
  await picker(admin).focus();
  await admin.keyboard.press('Escape');
  await admin.keyboard.press('Shift+Tab');
  await expect(admin.getByRole('button', { name: 'Paste a list' })).toBeFocused();
  await admin.keyboard.press('Enter');
  const dialog = admin.getByRole('dialog', { name: 'Paste a list' });
  await expect(dialog.getByRole('textbox', { name: 'User IDs' })).toBeFocused();
  await admin.keyboard.insertText('Nickname,User ID\n"Kim, Minji",kim\nJoon Lee,lee');
  await expectAccessible(admin, 'pasting a list');
  await admin.keyboard.press('Tab');
  await admin.keyboard.press('Tab');
  await admin.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(chosen(admin)).toHaveText([/Minji Kim/]);
  await expect(admin.getByText('Already specified (1): Joon Lee (lee)')).toBeVisible();
  await admin.getByRole('button', { name: 'Add to the room' }).click();
  await expect(admin.getByText('2 members', { exact: true })).toBeVisible();
});

test('a name with a space is searched for, not looked up', async ({ admin, people }) => {
  await people.create({ userId: 'S-1', nickname: 'Minji Kim' });
  await open(admin, '/rooms/new');
  await paste(admin, 'Minji Kim');
  await expect(picker(admin)).toHaveValue('Minji Kim');
  await expect(options(admin)).toHaveText([/Minji Kim/]);
});

test('a list that is too long is refused in words, and loses nobody', async ({ admin, people }) => {
  await people.createAll(pupils(2));
  await open(admin, '/rooms/new');
  await paste(admin, 'S-100 S-101');
  await expect(chosen(admin)).toHaveCount(2);
  await paste(admin, Array.from({ length: 10_001 }, (_, at) => `X-${at}`).join('\n'));
  await expect(
    admin.getByText('The list is too long: at most 10,000 at once. Nobody was added.').first(),
  ).toBeVisible();
  await expect(chosen(admin)).toHaveCount(2);
});

test('users of a list are put into a group', async ({ admin, people }) => {
  await people.createAll(pupils(3));
  await open(admin, `${await people.group('7B', ['S-100'])}/add`);
  await admin.getByRole('button', { name: 'Paste a list' }).click();
  await admin.getByRole('textbox', { name: 'User IDs' }).fill('S-100 S-101 S-102 S-999');
  await admin.getByRole('button', { name: 'Look up and add' }).click();
  await expect(admin.getByText('2 people added').first()).toBeVisible();
  await expect(admin.getByText('Already in this group (1): Pupil 100 (S-100)')).toBeVisible();
  await expect(notFound(admin, 1)).toHaveValue('S-999');
  await admin.getByRole('button', { name: 'Add to the group' }).click();
  await expect(admin.getByText('2 people were added.')).toBeVisible();
});

test('hundreds of chosen are searched and paged, and all of them are sent', async ({ admin, people }) => {
  const all = pupils(300);
  await people.createAll(all);
  await people.group('Year 7', all.map((it) => it.userId));
  await open(admin, '/rooms/new');
  await admin.getByRole('textbox', { name: 'Name' }).fill('Assembly');
  await picker(admin).fill('year 7');
  await options(admin).filter({ hasText: 'Year 7' }).click();
  await expect(admin.getByText('Year 7: 300 people added').first()).toBeVisible();
  await picker(admin).press('Escape');
  await expect(chosen(admin)).toHaveCount(50);
  const pages = admin.getByRole('navigation', { name: 'Pages of the chosen' });
  await expect(pages).toContainText('1–50 of 300');
  await pages.getByRole('button', { name: 'Next' }).click();
  await expect(pages).toContainText('51–100 of 300');
  await pages.getByRole('button', { name: 'Previous' }).click();
  await expect(pages).toContainText('1–50 of 300');
  await expectAccessible(admin, 'hundreds of chosen');

  await admin.getByRole('searchbox', { name: 'Find among the chosen' }).fill('wanted');
  await expect(chosen(admin)).toHaveText([/Wanted Kim/]);
  await admin.getByLabel('Entry permission of Wanted Kim').selectOption('Host');
  await admin.getByRole('searchbox', { name: 'Find among the chosen' }).fill('zzz');
  await expect(admin.getByText('Nobody among the chosen matches.')).toBeVisible();
  await admin.getByRole('searchbox', { name: 'Find among the chosen' }).fill('pupil 10');
  await expect(chosen(admin)).toHaveCount(10);
  await admin.getByText('For all 10', { exact: true }).click();
  await admin.getByRole('button', { name: 'Set to Monitoring' }).click();
  await expect(admin.getByText('10 people set to Monitoring')).toBeVisible();
  await expect(admin.getByText('300 specified: 1 Host, 289 Guest, 10 Monitoring')).toBeVisible();
  await admin.getByRole('button', { name: 'Undo' }).click();
  await expect(admin.getByText('300 specified: 1 Host, 299 Guest')).toBeVisible();
  await admin.getByText('For all 10', { exact: true }).click();
  await admin.getByRole('button', { name: 'Remove all' }).click();
  await expect(admin.getByText('290 specified: 1 Host, 289 Guest')).toBeVisible();
  await admin.getByRole('button', { name: 'Undo' }).last().click();
  await expect(admin.getByText('300 specified: 1 Host, 299 Guest')).toBeVisible();

  await admin.getByRole('button', { name: 'Create room', exact: true }).click();
  await expect(admin.getByText('The room is ready.')).toBeVisible();
  await expect(admin.getByText('300 members', { exact: true })).toBeVisible();
  await admin.getByRole('searchbox', { name: 'Find a member' }).fill('wanted');
  await expect(row(admin, /Wanted Kim/).getByRole('combobox')).toHaveValue('host');
});

test('what is seen of the offer is there first, the rest of it a frame later', async ({
  admin,
  people,
}) => {
  await people.createAll(pupils(30));
  await open(admin, '/rooms/new');
  await admin.evaluate(() => {
    const shown: number[] = [];
    Object.assign(window, { shown });
    const look = () => {
      const now = document.querySelectorAll('[role=option]').length;
      if (now !== shown.at(-1)) shown.push(now);
      requestAnimationFrame(look);
    };
    look();
  });
  await picker(admin).fill('Pupil');
  await expect(options(admin)).toHaveCount(20);
  await expect.poll(() => admin.evaluate('window.shown.at(-1)')).toBe(20);
  expect(await admin.evaluate('window.shown')).toEqual([0, 10, 20]);
});
