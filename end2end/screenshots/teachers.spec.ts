// The pictures of what is told about teachers, in both languages.
import type { Browser } from '@playwright/test';
import { People } from '../support/people.ts';
import { PASSWORD, signIn } from '../support/teacher.ts';
import { expect, open, options, type Page } from '../support/test.ts';
import { pick, take, test } from './taking.ts';

/** What is shown and touched, in each language; pictures of the second have its name in theirs. */
const LANGUAGES = {
  en: {
    suffix: '',
    teacher: 'Hana Kim',
    rooms: ['Algebra 7B', 'Geometry 8A', 'Homework help', "Parents' evening", 'Statistics 9C'],
    hosted: 'Maths competition',
    created: 'Exam preparation',
    name: 'Name',
    specify: 'Specify users',
    specified: 'Specified users',
    makeLink: 'Make a one-time link',
    code: 'The same link as a QR code',
    devices: 'Devices',
  },
  ko: {
    suffix: '-ko',
    teacher: '김하나',
    rooms: ['7반 수학', '8반 기하', '숙제 도움방', '학부모 상담', '9반 통계'],
    hosted: '수학 경시대회',
    created: '시험 준비',
    name: '이름',
    specify: '사용자 지정',
    specified: '지정한 사용자',
    makeLink: '일회용 링크 만들기',
    code: '같은 링크의 QR 코드',
    devices: '기기',
  },
};

const SECOND_BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0';

/** Has the console speak that language to whoever looks at the page, from the next page on. */
async function speak(page: Page, language: string): Promise<void> {
  const { origin } = new URL(page.url());
  await page.context().addCookies([{ name: 'rollcall_locale', value: language, url: origin }]);
}

/** Makes the window as high as the page, and takes it. */
async function takeWhole(page: Page, name: string): Promise<void> {
  const usual = page.viewportSize() ?? { width: 1280, height: 820 };
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ ...usual, height });
  await take(page, name);
  await page.setViewportSize(usual);
}

/** Signs the Teacher in on another device, of which no page is open. */
async function signInElsewhere(browser: Browser, url: string): Promise<void> {
  const elsewhere = await browser.newContext({ userAgent: SECOND_BROWSER });
  const sent = await elsewhere.request.post(`${url}/sign-in`, {
    form: { user_id: 'T-kim', password: PASSWORD, next: '' },
    headers: { origin: url },
    maxRedirects: 0,
  });
  expect(sent.status()).toBe(303);
  await elsewhere.close();
}

for (const [language, words] of Object.entries(LANGUAGES)) {
  test(`teachers, ${language}`, async ({ admin, browser, people, rollcall }) => {
    const { suffix } = words;
    await people.create({
      userId: 'T-kim',
      nickname: words.teacher,
      permission: 'host',
      role: 'teacher',
    });
    await people.room({ name: words.hosted, members: ['T-kim', 'S-000004', 'S-000005'] });
    const kim = await signIn(admin, browser, 'T-kim');
    await speak(kim, language);
    const theirs = new People(kim.context().request, rollcall.url);
    const members = ['S-000002', 'S-000003', 'S-000010'];
    for (const name of words.rooms) await theirs.room({ name, members });
    await people.settings({ teacher_rooms: '8', teacher_members: '30', teacher_capacity: '32' });

    await open(kim, '/rooms');
    await expect(kim.getByRole('rowheader')).toHaveCount(words.rooms.length + 1);
    await take(kim, `teacher-rooms${suffix}`);

    await open(kim, '/rooms/new');
    await kim.getByRole('textbox', { name: words.name }).fill(words.created);
    for (const userId of members) await pick(kim, userId, words);
    await kim.getByRole('textbox', { name: words.name }).focus();
    await expect(options(kim)).toHaveCount(0);
    await takeWhole(kim, `teacher-create-room${suffix}`);

    await signInElsewhere(browser, rollcall.url);
    await open(kim, '/account');
    const devices = kim.getByRole('region', { name: words.devices });
    await expect(devices.getByRole('listitem')).toHaveCount(2);
    await takeWhole(kim, `account${suffix}`);
    await kim.context().close();

    // Something with a before and an after.
    await open(admin, '/users/S-000005');
    await admin.getByRole('radio', { name: /^Host/ }).check();
    await admin.getByRole('button', { name: 'Save changes' }).click();
    await expect(admin.getByText('The changes are saved.')).toBeVisible();
    await speak(admin, language);
    await open(admin, '/audit');
    const latest = admin.locator('tbody tr').first();
    await latest.locator('summary').click();
    await expect(latest.locator('del').first()).toBeVisible();
    await take(admin, `audit${suffix}`);

    await open(admin, '/users/T-kim/hand-over?then=deactivate');
    await admin.getByRole('combobox').fill('T-0001');
    await expect(options(admin)).toHaveCount(1);
    await options(admin).first().click();
    await expect(options(admin)).toHaveCount(0);
    await take(admin, `hand-over${suffix}`);

    await open(admin, '/users/T-kim');
    await admin.getByRole('button', { name: words.makeLink }).click();
    await expect(admin.getByRole('img', { name: words.code })).toBeVisible();
    await take(admin, `one-time-link${suffix}`);
  });
}
