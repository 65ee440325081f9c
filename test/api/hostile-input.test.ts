/** What attackers and broken clients send: never a 500, never another's data, always RFC 9457. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseView } from '../../api/cases/view.ts';
import { Product } from '../support/product.ts';
import {
  accept,
  casePath,
  CSV,
  expectProblem,
  importFile,
  IMPORT,
  NOWHERE,
  registration,
  REGISTRATIONS,
} from './support/requests.ts';

interface List {
  items: CaseView[];
  nextCursor: string | null;
}

const NUL = '\0';
const HALF = '\uD83D';

let product: Product;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
});
afterAll(() => product.close());

/** Sends raw bytes: client libraries do not send such malformed requests. */
function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(product.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });
}

async function rawGet(path: string, as: string): Promise<{ status: number; headers: Headers; body: unknown }> {
  const token = await product.tokenOf(as);
  const answer = await raw(
    `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${token}\r\n\r\n`,
  );
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = new Headers(lines.map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]));
  return { status: Number(first.split(' ')[1]), headers, body };
}

it('a claim that names items that are in no catalogue is refused, and the entry stays to be claimed', async () => {
  const { caseIds } = await accept(product, { scope: '许可项目：软件开发。' });
  const claim = casePath('pool-entries', caseIds[0]!, 'claim');
  const refused = expectProblem(await product.post('nongye', claim, { itemIds: ['PA002', 'NOPE-1'] }), 'input.invalid');
  expect(refused.detail).toContain('NOPE-1');
  expect(refused.detail).not.toContain('PA002');
});

describe('requests that are no requests', () => {
  it('an unknown path, and a known one under another method, are not found', async () => {
    expectProblem(await product.get('dengji', '/api/v1/nothing'), 'resource.not-found');
    expectProblem(await product.request('dengji', 'PUT', '/api/v1/pushes', {}), 'resource.not-found');
    expectProblem(await product.request('dengji', 'DELETE', '/api/v1/pushes'), 'resource.not-found');
  });

  it.each([
    ['cut off', '{"username": "dengji", '],
    ['no JSON', 'username=dengji'],
    ['empty', ''],
    ['a __proto__ key', '{"username": "a", "password": "b", "__proto__": {"role": "auditor"}}'],
    ['a constructor key', '{"username": "a", "password": "b", "constructor": {"prototype": {"role": "auditor"}}}'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', '"dengji"'],
  ])('a body that is %s is refused', async (_, body) => {
    expectProblem(await product.post(null, '/api/v1/session', body), 'input.invalid');
    expect(Object.hasOwn(Object.prototype, 'role')).toBe(false);
  });

  it('a single request above one megabyte is refused as too large, with the way to send files', async () => {
    const body = registration({ scope: '粮'.repeat(400_000) });
    expect(expectProblem(await product.post('dengji', REGISTRATIONS, body), 'input.too-large').remedy).toContain(
      '文件导入',
    );
  });

  it.each([
    ['lists', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
  ])('%s nested a hundred thousand deep are refused', async (_, nested) => {
    const body = `{"action": "claim", "caseIds": ["x"], "body": {"reason": ${nested}}}`;
    expectProblem(await product.post('nongye', '/api/v1/pushes/batch', body), 'input.invalid');
  });

  it.each([
    ['a name of 101 letters', { ['x'.repeat(101)]: 1 }],
    ['51 fields', Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`f${index}`, 1]))],
  ])('a command’s content with %s is refused', async (_, content) => {
    const body = { action: 'claim', caseIds: ['x'], body: content };
    expectProblem(await product.post('nongye', '/api/v1/pushes/batch', body), 'input.invalid');
  });

  it.each(['application/xml', 'text/html', 'application/x-www-form-urlencoded'])(
    '%s is no type for a body',
    async (type) => {
      const answer = await product.request('dengji', 'POST', REGISTRATIONS, '<x/>', { 'content-type': type });
      expectProblem(answer, 'input.unsupported-media-type');
    },
  );

  it.each(['/api/v1/pushes/%zz', '/api/v1/pushes/%c3%28', '/%'])('the undecodable path %s is refused', async (path) => {
    expectProblem(await rawGet(path, 'dengji'), 'input.invalid');
  });

  it.each([
    ['of 400 letters', 'x'.repeat(400)],
    ['of 10,000 letters', 'x'.repeat(10_000)],
  ])('a case id %s is refused', async (_, id) => {
    const { status } = await rawGet(`/api/v1/pushes/${id}`, 'dengji');
    expect([400, 404]).toContain(status);
    expectProblem(
      await rawGet(`/api/v1/pushes/${id}`, 'dengji'),
      status === 400 ? 'input.invalid' : 'resource.not-found',
    );
  });

  it.each(['..%2f..%2fetc%2fpasswd', '%20', "'--", '%F0%9F%98%80', '*', '%25'])(
    'the case id %s is nobody’s case',
    async (id) => {
      expectProblem(await rawGet(`/api/v1/pushes/${id}`, 'dengji'), 'resource.not-found');
    },
  );
});

