export interface Account {
  readonly username: string;
  readonly password: string;
  readonly title: string;
}

/** A table for a terminal, where a Chinese character is two columns wide. */
function table(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => width(row[column] ?? ''))),
  );
  return rows
    .map((row) =>
      `  ${row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell))).join('  ')}`.trimEnd(),
    )
    .join('\n');
}

function width(text: string): number {
  return Array.from(text).reduce(
    (sum, char) =>
      sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/.test(char) ? 2 : 1),
    0,
  );
}

export function summary(links: readonly (readonly [string, string])[], accounts: readonly Account[]): string {
  const parts = ['', '已就绪：', table(links)];
  if (accounts.length > 0) {
    parts.push(
      '',
      '演示账号：',
      table([['身份', '账号', '口令'], ...accounts.map((a) => [a.title, a.username, a.password])]),
    );
  }
  parts.push('', '按 Ctrl-C 停止全部服务；数据保留，下次启动接着办理。', '');
  return parts.join('\n');
}
