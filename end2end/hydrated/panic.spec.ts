// What is left when the app in the browser has stopped.
import { expect, test } from '../support/test.ts';

test('a page that has stopped offers to be loaded again', async ({ admin, complaints }) => {
  let tampered = true;
  // As an extension or a proxy does that takes an element out of the page: it can't come to life.
  await admin.route('**/users', async (route) => {
    const answer = await route.fetch();
    const body = await answer.text();
    const changed = body.replace(/<nav[^>]*aria-label="Main".*?<\/nav>/s, '<hr>');
    await route.fulfill({ response: answer, body: tampered ? changed : body });
  });
  await admin.goto('/users');
  const notice = admin.getByRole('alert').filter({ hasText: 'This page has stopped.' });
  await expect(notice).toBeVisible();
  expect(complaints.take().join('\n')).toMatch(/panicked|unreachable/);
  tampered = false;
  await notice.getByRole('link', { name: 'Reload the page' }).click();
  await expect(admin.getByRole('row', { name: /Ada Admin/ })).toBeVisible();
  await expect(notice).toBeHidden();
  complaints.take();
});
