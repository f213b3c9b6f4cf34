// The pictures of the door, of the classroom as a Host and a Guest see it, and of attendance.
import { type Browser } from '@playwright/test';
import { expect, open, type Page } from '../support/test.ts';
import { take, test } from './taking.ts';

const NAME = 'Algebra 7B';
const HOST = 'T-0006';
/** Those who come, and at which minutes of the lesson that the record tells of they came and went. */
const STAYS: Record<string, [number, number][]> = {
  [HOST]: [[0, 50]],
  'S-000001': [[1, 50]],
  'S-000003': [[0, 50]],
  'S-000026': [[2, 50]],
  'S-000007': [
    [1, 18],
    [23, 50],
  ],
  'S-000011': [[12, 50]],
  'S-000017': [[0, 50]],
  'S-000029': [
    [3, 31],
    [33, 50],
  ],
  'S-000031': [[1, 39]],
};
const MEMBERS = [...Object.keys(STAYS), 'S-000010', 'S-000025'];
/** When that lesson begins, how long it is, and who is late or early from how many minutes on. */
const LESSON = { begins: Date.UTC(2026, 10, 24, 9), minutes: 50, tolerance: 5 };

/** Somebody before the door of their link, in a browser of their own. */
async function come(browser: Browser, link: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC' });
  const page = await context.newPage();
  await page.goto(link);
  await expect(page.getByRole('button', { name: 'Enter' })).toBeVisible();
  return page;
}

/** Goes in, and waits until so many are. */
async function enter(page: Page, people: number): Promise<void> {
  await page.getByRole('button', { name: 'Enter' }).click();
  await expect(page.locator('.class-foot__count')).toHaveText(`${people} in the room`);
}

async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('tab', { name: /Chat/ }).click();
  await page.getByRole('textbox', { name: 'Write to everybody' }).fill(text);
  await page.keyboard.press('Enter');
  await expect(page.locator('.chat__text', { hasText: text })).toHaveCount(1);
}

async function announce(host: Page, text: string): Promise<void> {
  await host.getByRole('button', { name: 'Announce' }).click();
  const dialog = host.getByRole('dialog');
  await dialog.getByRole('textbox').fill(text);
  await dialog.getByRole('button', { name: 'Announce' }).click();
  await expect(dialog).toHaveCount(0);
}

/** Opens what may be done with somebody. */
async function menu(host: Page, name: string): Promise<void> {
  await host.getByRole('button', { name: `More about ${name}` }).click();
  await expect(host.getByRole('menu', { name: `More about ${name}` })).toBeVisible();
}

/** A minute of the lesson that the record tells of, as the answers of the program have it. */
function clocked(minute: number) {
  const at = LESSON.begins + minute * 60_000;
  return { at: at * 1_000, shown: new Date(at).toISOString().slice(0, 16) };
}

/** Has the record tell of a whole lesson: the one that was held took as long as a picture does. */
async function stretch(admin: Page): Promise<void> {
  await admin.route('**/api/meetings/attendance?*', async (route) => {
    const answer = await route.fetch();
    const record = await answer.json();
    const seconds = (minutes: number) => minutes * 60;
    record.meeting.began = clocked(0);
    record.meeting.seconds = seconds(LESSON.minutes);
    record.meeting.ended.at = record.until = clocked(LESSON.minutes);
    for (const attendee of record.came) {
      const stays = STAYS[attendee.who.user_id] ?? [];
      attendee.stays = stays.map(([came, left]) => ({ came: clocked(came), left: clocked(left) }));
      attendee.seconds = seconds(stays.reduce((sum, [came, left]) => sum + left - came, 0));
      attendee.late = (stays[0]?.[0] ?? 0) > LESSON.tolerance;
      attendee.early = LESSON.minutes - (stays.at(-1)?.[1] ?? 0) > LESSON.tolerance;
    }
    await route.fulfill({ response: answer, json: record });
  });
}

test('door, classroom and attendance', async ({ admin, browser, people }) => {
  await open(admin, '/users');
  const room = await people.room({ name: NAME, members: MEMBERS });

  const pages = new Map<string, Page>();
  for (const userId of Object.keys(STAYS)) {
    const page = await come(browser, await people.link(room, userId));
    if (userId === 'S-000003') await take(page, 'door');
    pages.set(userId, page);
    await enter(page, pages.size);
  }
  const of = (userId: string) => pages.get(userId) as Page;
  const [host, ida, seoyun] = [of(HOST), of('S-000003'), of('S-000007')];

  await announce(host, 'Open page 42, and try exercises 3 to 5.');
  await write(host, 'Good morning, everybody');
  await write(of('S-000026'), 'Hello');
  await write(of('S-000031'), 'Is exercise 4 with or without the table?');
  await write(host, 'Without it. Draw it first, then solve it.');
  await write(of('S-000001'), 'I have 3, is x = 7 right?');
  await seoyun.getByRole('button', { name: 'Raise hand' }).click();
  await write(ida, 'I got 7 too');
  await ida.getByRole('button', { name: 'Raise hand' }).click();

  await expect(ida.locator('.chat__text')).toHaveCount(6);
  await ida.getByRole('heading', { level: 1 }).click();
  await take(ida, 'classroom-guest');

  await host.getByRole('tab', { name: /People/ }).click();
  await expect(host.locator('.toast')).toHaveCount(0);
  await menu(host, 'Ida Wagner');
  await take(host, 'classroom-host');
  await host.keyboard.press('Escape');

  await host.getByRole('button', { name: 'End meeting for all' }).click();
  await host.getByRole('dialog').getByRole('button', { name: 'End meeting for all' }).click();
  await expect(host.getByText('The meeting has ended').first()).toBeVisible();
  for (const page of pages.values()) await page.context().close();

  await stretch(admin);
  await open(admin, room);
  const meetings = admin.getByRole('region', { name: 'Meetings' });
  await meetings.getByRole('rowheader').getByRole('link').click();
  await expect(admin.getByRole('heading', { name: '9 of 11 came' })).toBeVisible();
  await expect(admin.getByText('50 minutes').first()).toBeVisible();
  await take(admin, 'attendance');
});
