// Every page and every state of a page, for everybody: in light and dark, wide and at 360 pixels.
import { sidewaysPhoto, textCalledPng } from '../support/pictures.ts';
import { expectAccessible, expectFits, openWithoutScript } from '../support/axe.ts';
import { expect, open, options, test } from '../support/test.ts';
import type { People } from '../support/people.ts';

/** A small school with everything that a page can show, and the path of its room. */
async function school(people: People): Promise<string> {
  await people.createAll([
    { userId: 'T-park', nickname: 'Ms Park', permission: 'host', role: 'teacher', groups: ['Staff'] },
    { userId: 'S-1', nickname: 'Minji Kim', groups: ['Class 7B'], picture: sidewaysPhoto().buffer },
    { userId: 'S-2', nickname: 'Joon Lee', groups: ['Class 7B'] },
    { userId: 'O-1', nickname: 'Observer with a rather long name, and more of it', permission: 'monitoring' },
  ]);
  await people.room({ name: 'Chess club, which everybody may enter at any time they like', type: 'open' });
  return people.room({ name: 'Algebra 7B', members: ['T-park', 'S-1', 'O-1'] });
}

test('the door and its refusals', async ({ admin, context, complaints, rollcall }) => {
  complaints.expectStatus(422);
  await context.clearCookies();
  await open(admin, '/sign-in');
  await expectFits(admin, 'sign in');
  await admin.getByLabel('User ID').fill('nobody');
  await admin.getByLabel('Password').fill('wrong password');
  await admin.getByRole('button', { name: 'Sign in' }).click();
  await expect(admin.getByText('don\'t belong together')).toBeVisible();
  await expectFits(admin, 'sign in, refused');
  await open(admin, '/setup');
  await expectFits(admin, 'setup without a link');
  await open(admin, rollcall.setupLink);
  await expectFits(admin, 'setup');
});

test('one\'s own account', async ({ admin, complaints }) => {
  complaints.expectStatus(422);
  await open(admin, '/account');
  await expectFits(admin, 'account');
  await admin.getByRole('button', { name: 'Change password' }).click();
  await expect(admin.getByText('Fill this in.').first()).toBeVisible();
  await expectFits(admin, 'account, refused');
});

test('the users', async ({ admin, people }) => {
  await school(people);
  await open(admin, '/users');
  await expectFits(admin, 'users');
  await admin.getByLabel('Actions for Joon Lee (S-2)').click();
  await expectAccessible(admin, 'users, the menu of one open');
  await admin.getByRole('button', { name: 'Deactivate' }).click();
  await expect(admin.getByText('Joon Lee is deactivated')).toBeVisible();
  await expectAccessible(admin, 'users, one deactivated, with a toast');
  await admin.getByRole('searchbox').fill('zzz');
  await expect(admin.getByRole('heading', { name: 'No user matches “zzz”' })).toBeVisible();
  await expectFits(admin, 'users, nobody found');
  await admin.getByLabel('Account of Ada Admin').click();
  await expectFits(admin, 'the account menu');
});

test('creating a user', async ({ admin, people }) => {
  await school(people);
  await open(admin, '/users/new');
  await expectFits(admin, 'create user');
  await admin.getByLabel('Profile image').setInputFiles(sidewaysPhoto());
  await admin.getByRole('textbox', { name: 'User ID' }).fill('t-PARK');
  await admin.getByRole('textbox', { name: 'Nickname' }).fill('b\u202e');
  await expect(admin.getByText('Taken by Ms Park.')).toBeVisible();
  await admin.getByLabel('Profile image').setInputFiles(textCalledPng());
  await expect(admin.getByText('This is not a PNG')).toBeVisible();
  const groups = admin.getByRole('combobox', { name: 'Groups' });
  await groups.fill('Staff');
  await expect(options(admin).filter({ hasText: '1 person' })).toHaveCount(1);
  await groups.press('Enter');
  await groups.fill('Class');
  await expect(options(admin)).toHaveCount(2);
  await expectFits(admin, 'create user, with problems and the groups open');
});

test('a user', async ({ admin, complaints, people }) => {
  complaints.expectStatus(422);
  await school(people);
  await open(admin, '/users/S-1');
  await expectFits(admin, 'a user with an image');
  await open(admin, '/users/O-1?created');
  await expectFits(admin, 'a user just created');
  await open(admin, '/users/S-1/delete');
  await admin.getByRole('button', { name: 'Delete this user' }).click();
  await expect(admin.getByText('Type “S-1” here')).toBeVisible();
  await expectFits(admin, 'delete user, refused');
  await open(admin, '/users/A-root/delete');
  await admin.getByRole('combobox', { name: 'Who takes their rooms' }).focus();
  await expect(options(admin)).toHaveCount(5);
  await expectFits(admin, 'delete user, choosing who takes the rooms');
});

test('the rooms', async ({ admin, people }) => {
  await open(admin, '/rooms');
  await expect(admin.getByRole('heading', { name: 'No rooms yet' })).toBeVisible();
  await expectFits(admin, 'no rooms yet');
  await school(people);
  await open(admin, '/rooms');
  await expectFits(admin, 'rooms');
});

