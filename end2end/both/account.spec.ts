// One's own account: changing the password, and the devices on which one is signed in.
import { ADMIN, alive, expect, hasScript, open, section, test, type Page } from '../support/test.ts';

const NEW = 'a sentence is easy';

async function change(page: Page, old: string, password: string, again = password): Promise<void> {
  await page.getByLabel('Password until now').fill(old);
  await page.getByLabel('New password', { exact: true }).fill(password);
  await page.getByLabel('New password again').fill(again);
  await page.getByRole('button', { name: 'Change password' }).click();
  await alive(page);
}

const devices = (page: Page) => page.getByRole('region', { name: 'Devices' }).getByRole('listitem');

test('the document is called what its page is called, whichever comes after which', async ({ admin }) => {
  await open(admin, '/account');
  await expect(admin).toHaveTitle('Your account · Rollcall');
  for (const name of ['Users', 'Groups', 'Rooms']) {
    await section(admin, name).click();
    await expect(admin.getByRole('heading', { level: 1, name })).toBeVisible();
    await expect(admin).toHaveTitle(`${name} · Rollcall`);
  }
  await admin.goBack();
  await expect(admin).toHaveTitle('Groups · Rollcall');
});

test('the account menu leads to the account', async ({ admin }) => {
  await open(admin, '/users');
  await admin.getByLabel('Account of Ada Admin').click();
  await admin.getByRole('link', { name: 'Your account' }).click();
  await expect(admin.getByRole('heading', { name: 'Your account' })).toBeVisible();
});

test('a changed password signs out everywhere else', async ({ admin, browser, rollcall }) => {
  const elsewhere = await browser.newContext({ baseURL: rollcall.url });
  const there = await elsewhere.newPage();
  await there.goto('/sign-in');
  await there.getByLabel('User ID').fill(ADMIN.userId);
  await there.getByLabel('Password').fill(ADMIN.password);
  await there.getByRole('button', { name: 'Sign in' }).click();
  await expect(there.getByLabel('Account of Ada Admin')).toBeVisible();

  await open(admin, '/account');
  await expect(devices(admin)).toHaveCount(2);
  await change(admin, ADMIN.password, NEW);
  await expect(admin.getByText('Your password is changed.')).toBeVisible();
  await expect(devices(admin)).toHaveCount(1);
  if (hasScript()) await expect(admin.getByText('You are signed out.')).toHaveCount(0);
  await open(admin, '/users');
  await expect(admin.getByRole('heading', { name: 'Users' })).toBeVisible();

  await there.goto('/users');
  await expect(there.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await elsewhere.close();
});

test('what is wrong is said beside the field', async ({ admin, complaints }) => {
  complaints.expectStatus(422);
  await open(admin, '/account');
  await change(admin, 'wrong password', NEW);
  await expect(admin.getByLabel('Password until now')).toHaveAccessibleDescription(
    'This is not your password. Type it again.',
  );
  await change(admin, ADMIN.password, 'iloveyou');
  await expect(admin.getByLabel('New password', { exact: true })).toHaveAccessibleDescription(/tried first/);
  await change(admin, ADMIN.password, NEW, 'something else');
  await expect(admin.getByLabel('New password again')).toHaveAccessibleDescription(/differ/);
});

test('a device is signed out, and then all of them', async ({ admin, browser, rollcall }) => {
  const phone = await browser.newContext({
    baseURL: rollcall.url,
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
  });
  const sent = await phone.request.post('/sign-in', {
    form: { user_id: ADMIN.userId, password: ADMIN.password, next: '' },
    headers: { origin: rollcall.url },
    maxRedirects: 0,
  });
  expect(sent.status()).toBe(303);

  await open(admin, '/account');
  await expect(devices(admin).first()).toContainText('This device');
  await expect(devices(admin).last()).toContainText('Firefox on Linux');
  await devices(admin).last().getByRole('button', { name: /^Sign out: Firefox on Linux/ }).click();
  await alive(admin);
  await expect(admin.getByText('Signed out there.')).toBeVisible();
  await expect(devices(admin)).toHaveCount(1);
  const led = await phone.request.get('/users', { maxRedirects: 0 });
  expect(led.headers().location).toContain('/sign-in');
  await phone.close();

  await admin.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(admin.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});
