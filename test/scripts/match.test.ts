import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';

const run = (script: string, args: string[], input = '') =>
  spawnSync(process.execPath, ['--import', 'tsx', `scripts/${script}.ts`, ...args], { input, encoding: 'utf8' });

describe('the small tools', () => {
  test.each([
    ['match', ['--bogus'], '有不认识的选项，只可用 --input、--explain、--help'],
    ['match', ['--input'], '选项缺少值'],
    ['match', ['a.jsonl'], '有多余的参数'],
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
    expect(stderr).toMatch(/-:2：不是 JSON\n-:3：应为/);
  });

  test('match says in Chinese that there is no such file', () => {
    const { status, stderr } = run('match', ['--input', 'absent.jsonl']);
    expect([status, stderr]).toEqual([1, 'absent.jsonl：没有这个文件\n']);
  });
});
