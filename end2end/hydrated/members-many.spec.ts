// Many members of a room at once, and what is undone by toast in rooms.
import { expectAccessible, expectNoOverflow } from '../support/axe.ts';
import { alive, expect, open, options, row, test, type Page } from '../support/test.ts';

const permission = (page: Page, nickname: string) =>
  page.getByLabel(`Entry permission of ${nickname}`);
const box = (page: Page, who: string) => page.getByRole('checkbox', { name: `Choose ${who}` });
const bar = (page: Page) => page.getByRole('region', { name: 'Chosen users' });
const undo = (page: Page, what: string) =>
  page.getByRole('status').filter({ hasText: what }).getByRole('button', { name: 'Undo' }).last();

async function setPermission(page: Page, to: string): Promise<void> {
  await bar(page).getByText('Set permission').click();
  await bar(page).getByRole('button', { name: to, exact: true }).click();
}

const three = [
  { userId: 'S-1', nickname: 'Minji Kim' },
  { userId: 'S-2', nickname: 'Joon Lee', permission: 'host' as const },
  { userId: 'S-3', nickname: 'Sora Park', permission: 'monitoring' as const },
];

test('chosen members get a permission at once, and the toast gives back what each had', async ({
  admin,
  people,
}) => {
  await people.createAll(three);
  await open(admin, await people.room({ name: 'Algebra', members: ['S-1', 'S-2', 'S-3'] }));
  await expect(bar(admin)).toHaveCount(0);
  await box(admin, 'Minji Kim (S-1)').check();
  await box(admin, 'Sora Park (S-3)').check();
  await expect(bar(admin)).toContainText('2 chosen');
  await expectAccessible(admin, 'chosen members');
  await admin.setViewportSize({ width: 360, height: 740 });
  await expectNoOverflow(admin, 'chosen members on a phone');
  await setPermission(admin, 'Host');
  await expect(admin.getByText('2 members are now Host')).toBeVisible();
  await expect(bar(admin)).toHaveCount(0);
  for (const it of three) await expect(permission(admin, it.nickname)).toHaveValue('host');
  await undo(admin, '2 members are now Host').click();
  await expect(permission(admin, 'Minji Kim')).toHaveValue('guest');
  await expect(permission(admin, 'Sora Park')).toHaveValue('monitoring');
  await expect(permission(admin, 'Joon Lee')).toHaveValue('host');
  await expect(admin.getByText(/set the permission of 2 people in .*Algebra.* to Host/)).toBeVisible();
});

test('members are chosen, removed and brought back by keyboard alone', async ({ admin, people }) => {
  await people.createAll(three);
  await open(admin, await people.room({ name: 'Algebra', members: ['S-1', 'S-2', 'S-3'] }));
  await admin.getByRole('checkbox', { name: 'Choose all on this page' }).focus();
  await admin.keyboard.press('Space');
  await expect(bar(admin)).toContainText('3 chosen');
  await box(admin, 'Joon Lee (S-2)').focus();
  await admin.keyboard.press('Space');
  await expect(bar(admin)).toContainText('2 chosen');
  await admin.keyboard.press('Enter');
  await admin.keyboard.press('Tab');
  await expect(bar(admin).getByRole('button', { name: 'Remove' })).toBeFocused();
  await admin.keyboard.press('Enter');
  await expect(admin.getByText('2 members were removed from this room')).toBeVisible();
  await expect(admin.getByText('1 member', { exact: true })).toBeVisible();
  await expect(admin.getByRole('region', { name: 'Members' })).toBeFocused();
  await undo(admin, '2 members were removed').press('Enter');
  await expect(admin.getByText('3 members', { exact: true })).toBeVisible();
  await expect(permission(admin, 'Sora Park')).toHaveValue('monitoring');
});

test('all members are removed after asking, also those on other pages, and come back', async ({
  admin,
  people,
}) => {
  const many = Array.from({ length: 120 }, (_, at) => ({
    userId: `S-${at + 100}`,
    nickname: `Pupil ${at + 100}`,
  }));
  await people.createAll(many);
  await open(admin, await people.room({ name: 'Assembly', members: many.map((it) => it.userId) }));
  await admin.getByRole('checkbox', { name: 'Choose all on this page' }).check();
  await expect(bar(admin)).toContainText('100 chosen');
  await bar(admin).getByRole('button', { name: 'Choose all 120 members' }).click();
  await expect(bar(admin)).toContainText('All 120 members are chosen');
  await bar(admin).getByRole('button', { name: 'Remove' }).click();
  const dialog = admin.getByRole('dialog', { name: 'Remove all members?' });
  await expect(dialog).toContainText('The 120 members can\'t enter as specified any more.');
  await expectAccessible(admin, 'asking before all are removed');
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect(admin.getByRole('heading', { name: 'Nobody is specified yet' })).toBeVisible();
  await undo(admin, '120 members were removed').click();
  await expect(admin.getByText('120 members', { exact: true })).toBeVisible();
  await admin.getByRole('searchbox', { name: 'Find a member' }).fill('S-219');
  await expect(admin.getByRole('rowheader')).toHaveText([/Pupil 219/]);
});

