// The door: signing in and out.
import { ADMIN, alive, expect, open, test, type Page } from '../support/test.ts';

async function signIn(page: Page, userId: string, password: string): Promise<void> {
  await page.getByLabel('User ID').fill(userId);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.getByLabel('Account of Ada Admin').click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await alive(page);
}

test('an Admin signs out and in again', async ({ admin }) => {
  await open(admin, '/users');
  await signOut(admin);
  await open(admin, '/users');
  await expect(admin.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await signIn(admin, ADMIN.userId.toLowerCase(), ADMIN.password);
  await expect(admin.getByRole('heading', { name: 'Users' })).toBeVisible();
  await expect(admin.getByRole('row', { name: /Ada Admin/ })).toBeVisible();
});

test('whoever was on the way somewhere gets there after signing in', async ({ admin }) => {
  await open(admin, '/users');
  await signOut(admin);
  await open(admin, '/rooms?search=algebra');
  await signIn(admin, ADMIN.userId, ADMIN.password);
  await expect(admin).toHaveURL(/\/rooms\?search=algebra$/);
  await expect(admin.getByRole('heading', { name: 'Rooms' })).toBeVisible();
});

test('a wrong password says so and keeps the User ID', async ({ admin, complaints }) => {
  complaints.expectStatus(422);
  await open(admin, '/users');
  await signOut(admin);
  await signIn(admin, ADMIN.userId, 'not the password');
  const words = 'User ID and password don\'t belong together. Check both and try again.';
  await expect(admin.getByText(words)).toBeVisible();
  await expect(admin.getByLabel('Password')).toHaveAccessibleDescription(words);
  await expect(admin.getByLabel('User ID')).toHaveValue(ADMIN.userId);
});

test('nobody learns from the door who exists', async ({ admin, complaints }) => {
  complaints.expectStatus(422);
  await open(admin, '/users');
  await signOut(admin);
  await signIn(admin, 'nobody-at-all', 'not the password');
  await expect(admin.getByText('User ID and password don\'t belong together')).toBeVisible();
});

test('after too many wrong passwords the door says how long to wait', async ({
  admin,
  complaints,
  context,
  rollcall,
}) => {
  complaints.expectStatus(422, 429);
  await open(admin, '/users');
  await signOut(admin);
  const wait = admin.getByText(/Too many attempts\. Try again in \d+ seconds?\./);
  const wrong = { next: '', user_id: ADMIN.userId, password: 'wrong password' };
  const guess = () =>
    context.request.post('/sign-in', { form: wrong, headers: { origin: rollcall.url } });
  for (let attempt = 0; attempt < 15 && !(await wait.isVisible()); attempt += 1) {
    // At once, since on a busy machine one after the other would not be too many.
    await Promise.all(Array.from({ length: 12 }, guess));
    const answered = admin.waitForResponse((it) => it.request().method() === 'POST');
    await signIn(admin, ADMIN.userId, `wrong password ${attempt}`);
    await answered;
    await expect(admin.getByLabel('Password')).toHaveAccessibleDescription(/\w/);
  }
  await expect(wait).toBeVisible();
});
