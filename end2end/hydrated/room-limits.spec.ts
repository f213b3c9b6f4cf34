// What limits a room, and what another type of it means.
import { alive, expect, open, options, test, type Page } from '../support/test.ts';
import { expectAccessible, expectNoOverflow } from '../support/axe.ts';

/** The section that is folded away where nothing limits the room. */
const limits = (page: Page) => page.getByText('Limits optional');
const facts = (page: Page) => page.getByRole('region', { name: 'About this room' });
const answer = (page: Page) =>
  page.getByRole('region', { name: 'Can they enter?' }).getByRole('status');

async function ask(page: Page, nickname: string): Promise<void> {
  const who = page.getByRole('combobox', { name: 'User', exact: true });
  await who.fill(nickname);
  await expect(options(page)).toHaveText([new RegExp(nickname)]);
  await who.press('Enter');
}

test.beforeEach(async ({ admin: _, people }) => {
  await people.inTimeZone('Asia/Seoul');
  await people.createAll([
    { userId: 'S-1', nickname: 'Minji Kim' },
    { userId: 'T-1', nickname: 'Joon Lee', permission: 'host' },
  ]);
});

test('a room with a window says that it is not open yet, and when it opens', async ({ admin }) => {
  await open(admin, '/rooms/new');
  await admin.getByLabel('Name').fill('Exam');
  await admin.getByRole('radio', { name: /^All users/ }).check();
  await limits(admin).click();
  await admin.getByLabel('Capacity').fill('24');
  await admin.getByLabel('Time limit in minutes').fill('90');
  await expect(admin.getByLabel('Time limit in minutes')).toHaveAccessibleDescription(
    /= 1 hour 30 minutes\./,
  );
  const opens = admin.getByLabel('From', { exact: true });
  await expect(opens).toHaveAccessibleDescription(/By the clocks of the school, Asia\/Seoul\./);
  await opens.fill('2099-11-24T09:00');
  await admin.getByLabel('Until', { exact: true }).fill('2099-11-24T10:30');
  await expectAccessible(admin, 'create room, with limits');
  await admin.getByRole('button', { name: 'Create room' }).click();
  await expect(admin.getByText('The room is ready.')).toBeVisible();
  await expect(facts(admin)).toContainText('24 people');
  await expect(facts(admin)).toContainText('1 hour 30 minutes');
  await expect(facts(admin)).toContainText(/from Nov 24, 2099, 9:00\s+AM\s*until Nov 24, 2099, 10:30\s+AM\s*Asia\/Seoul/);
  await ask(admin, 'Minji Kim');
  await expect(answer(admin)).toContainText(/No\. It isn't open yet\. It opens: Nov 24, 2099, 9:00\s+AM\s+Asia\/Seoul\s*\./);
  await expectAccessible(admin, 'a room that opens later');
  await answer(admin).getByRole('link', { name: 'Change the window' }).click();
  await expect(admin.getByLabel('From', { exact: true })).toHaveValue('2099-11-24T09:00');
});

test('limits are edited, and the history names them', async ({ admin, people }) => {
  const room = await people.room({ name: 'Exam', type: 'public' });
  await open(admin, `${room}/settings`);
  await limits(admin).click();
  await admin.getByLabel('Capacity').fill('30');
  await admin.getByLabel('Until', { exact: true }).fill('2020-01-01T10:00');
  await admin.getByRole('button', { name: 'Save changes' }).click();
  await expect(admin.getByText('The changes are saved.')).toBeVisible();
  await expect(admin.getByRole('region', { name: 'History' })).toContainText(
    'capacity from none to 30 people, the window in which it may be entered',
  );
  await ask(admin, 'Minji Kim');
  await expect(answer(admin)).toContainText(/No\. Its window is over\. It closed: Jan 1, 2020, 10:00\s+AM\s+Asia\/Seoul\s*\./);
  await ask(admin, 'Joon Lee');
  await expect(answer(admin)).toContainText('Yes, as Host.');
  await open(admin, `${room}/settings`);
  await admin.getByLabel('Until', { exact: true }).fill('');
  await admin.getByRole('button', { name: 'Save changes' }).click();
  await expect(admin.getByText('The changes are saved.')).toBeVisible();
  await expect(facts(admin)).not.toContainText('When it may be entered');
});

test('limits that cannot be are refused beside their fields', async ({ admin, complaints, people }) => {
  complaints.expectStatus(422);
  await people.inTimeZone('Europe/Berlin');
  const room = await people.room({ name: 'Exam', type: 'public' });
  await open(admin, `${room}/settings`);
  await limits(admin).click();
  await admin.getByLabel('Capacity').fill('10001');
  await expect(admin.getByText('A whole number from 1 to 10,000.')).toBeVisible();
  await admin.getByLabel('Time limit in minutes').fill('4');
  await expect(admin.getByText('A whole number from 5 to 1,440.')).toBeVisible();
  const [opens, closes] = [
    admin.getByLabel('From', { exact: true }),
    admin.getByLabel('Until', { exact: true }),
  ];
  await opens.fill('2026-11-24T09:00');
  await closes.fill('2026-11-24T08:00');
  await expect(closes).toHaveAccessibleDescription(/This must come after the beginning\./);
  await expectAccessible(admin, 'limits, refused');
  await admin.getByLabel('Capacity').fill('');
  await admin.getByLabel('Time limit in minutes').fill('');
  await opens.fill('2026-03-29T02:30');
  await closes.fill('');
  await admin.getByRole('button', { name: 'Save changes' }).click();
  await expect(opens).toHaveAccessibleDescription(/The clocks skip this time on that day\./);
  await opens.fill('2026-03-29T03:30');
  await expect(opens).not.toHaveAccessibleDescription(/skip/);
  // Half a time is none, and isn't taken for one that was left empty.
  await closes.press('0');
  await admin.getByRole('button', { name: 'Save changes' }).click();
  await expect(closes).toHaveAccessibleDescription(/Give a day and a time\./);
});

test('what another type means is said in numbers before it is saved', async ({ admin, people }) => {
  const room = await people.room({ name: 'Algebra', members: ['S-1', 'T-1'] });
  await open(admin, `${room}/settings`);
  const status = admin.getByRole('main').getByRole('status');
  await expect(status.filter({ hasText: 'may enter then' })).toHaveCount(0);
  await admin.getByRole('radio', { name: /^All users/ }).check();
  await expect(status).toContainText([
    /All users may enter then\. All 3 active users may enter, not only the 2 members\./,
  ]);
  await admin.getByRole('radio', { name: /^Anyone with the link/ }).check();
  await expect(status).toContainText([
    /Anyone with the link may enter then\. People who are not users come in as Guests\./,
  ]);
  await expectAccessible(admin, 'edit room, another type');
  await admin.setViewportSize({ width: 360, height: 740 });
  await expectNoOverflow(admin, 'edit room, another type');
  await admin.getByRole('button', { name: 'Save changes' }).click();
  await expect(admin.getByText('The changes are saved.')).toBeVisible();
  await open(admin, `${room}/settings`);
  await admin.getByRole('radio', { name: /^Specified users only/ }).check();
  await expect(status).toContainText([
    /Only the 2 members and the owner, Ada Admin\. Everybody else stays out;/,
  ]);
});

test('a private room without another Host is warned of, not stopped', async ({ admin, people }) => {
  const alone = await people.room({ name: 'Alone' });
  await open(admin, `${alone}/settings`);
  await expect(admin.getByText('Only the owner, Ada Admin, can enter.')).toBeVisible();
  await admin.getByRole('button', { name: 'Save changes' }).click();
  await expect(admin.getByText('The changes are saved.')).toBeVisible();
  await open(admin, `${await people.room({ name: 'Guests', members: ['S-1'] })}/settings`);
  await expect(admin.getByText('Only the owner, Ada Admin, can control the meeting.')).toBeVisible();
  await open(admin, `${await people.room({ name: 'Taught', members: ['T-1'] })}/settings`);
  await expect(admin.getByText('Nobody here is a Host.')).toBeHidden();
});

test('a copy says what it has of the other room', async ({ admin, people }) => {
  const room = await people.room({ name: 'Exam', type: 'public' });
  await open(admin, `${room}/settings`);
  await limits(admin).click();
  await admin.getByLabel('Capacity').fill('30');
  await admin.getByLabel('From', { exact: true }).fill('2099-01-01T10:00');
  await admin.getByRole('button', { name: 'Save changes' }).click();
  await expect(admin.getByText('The changes are saved.')).toBeVisible();
  await admin.getByLabel('More for this room').click();
  await admin.getByRole('button', { name: 'Duplicate' }).click();
  await expect(admin.getByText('its window is not copied.')).toBeVisible();
  await alive(admin);
  await expect(admin.getByLabel('Capacity')).toHaveValue('30');
  await expect(admin.getByLabel('From', { exact: true })).toHaveValue('');
});
