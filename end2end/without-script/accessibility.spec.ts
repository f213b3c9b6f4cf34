// The pages that look different where no script runs, on a phone.
import { expectNoOverflow } from '../support/axe.ts';
import { open, test } from '../support/test.ts';

test('the forms without a script fit a phone', async ({ admin, people }) => {
  const room = await people.room({ name: 'Algebra 7B', members: ['A-root'] });
  await admin.setViewportSize({ width: 360, height: 740 });
  const paths = ['/users', '/users/new', '/users/A-root', '/users/A-root/delete', '/rooms/new', room];
  for (const path of [...paths, ...['add', 'owner', 'delete'].map((it) => `${room}/${it}`)]) {
    await open(admin, path);
    await expectNoOverflow(admin, `${path} without a script`);
  }
});
