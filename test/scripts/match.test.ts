import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';

const run = (script: string, args: string[], input: string | Buffer = '') =>
  spawnSync(process.execPath, ['--import', 'tsx', `scripts/${script}.ts`, ...args], { input, encoding: 'utf8' });

describe('the small tools', () => {
  test.each([
    ['match', ['--bogus'], '没有 --bogus 这个选项'],
    ['match', ['--input'], '选项 --input 缺少值'],
    ['match', ['a.jsonl'], '多余的参数：a.jsonl'],
    ['match', [], '缺少 --input'],
    ['due', ['--bogus'], '没有 --bogus 这个选项'],
  ])('%s %j is refused in Chinese, without the words of Node', (script, args, message) => {
    const { status, stderr } = run(script, args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/option|argument|Unknown/i);
  });

  test('match answers the lines that it can read and names the others in Chinese', () => {
    const good = JSON.stringify({ registrationNo: '1', scope: '餐饮服务' });
    const { status, stdout, stderr } = run('match', ['--input', '-'], `${good}\n{\n{"scope":1}\n`);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toEqual({ registrationNo: '1', items: ['PA002'] });
    expect(stderr).toMatch(/-:2：该行不是有效的 JSON.*\n-:3：应为/);
  });

  test('match reads what the import reads: GB18030, the columns’ Chinese names, a scope that is null', () => {
    const rows = [
      { 登记编号: '1', 经营范围: '餐饮服务' },
      { 注册号: '2', scope: null },
    ];
    const file = rows.map((row) => JSON.stringify(row)).join('\r\n');
    for (const encoding of ['utf-8', 'gb18030']) {
      const { status, stdout, stderr } = run('match', ['--input', '-'], iconv.encode(file, encoding, { addBOM: true }));
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).toBe('{"registrationNo":"1","items":["PA002"]}\n{"registrationNo":"2","items":[]}\n');
    }
  });

  test('match refuses a workbook and names a damaged line', () => {
    const workbook = run('match', ['--input', '-'], Buffer.from('PK\u0003\u0004rest of a zip'));
    expect([workbook.status, workbook.stderr]).toEqual([1, expect.stringMatching(/^-：文件是 Excel 工作簿/)]);
    const good = JSON.stringify({ registrationNo: '1', scope: '餐饮服务、卷烟零售' });
    const bad = Buffer.from(good);
    bad[bad.indexOf('餐')] = 0xff;
    const { status, stdout, stderr } = run('match', ['--input', '-'], Buffer.concat([bad, Buffer.from(`\n${good}\n`)]));
    expect(stderr).toBe('-:1：含有无法识别的字符（�），文件编码混杂或已损坏\n');
    expect([status, JSON.parse(stdout)]).toEqual([1, { registrationNo: '1', items: ['PA002', 'PA003'] }]);
  });

  test('match ends quietly where nobody reads on', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'match-'));
    const file = join(directory, 'many.jsonl');
    writeFileSync(file, `${JSON.stringify({ registrationNo: '1', scope: '餐饮服务' })}\n`.repeat(50_000));
    const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/match.ts', '--input', file]);
    let stderr = '';
    child.stderr.on('data', (text) => (stderr += String(text)));
    await once(child.stdout, 'data');
    child.stdout.destroy();
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(stderr).toBe('');
    rmSync(directory, { recursive: true });
  });

  test('match says in Chinese that there is no such file', () => {
    const { status, stderr } = run('match', ['--input', 'absent.jsonl']);
    expect([status, stderr]).toEqual([1, 'absent.jsonl：没有这个文件\n']);
  });
});