test('somebody who was removed meanwhile is named, and the others are changed', async ({
  admin,
  people,
  context,
}) => {
  await people.createAll(three);
  const path = await people.room({ name: 'Algebra', members: ['S-1', 'S-2', 'S-3'] });
  await open(admin, path);
  await box(admin, 'Minji Kim (S-1)').check();
  await box(admin, 'Sora Park (S-3)').check();
  const other = await context.newPage();
  await open(other, path);
  await other.getByLabel('Actions for Minji Kim (S-1)').click();
  await other.getByRole('button', { name: 'Remove from this room' }).click();
  await expect(other.getByText('Minji Kim was removed from this room')).toBeVisible();
  await setPermission(admin, 'Guest');
  await expect(admin.getByText('1 member is now Guest')).toBeVisible();
  await expect(
    admin.getByText('Nothing was done for S-1, who is no member any more.'),
  ).toBeVisible();
  await expect(permission(admin, 'Sora Park')).toHaveValue('guest');
  await expectAccessible(admin, 'somebody left out');
});

test('a removed member who was deactivated since comes back as they were', async ({ admin, people }) => {
  await people.createAll(three);
  const path = await people.room({ name: 'Algebra', members: ['S-3'] });
  await open(admin, '/users/S-3');
  await admin.getByRole('button', { name: 'Deactivate' }).click();
  await expect(admin.getByRole('button', { name: 'Reactivate' })).toBeVisible();
  await open(admin, path);
  await admin.getByLabel('Actions for Sora Park (S-3)').click();
  await admin.getByRole('button', { name: 'Remove from this room' }).click();
  await undo(admin, 'Sora Park was removed').click();
  await expect(permission(admin, 'Sora Park')).toHaveValue('monitoring');
});

test('a whole group is added to a room, and those who can\'t be are named', async ({ admin, people }) => {
  await people.createAll(three);
  await people.group('7B', ['S-1', 'S-2', 'S-3', 'A-root']);
  await open(admin, `${await people.room({ name: 'Algebra', members: ['S-1'] })}/add`);
  await admin.getByRole('combobox', { name: 'Specify users' }).fill('7b');
  await options(admin).filter({ hasText: '7B' }).click();
  await expect(admin.getByText('7B: 2 people added').first()).toBeVisible();
  await expect(admin.getByText('Owner (1): Ada Admin (A-root)')).toBeVisible();
  await expect(admin.getByText('Already specified (1): Minji Kim (S-1)')).toBeVisible();
  await admin.getByRole('button', { name: 'Add to the room' }).click();
  await expect(admin.getByText('3 members', { exact: true })).toBeVisible();
});

test('a room is ended and reopened in the list, with a way back each time', async ({ admin, people }) => {
  await people.room({ name: 'Algebra' });
  await open(admin, '/rooms');
  await admin.getByLabel('Actions for Algebra').click();
  await expectAccessible(admin, 'what can be done with a room of the list');
  await admin.getByRole('button', { name: 'End this room' }).click();
  await expect(admin.getByText('Algebra has ended')).toBeVisible();
  await expect(row(admin, /Algebra/)).toContainText('Ended');
  await undo(admin, 'Algebra has ended').click();
  await expect(row(admin, /Algebra/)).toContainText('Waiting');
  await admin.reload();
  await alive(admin);
  await expect(row(admin, /Algebra/)).toContainText('Waiting');
});

test('a room is ended on its page, and the toast reopens it', async ({ admin, people }) => {
  await open(admin, await people.room({ name: 'Algebra' }));
  await admin.getByLabel('More for this room').click();
  await admin.getByRole('button', { name: 'End this room' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'End this room' }).click();
  await undo(admin, 'Algebra has ended').click();
  await expect(admin.getByText('Algebra is open again')).toBeVisible();
  await expect(admin.getByRole('main')).toContainText('Waiting');
});
