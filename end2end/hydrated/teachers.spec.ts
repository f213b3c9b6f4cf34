// Teachers: who provision their own rooms, see no others, and whose rooms somebody takes.
import { expectAccessible, expectNoOverflow } from '../support/axe.ts';
import { signIn } from '../support/teacher.ts';
import { alive, expect, open, options, row, test, type Page } from '../support/test.ts';

const PHONE = { width: 360, height: 740 };

const picker = (page: Page) => page.getByRole('combobox', { name: 'Specify users' });
const chosen = (page: Page) =>
  page.getByRole('list', { name: 'Specified users' }).getByRole('listitem');
const sections = (page: Page) => page.getByRole('navigation', { name: 'Main' }).getByRole('link');

async function createRoom(page: Page, name: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('button', { name: 'Create room', exact: true }).click();
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
}

test('a Teacher makes a room with two users and a group, and loses it and the session', async ({
  admin,
  browser,
  people,
}) => {
  await people.createAll([
    { userId: 'S-1', nickname: 'Minji Kim' },
    { userId: 'S-2', nickname: 'Joon Lee' },
    { userId: 'S-3', nickname: 'Sora Park', groups: ['Class 7B'] },
    { userId: 'S-4', nickname: 'Hana Choi', groups: ['Class 7B'] },
  ]);
  const others = await people.room({ name: 'Of the Admin' });
  await open(admin, '/users/new');
  await admin.getByLabel('User ID').fill('T-kim');
  await admin.getByLabel('Nickname').fill('Ms Kim');
  await admin.getByLabel('Console role').selectOption('Teacher');
  await admin.getByRole('button', { name: 'Create user', exact: true }).click();
  await expect(admin.getByRole('heading', { name: 'Ms Kim' })).toBeVisible();

  const kim = await signIn(admin, browser, 'T-kim');
  await expect(kim.getByRole('heading', { name: 'You have no rooms yet' })).toBeVisible();
  await expect(sections(kim)).toHaveText(['Rooms']);
  await kim.getByRole('main').getByRole('link', { name: 'Create room' }).first().click();
  for (const name of ['Minji Kim', 'Joon Lee']) {
    await picker(kim).fill(name);
    await expect(options(kim)).toHaveText([new RegExp(name)]);
    await picker(kim).press('Enter');
  }
  await picker(kim).fill('class 7b');
  await options(kim).filter({ hasText: 'Add all' }).click();
  await expect(chosen(kim)).toHaveCount(4);
  await picker(kim).fill('nobody-9');
  await expect(kim.getByText('Ask an administrator to create the user')).toBeVisible();
  await expect(kim.getByRole('button', { name: /^Create “/ })).toHaveCount(0);
  await picker(kim).fill('');
  await createRoom(kim, 'Algebra');
  await expect(row(kim, /Sora Park/)).toBeVisible();
  await expect(kim.getByRole('link', { name: 'Sora Park' })).toHaveCount(0);
  await expect(kim.getByRole('link', { name: 'Add users' })).toBeVisible();
  const room = new URL(kim.url()).pathname;

  await kim.goto(others);
  await expect(kim.getByText('Nothing is here.')).toBeVisible();
  await kim.goto('/users');
  await expect(kim.getByText('This is for administrators.')).toBeVisible();
  await sections(kim).first().click();
  await expect(row(kim, /Algebra/)).toBeVisible();
  await expect(row(kim, /Of the Admin/)).toHaveCount(0);

  await open(kim, room);
  await expect(kim.getByLabel('Entry permission of Minji Kim')).toBeVisible();
  await open(admin, `${room}/owner`);
  await admin.getByRole('combobox').fill('A-root');
  await options(admin).first().click();
  await admin.getByRole('button', { name: 'Hand over' }).click();
  await expect(admin.getByText('The room has a new owner.')).toBeVisible();
  // Host in it from now on, also on the page that is open: to be seen, and nothing else.
  await expect(kim.getByLabel('Entry permission of Minji Kim')).toHaveCount(0);
  await expect(row(kim, /Minji Kim/)).toBeVisible();
  await expect(row(kim, /T-kim/)).toContainText('Host');
  await expect(row(kim, /T-kim/)).not.toContainText('Owner');
  await expect(kim.getByRole('link', { name: 'Add users' })).toHaveCount(0);
  await expect(kim.getByLabel('Entry permission of Minji Kim')).toHaveCount(0);

  await open(admin, '/users/T-kim');
  await admin.getByRole('button', { name: 'Deactivate' }).click();
  await expect(kim.getByText('You were deactivated.')).toBeVisible();
  await kim.reload();
  await expect(kim.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await kim.context().close();
});

test('who takes the rooms is asked before a Teacher is deactivated or loses the role', async ({
  admin,
  browser,
  complaints,
  people,
}) => {
  complaints.expectStatus(422);
  await people.create({ userId: 'T-kim', nickname: 'Ms Kim', role: 'teacher' });
  const kim = await signIn(admin, browser, 'T-kim');
  await open(kim, '/rooms/new');
  await createRoom(kim, 'Algebra');
  await kim.context().close();

  await open(admin, '/users/T-kim');
  await admin.getByLabel('Console role').selectOption('none');
  await admin.getByRole('button', { name: 'Save changes' }).click();
  const asked = admin.getByRole('link', { name: 'Hand over the rooms' });
  await expect(asked).toHaveAttribute('href', '/users/T-kim/hand-over');

  await open(admin, '/users/T-kim');
  await admin.getByRole('button', { name: 'Deactivate' }).click();
  const title = 'Hand over the rooms of Ms Kim, and deactivate them';
  await expect(admin.getByRole('heading', { name: title })).toBeVisible();
  await alive(admin);
  await expectAccessible(admin, 'handing rooms over');
  await admin.setViewportSize(PHONE);
  await expectNoOverflow(admin, 'handing rooms over');
  await admin.getByRole('button', { name: 'Hand over and deactivate' }).click();
  await expect(admin.getByRole('combobox')).toHaveAccessibleDescription(/required|enter|fill/i);
  await admin.getByRole('combobox').fill('A-root');
  await options(admin).first().click();
  await admin.getByRole('button', { name: 'Hand over and deactivate' }).click();
  await expect(admin.getByText('The rooms are handed over.')).toBeVisible();
  await expect(admin.getByRole('button', { name: 'Reactivate' })).toBeVisible();
  await open(admin, '/rooms');
  await expect(row(admin, /Algebra/)).toContainText('Ada Admin');
});

test('a limit is said before the form is filled in', async ({ admin, browser, people }) => {
  await people.createAll([
    { userId: 'T-kim', nickname: 'Ms Kim', role: 'teacher' },
    { userId: 'S-1', nickname: 'Minji Kim' },
  ]);
  await people.settings({ teacher_rooms: '1', teacher_members: '5', teacher_capacity: '20' });
  const kim = await signIn(admin, browser, 'T-kim');
  await open(kim, '/rooms/new');
  await expect(kim.getByText('You may specify up to 5 people for a room.')).toBeVisible();
  await expect(kim.getByLabel('Capacity')).toHaveValue('20');
  await createRoom(kim, 'Algebra');
  await open(kim, '/rooms/new');
  await expect(kim.getByText('You may own 1 room, and you do.')).toBeVisible();
  await expect(kim.getByRole('textbox', { name: 'Name' })).toHaveCount(0);
  await expectAccessible(kim, 'no more rooms');
  await kim.setViewportSize(PHONE);
  await expectNoOverflow(kim, 'no more rooms');
  await open(kim, '/rooms');
  await expectNoOverflow(kim, "a Teacher's rooms");
  await expectAccessible(kim, "a Teacher's rooms");
  await row(kim, /Algebra/).getByRole('link').first().click();
  await expectNoOverflow(kim, "a Teacher's room");
  await kim.context().close();
});

test('the help of a Teacher begins with their rooms, and leads to nothing that is not for them', async ({
  admin,
  browser,
  people,
}) => {
  await people.create({ userId: 'T-kim', nickname: 'Ms Kim', role: 'teacher' });
  const kim = await signIn(admin, browser, 'T-kim');
  await kim.getByRole('link', { name: 'Help: rooms', exact: true }).click();
  await expect(kim.getByRole('heading', { level: 1, name: "A teacher's rooms" })).toBeVisible();
  const more = kim.getByRole('navigation', { name: 'Read on' }).getByRole('link');
  const rooms = ['Rooms', 'Specify users for a room', "A room's page"];
  await expect(more).toHaveText([...rooms, 'As a Host', 'Your account']);
  await more.filter({ hasText: 'Your account' }).click();
  await expect(more).toHaveText(["A teacher's rooms"]);
  await kim.getByRole('link', { name: 'Back', exact: true }).click();
  await expect(kim.getByRole('heading', { name: 'You have no rooms yet' })).toBeVisible();
  await kim.context().close();
});
