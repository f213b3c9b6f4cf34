// The pages that look different where no script runs, on a phone.
import { expectNoOverflow } from '../support/axe.ts';
import { open, test } from '../support/test.ts';

test('the forms without a script fit a phone', async ({ admin, people }) => {
  const room = await people.room({ name: 'Algebra 7B', members: ['A-root'] });
  const group = await people.group('Everybody', ['A-root']);
  const groups = ['', '/add', '/rename', '/merge', '/delete'].map((it) => group + it);
  await admin.setViewportSize({ width: 360, height: 740 });
  const rooms = ['/rooms/new', room, `${room}/add`, `${room}/owner`, `${room}/delete`];
  const users = ['/account', '/users', '/users/new', '/users/A-root', '/users/A-root/delete'];
  for (const path of [...users, ...rooms, ...groups]) {
    await open(admin, path);
    await expectNoOverflow(admin, `${path} without a script`);
  }
});