test('creating a room with the picker', async ({ admin, people, complaints }) => {
  complaints.expectStatus(422);
  await school(people);
  await open(admin, '/rooms/new');
  await expectFits(admin, 'create room');
  const picker = admin.getByRole('combobox', { name: 'Specify users' });
  await picker.fill('minji');
  await expect(options(admin)).toHaveText([/Minji Kim/]);
  await picker.press('Enter');
  await picker.fill('');
  await expect(options(admin).first()).toContainText('Ada Admin');
  await expectFits(admin, 'create room, the picker open with somebody specified');
  await picker.fill('zzz');
  await expect(admin.getByText('Create the user first').first()).toBeVisible();
  await expectFits(admin, 'create room, nobody found');
  await admin.getByRole('button', { name: 'Create user “zzz”' }).click();
  await expect(admin.getByRole('dialog')).toBeVisible();
  await expectFits(admin, 'create room, the dialog that creates a user');
  await admin.keyboard.press('Escape');
  await picker.press('Escape');
  await admin.getByRole('button', { name: 'Create room', exact: true }).click();
  await expect(admin.getByText('Fill this in.')).toBeVisible();
  await expectFits(admin, 'create room, refused');
});

test('a room', async ({ admin, people }) => {
  const room = await school(people);
  await open(admin, room);
  await expectFits(admin, 'a room');
  const who = admin.getByRole('combobox', { name: 'User', exact: true });
  await who.fill('joon');
  await expect(options(admin)).toHaveText([/Joon Lee/]);
  await expectAccessible(admin, 'a room, asking about somebody');
  await who.press('Enter');
  await expect(admin.getByText('Only specified users may enter this room')).toBeVisible();
  await admin.getByLabel('Entry permission of Minji Kim').selectOption('Host');
  await expect(admin.getByText('Minji Kim is now a Host')).toBeVisible();
  await expectFits(admin, 'a room, with an answer and a toast');
  await admin.getByLabel('More for this room').click();
  await expectAccessible(admin, 'a room, its menu open');
  await admin.getByRole('button', { name: 'End this room' }).click();
  await expect(admin.getByRole('dialog')).toBeVisible();
  await expectFits(admin, 'a room, asking whether to end it');
});

test('what can be changed about a room', async ({ admin, people }) => {
  const room = await school(people);
  await open(admin, `${room}/settings`);
  await admin.getByRole('radio', { name: /^Anyone with the link/ }).check();
  await expect(
    admin.getByRole('status').filter({ hasText: 'Anyone with the link may enter then.' }),
  ).toBeVisible();
  await expectFits(admin, 'edit room');
  await open(admin, `${room}/add`);
  await admin.getByRole('combobox', { name: 'Specify users' }).focus();
  await expect(options(admin).filter({ hasText: 'Already specified' })).toHaveCount(3);
  await expectFits(admin, 'add users, the picker open');
  await open(admin, `${room}/owner`);
  await expectFits(admin, 'hand over');
  await open(admin, `${room}/delete`);
  await expectFits(admin, 'delete room');
});

test('the groups', async ({ admin, people }) => {
  await open(admin, '/groups');
  await expect(admin.getByRole('heading', { name: 'No groups yet' })).toBeVisible();
  await expectFits(admin, 'no groups yet');
  await school(people);
  await open(admin, '/groups');
  await expect(admin.getByRole('rowheader').first()).toBeVisible();
  await expectFits(admin, 'groups');
});

test('a group and what can be done with it', async ({ admin, people, complaints }) => {
  complaints.expectStatus(422);
  await school(people);
  const empty = await people.group('Nobody');
  await open(admin, empty);
  await expect(admin.getByRole('heading', { name: 'Nobody is in this group yet' })).toBeVisible();
  await expectFits(admin, 'a group without people');
  const group = await people.group('Everybody', ['S-1', 'O-1']);
  await open(admin, group);
  await expectFits(admin, 'a group');
  await admin.getByLabel('More for this group').click();
  await expectAccessible(admin, 'a group, its menu open');
  await open(admin, `${group}/add`);
  await admin.getByRole('combobox', { name: 'Add users' }).focus();
  await expect(options(admin).filter({ hasText: 'Already in this group' })).toHaveCount(2);
  await expectFits(admin, 'add to a group, the picker open');
  await open(admin, `${group}/rename`);
  await admin.getByLabel('Name').fill('nobody');
  await admin.getByRole('button', { name: 'Rename group' }).click();
  await expect(admin.getByText('There is a group Nobody already.')).toBeVisible();
  await expectFits(admin, 'rename a group, refused');
  await open(admin, `${group}/merge`);
  await admin.getByRole('combobox', { name: 'Group to merge into' }).fill('nob');
  await expect(options(admin)).toHaveText([/Nobody/]);
  await expectFits(admin, 'merge a group, the other one found');
  await open(admin, `${group}/delete`);
  await admin.getByRole('button', { name: 'Delete group' }).click();
  await expect(admin.getByText('Fill this in.')).toBeVisible();
  await expectFits(admin, 'delete a group, refused');
});

test('a room nobody is specified for, and nothing at all', async ({ admin, people, complaints }) => {
  complaints.expectStatus(404);
  await open(admin, await people.room({ name: 'Empty' }));
  await expect(admin.getByRole('heading', { name: 'Nobody is specified yet' })).toBeVisible();
  await expectFits(admin, 'a room without members');
  await open(admin, '/nowhere');
  await expectFits(admin, 'not found');
});

test('the forms as they are without a script', async ({ admin, people, complaints }) => {
  const room = await school(people);
  const group = await people.group('Everybody', ['S-1']);
  const groups = ['/groups/new', group, `${group}/add`, `${group}/merge`, `${group}/delete`];
  const rooms = ['/rooms/new', room, `${room}/add`, `${room}/owner`, `${room}/delete`];
  for (const path of ['/users/new', '/users/S-1', '/users/S-1/delete', ...rooms, ...groups]) {
    await openWithoutScript(admin, path);
    await expect(admin.getByRole('combobox', { name: 'Specify users' })).toBeHidden();
    await expectAccessible(admin, `${path} without a script`);
  }
  // The WASM that was fetched in advance is of no use without the page's own script.
  expect(complaints.take().filter((it) => !it.includes('was preloaded'))).toEqual([]);
});