describe('text that PostgreSQL cannot store', () => {
  const places: [string, () => Promise<{ status: number; headers: Headers; body: unknown }>][] = [
    ['a path', () => product.get('dengji', `/api/v1/pushes/A%00B`)],
    ['the path of a registration', () => product.get('dengji', `${REGISTRATIONS}/A%00B`)],
    ['a command’s path', () => product.post('nongye', '/api/v1/pushes/A%00B/claim')],
    ['a search', () => product.get('dengji', '/api/v1/pushes?q=%00')],
    ['a stage', () => product.get('dengji', '/api/v1/pushes?stage=%00')],
    ['a department', () => product.get('dengji', '/api/v1/pushes?department=%00')],
    ['a cursor', () => product.get('dengji', '/api/v1/pushes?cursor=%00')],
    ['a download', () => product.get('dengji', '/api/v1/pool-entries/download?q=%00')],
    ['the inbox', () => product.get('dengji', '/api/v1/inbox?caseId=%00')],
    ['the audit log', () => product.get('shenji', '/api/v1/audit?actor=%00')],
    ['a user name', () => product.post(null, '/api/v1/session', { username: `a${NUL}`, password: 'x' })],
    ['a name', () => product.post('dengji', REGISTRATIONS, registration({ name: `甲${NUL}` }))],
    ['half a character in a name', () => product.post('dengji', REGISTRATIONS, registration({ name: `甲${HALF}` }))],
    ['half a character in a scope', () => product.post('dengji', REGISTRATIONS, registration({ scope: HALF }))],
    ['a file name', () => product.request('dengji', 'POST', `${IMPORT}?filename=%00.csv`, 'x', CSV)],
  ];
  it.each(places)('in %s is refused', async (_, send) => {
    expectProblem(await send(), 'input.invalid');
  });

  // The workflow carries out a command: text that cannot be stored would be retried for ever.
  it.each([NUL, HALF, `\uDE00${HALF}`])('in a reason, remark or answer never reaches a workflow (%j)', async (bad) => {
    const { caseIds } = await accept(product, { regionCode: '430103' });
    const commands: [string, string, object][] = [
      ['nongye', 'return', { reasonCode: 'other', reason: `理由${bad}` }],
      ['nongye', 'feedback', { outcome: 'not-applied', remark: `说明${bad}` }],
      ['nongye', 'feedback', { outcome: 'not-applied', permitNo: bad }],
    ];
    for (const [as, verb, body] of commands) {
      const problem = expectProblem(
        await product.post(as, casePath('pushes', caseIds[0]!, verb), body),
        'input.invalid',
      );
      expect(problem.errors?.[0]?.path).toMatch(/^\/(reason|remark|permitNo)$/);
    }
    const pool = await accept(product, { scope: '' });
    const claim = casePath('pool-entries', pool.caseIds[0]!, 'claim');
    expectProblem(await product.post('nongye', claim, { itemIds: [`PA${bad}`] }), 'input.invalid');
  });

  // Naming every such text with its whole path once made 200 megabytes of one, and the process ended.
  it('is named once, and of a long name only its beginning', async () => {
    const { body: answer, ...rest } = await product.post('nongye', '/api/v1/pushes/batch', {
      action: 'claim',
      caseIds: ['x'],
      body: { reason: { ['长'.repeat(20_000)]: Array.from({ length: 5000 }, () => NUL) } },
    });
    const { errors } = expectProblem({ ...rest, body: answer }, 'input.invalid');
    expect(errors).toEqual([
      { path: expect.stringMatching(/^\/body\/reason\/长{150,}$/), message: expect.any(String) },
    ]);
    expect(JSON.stringify(answer).length).toBeLessThan(2000);
  });

  it('is refused as the name of a field, too', async () => {
    const body = { action: 'claim', caseIds: ['x'], body: { reason: { [`a${NUL}`]: 1 } } };
    const { errors } = expectProblem(await product.post('nongye', '/api/v1/pushes/batch', body), 'input.invalid');
    expect(errors?.map(({ path }) => path)).toEqual(['/body/reason']);
  });

  it('emoji and rare characters are text', async () => {
    const { input } = await accept(product, { name: '天心区𠮷野家😀有限公司' });
    const seen = await product.get<{ name: string }>('dengji', `${REGISTRATIONS}/${input.registrationNo}`);
    expect(seen.body.name).toBe('天心区𠮷野家😀有限公司');
  });
});

