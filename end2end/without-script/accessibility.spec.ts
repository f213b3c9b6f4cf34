// The pages that look different where no script runs, on a phone.
import { expectNoOverflow } from '../support/axe.ts';
import { open, test } from '../support/test.ts';

test('the forms without a script fit a phone', async ({ admin, people }) => {
  const room = await people.room({ name: 'Algebra 7B', members: ['A-root'] });
  const group = await people.group('Everybody', ['A-root']);
  const groups = ['', '/add', '/rename', '/merge', '/delete'].map((it) => group + it);
  await admin.setViewportSize({ width: 360, height: 740 });
  for (const path of ['/users', '/users/new', '/users/A-root', '/rooms/new', `${room}/add`, room, ...groups]) {
    await open(admin, path);
    await expectNoOverflow(admin, `${path} without a script`);
  }
});
