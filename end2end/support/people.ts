// Fills the console by the same forms that its pages post, where a test is about something else.
import { type APIRequestContext, expect } from '@playwright/test';

export type Permission = 'host' | 'guest' | 'monitoring';

export interface NewUser {
  userId: string;
  nickname?: string;
  permission?: Permission;
  role?: 'none' | 'teacher' | 'admin';
  groups?: string[];
  picture?: Buffer;
}

export interface NewRoom {
  name: string;
  type?: 'private' | 'public' | 'open';
  members?: string[];
}

export class People {
  constructor(
    private readonly request: APIRequestContext,
    private readonly url: string,
  ) {}

  /** Creates a user. */
  async create(user: NewUser): Promise<void> {
    const form = new FormData();
    form.append('user_id', user.userId);
    form.append('nickname', user.nickname ?? '');
    form.append('permission', user.permission ?? 'guest');
    form.append('role', user.role ?? 'none');
    for (const group of user.groups ?? []) form.append('group', group);
    if (user.picture) form.append('image', new File([user.picture], 'picture'));
    await this.post('/users/new', { multipart: form });
  }

  /** Creates users, several at a time. */
  async createAll(users: NewUser[]): Promise<void> {
    const waiting = [...users];
    const worker = async () => {
      for (let user = waiting.shift(); user; user = waiting.shift()) await this.create(user);
    };
    await Promise.all([worker(), worker(), worker(), worker()]);
  }

  /** Creates a room and tells its path. */
  async room(room: NewRoom): Promise<string> {
    const form = new URLSearchParams({ name: room.name, type: room.type ?? 'private' });
    form.append('pasted', (room.members ?? []).join('\n'));
    return new URL(await this.post('/rooms/new', { data: form.toString() }), this.url).pathname;
  }

  /** The address of somebody's link to a room, or of the one that all may share. */
  async link(room: string, userId?: string): Promise<string> {
    const answer = await this.request.post(`${this.url}/api/links/show`, {
      headers: { origin: this.url, accept: 'application/json' },
      data: { room: room.split('/')[2], user_id: userId ?? null },
    });
    expect(answer.status(), 'POST /api/links/show').toBe(200);
    return (await answer.json()).address;
  }

  /** Sets from when on and until when a room may be entered. */
  async window(room: string, name: string, window: { opens?: string; closes?: string }) {
    const { opens = '', closes = '' } = window;
    const form = { name, type: 'private', capacity: '', time_limit: '', opens, closes };
    await this.post(`${room}/settings`, { data: new URLSearchParams(form).toString() });
  }

  /** Gives a room to another owner. */
  async handOver(room: string, owner: string): Promise<void> {
    await this.post(`${room}/owner`, { data: new URLSearchParams({ owner }).toString() });
  }

  /** Takes a member off a room. */
  async takeOff(room: string, userId: string): Promise<void> {
    const answer = await this.request.post(`${this.url}/api/rooms/remove-member`, {
      headers: { origin: this.url, accept: 'application/json' },
      form: { room: room.split('/')[2] ?? '', user_id: userId },
    });
    expect(answer.status(), 'POST /api/rooms/remove-member').toBe(200);
  }

  /** Specifies users for a room that is there. */
  async specify(room: string, members: string[]): Promise<void> {
    const data = new URLSearchParams({ pasted: members.join('\n') }).toString();
    await this.post(`${room}/add`, { data });
  }

  /** Has the school go by the clocks of that time zone. */
  async inTimeZone(timeZone: string): Promise<void> {
    await this.settings({ time_zone: timeZone });
  }

  /** Sets what holds for the school; what isn't named is as it is at first. */
  async settings(changed: Record<string, string>): Promise<void> {
    const usual = {
      school: '',
      time_zone: 'UTC',
      retention: 'year',
      notice: '',
      language: 'en',
      teacher_rooms: '',
      teacher_members: '',
      teacher_capacity: '',
    };
    const data = new URLSearchParams({ ...usual, ...changed }).toString();
    await this.post('/settings', { data });
  }

  /** Creates a group with users who exist, and tells its path. */
  async group(name: string, users: string[] = []): Promise<string> {
    const data = new URLSearchParams({ name }).toString();
    const path = new URL(await this.post('/groups/new', { data }), this.url).pathname;
    const pasted = new URLSearchParams({ pasted: users.join('\n') }).toString();
    if (users.length > 0) await this.post(`${path}/add`, { data: pasted });
    return path;
  }

  /** Creates the first Admin, which also signs this browser in. */
  async setUp(setupLink: string, admin: { userId: string; nickname: string; password: string }) {
    const form = new URLSearchParams({
      secret: new URL(setupLink).searchParams.get('secret') ?? '',
      user_id: admin.userId,
      nickname: admin.nickname,
      password: admin.password,
      password_again: admin.password,
    });
    await this.post('/setup', { data: form.toString() });
  }

  private async post(path: string, body: { data?: string; multipart?: FormData }): Promise<string> {
    const headers: Record<string, string> = { origin: this.url };
    if (body.data) headers['content-type'] = 'application/x-www-form-urlencoded';
    const answer = await this.request.post(this.url + path, { headers, maxRedirects: 0, ...body });
    const location = answer.headers().location ?? '';
    expect(answer.status(), `POST ${path}`).toBe(303);
    expect(location, 'somebody is signed in').not.toContain('/sign-in');
    return location;
  }
}
