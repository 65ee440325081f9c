import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { helpText, parseOptions } from '../../scripts/lib/options.ts';
import { SetupError } from '../../runtime/setup-error.ts';

describe('npm start options', () => {
  test('an accelerated clock has a data directory of its own, so that a demo never disturbs the real one', () => {
    expect(parseOptions([], {}).dataDir).toBe(path.resolve('.data/main'));
    expect(parseOptions(['--working-day', '10'], {}).dataDir).toBe(path.resolve('.data/demo'));
    expect(parseOptions(['--working-day', '10', '--data-dir', '/srv/x'], {}).dataDir).toBe('/srv/x');
  });

  test('a flag wins over the environment, the environment over the default', () => {
    expect(parseOptions([], {}).port).toBe(8080);
    expect(parseOptions([], { PORT: '9000' }).port).toBe(9000);
    expect(parseOptions(['--port', '9001'], { PORT: '9000' }).port).toBe(9001);
  });

  test.each([
    [['--port', 'x'], '--port'],
    [['--port', '70000'], '--port'],
    [['--working-day', '0'], '--working-day'],
    [['--ports', '1'], '--ports'],
    [['--pg-port', '8080'], '--port 与 --pg-port'],
    [['--setup-only'], '--setup-only'],
    [['--province', '43'], '--province'],
    [['--province', '330100'], '--province'],
    [['--province', '999999'], '--province'],
  ])('%j is refused with a message that names the option', (argv, named) => {
    expect(() => parseOptions(argv, {})).toThrow(SetupError);
    expect(() => parseOptions(argv, {})).toThrow(named);
  });

  test.each([
    [['--bogus'], '没有 --bogus 这个选项。'],
    [['-x'], '没有 -x 这个选项。'],
    [['--port'], '选项 --port 缺少值。'],
    [['--port', '--no-sample'], '选项 --port 缺少值。'],
    [['--no-sample=yes'], '选项 --no-sample 不带值：yes'],
    [['8080'], '多余的参数：8080'],
  ])('%j is refused in Chinese, with where to read more', (argv, message) => {
    const refused = (() => {
      try {
        return parseOptions(argv, {});
      } catch (error) {
        return error;
      }
    })();
    expect(refused).toMatchObject({ message, remedies: [expect.stringContaining('--help')] });
  });

  test('what is no address of a PostgreSQL is refused without being repeated: it may hold a password', () => {
    expect(() => parseOptions([], { DATABASE_URL: 'mysql://x:secret@y/z' })).toThrow(/^DATABASE_URL(?!.*secret)/);
  });

  test('ports of servers that are not started may coincide with others', () => {
    const env = { DATABASE_URL: 'postgres://db/x', TEMPORAL_ADDRESS: 'temporal:7233' };
    expect(parseOptions(['--port', '7233'], env)).toMatchObject({ port: 7233, databaseUrl: 'postgres://db/x' });
  });

  test('the help names every option and its environment variable', () => {
    const help = helpText();
    for (const word of ['--port', '--working-day', '--data-dir', '--no-sample', 'DATABASE_URL', 'TEMPORAL_ADDRESS']) {
      expect(help).toContain(word);
    }
  });
});