describe('queries', () => {
  it.each(['%', '天', ' 天', '　a', "''", '""', '“天”', '\u200B天\u2060'])(
    'the search %s is too short, which the answer says',
    async (q) => {
      for (const path of ['pushes?q=', 'tasks?q=', 'registrations?name=', 'public/enterprises?q=']) {
        const answer = await product.get('dengji', `/api/v1/${path}${encodeURIComponent(q)}`);
        expect(expectProblem(answer, 'input.invalid').detail).toContain('请至少输入两个字');
      }
    },
  );

  it.each(['%%', '__', '\\\\', "' or 1=1 --", '%_%', '))', '\\%'])(
    'the search %s is text, not a pattern',
    async (q) => {
      const { body, status } = await product.get<List>('dengji', `/api/v1/pushes?q=${encodeURIComponent(q)}`);
      expect([status, body.items]).toEqual([200, []]);
    },
  );

  it('a search finds what contains the wildcard itself', async () => {
    const { input } = await accept(product, { name: '百分之百100%_有限公司' });
    const { body } = await product.get<List>('dengji', `/api/v1/pushes?q=${encodeURIComponent('0%_有')}`);
    expect(body.items.map((item) => item.caseNo)).toEqual([input.registrationNo]);
  });

  const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  it.each([
    ['nonsense', 'nonsense'],
    ['a number', cursor(1)],
    ['null', cursor(null)],
    ['an object', cursor({ due: 1 })],
    ['a day that only JavaScript reads', cursor(['foo 1', 'x'])],
    ['a number as a day', cursor([5, 'x'])],
    ['a year beyond PostgreSQL', cursor(['+275760-09-13T00:00:00.000Z', 'x'])],
    ['30 February', cursor(['2026-02-30T00:00:00.000Z', 'x'])],
    ['the year 0', cursor(['0000-01-01T00:00:00.000Z', 'x'])],
    ['a case id with NUL', cursor(['infinity', 'a\0'])],
    ['half a character', cursor(['infinity', HALF])],
    ['SQL', cursor(["infinity'::timestamptz)--", 'x'])],
  ])('a forged cursor, %s, is refused', async (_, forged) => {
    expectProblem(await product.get('nongye', `/api/v1/pushes?cursor=${forged}`), 'input.invalid');
  });

  it.each([
    'limit=-1',
    'limit=0',
    'limit=201',
    'limit=1.5',
    'limit=x',
    'limit=1e9',
    'region=4301',
    'status=lost',
    'overdue=maybe',
  ])('%s is refused', async (query) => {
    expectProblem(await product.get('dengji', `/api/v1/pushes?${query}`), 'input.invalid');
  });

  it.each(['before=-1', 'before=0', 'before=9999999999999999999', 'limit=-5'])(
    'an inbox with %s is refused',
    async (query) => {
      expectProblem(await product.get('dengji', `/api/v1/inbox?${query}`), 'input.invalid');
    },
  );

  it.each([[[]], [[-1]], [[1.5]], [['1']], [[2 ** 60]], [Array.from({ length: 501 }, (_, i) => i + 1)]])(
    'ids to mark as read are whole numbers, 1 to 500 of them',
    async (ids) => {
      expectProblem(await product.post('dengji', '/api/v1/inbox/read', { ids }), 'input.invalid');
    },
  );

  it('a parameter given twice is refused, not guessed', async () => {
    expectProblem(await product.get('dengji', '/api/v1/pushes?q=a&q=b'), 'input.invalid');
  });

  it.each([' ', 'a b', '键', 'x'.repeat(201)])('the idempotency key %j is refused', async (key) => {
    const { caseIds } = await accept(product);
    const path = casePath('pushes', caseIds[0]!, 'claim');
    const headers = { 'idempotency-key': encodeURIComponent(key) === key ? key : `bad key ${key.length}` };
    expectProblem(await product.post('nongye', path, {}, headers), 'input.invalid');
  });
});

describe('file names', () => {
  it.each(['a"; filename="b.jsonl', 'a\r\nSet-Cookie: x=1', '../../etc/passwd', '<script>.jsonl', '甲.jsonl'])(
    '%j is kept as text and sets no header',
    async (filename) => {
      const path = `${IMPORT}?filename=${encodeURIComponent(filename)}`;
      const answer = await product.request<string>('shengju', 'POST', path, `${JSON.stringify(registration())}\n`, {
        'content-type': 'application/x-ndjson',
      });
      expect([answer.status, answer.headers.get('set-cookie')]).toEqual([200, null]);
    },
  );

  it('half a character at the cut of a long rejected row costs nothing', async () => {
    const content = `${'x'.repeat(19_999)}😀${'y'.repeat(100)}\n`;
    const { summary } = await importFile(product, content);
    expect(summary).toMatchObject({ rejected: 1, accepted: 0 });
    expect(summary.failure).toBeUndefined();
  });
});
