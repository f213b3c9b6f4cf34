// The pages that look different where no script runs, for everybody.
import { expectAccessible, expectNoOverflow } from '../support/axe.ts';
import { expect, open, test } from '../support/test.ts';

test('the forms without a script', async ({ admin, people, complaints }) => {
  complaints.expectStatus(422);
  const room = await people.room({ name: 'Algebra 7B' });
  await admin.setViewportSize({ width: 360, height: 740 });
  for (const path of ['/users/new', '/users/A-root', '/rooms/new', `${room}/add`, room]) {
    await open(admin, path);
    await expectAccessible(admin, `${path} without a script`);
    await expectNoOverflow(admin, `${path} without a script`);
  }
  await open(admin, '/rooms/new');
  await admin.getByRole('textbox', { name: 'Specify users' }).fill('nobody-7');
  await admin.getByRole('button', { name: 'Create room' }).click();
  await expect(admin.getByText('Nobody has these User IDs: nobody-7.')).toBeVisible();
  await expectAccessible(admin, 'create room, refused, without a script');
});
