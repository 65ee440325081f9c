/** docs/articles.md: each sentence of the measures with its state, its limits, its organ and its tests. */
import { SENTENCES, STATES, type Sentence } from '../../data/measures/articles.ts';
import { LIMITS, type Limit, type LimitId } from '../../domain/clock/limits.ts';
import { table } from './markdown-table.ts';

/** How a limit reads: a statutory one with the event from which it runs; a norm never as statutory. */
export function limitWords(limitId: LimitId): string {
  const { title, workingDays, kind, runsFrom }: Limit = LIMITS[limitId];
  const days = `${workingDays}个工作日`;
  return kind === 'statutory' ? `${title}：法定，${runsFrom}起${days}` : `${title}：办理时限（非法定），${days}`;
}

const test = (file: string) => `[${file}](../test/${file})`;

const rowOf = ({ words, state, organ, limits = [], tests = [], note }: Sentence): string[] => [
  `……${words}……`,
  STATES[state],
  note,
  limits.map(limitWords).join('<br>') || '—',
  organ,
  tests.map(test).join('<br>') || '—',
];

function counts(): string {
  const of = (state: Sentence['state']) => SENTENCES.filter((one) => one.state === state).length;
  return Object.entries(STATES)
    .map(([state, title]) => `${title} ${of(state as Sentence['state'])}`)
    .join('，');
}

export function articlesDocument(): string {
  const articles = [...new Set(SENTENCES.map(({ article }) => article))];
  const parts = articles.flatMap((article) => [
    `## ${article}`,
    table(
      ['语句', '状态', '说明', '期限', '承担机关', '测试'],
      SENTENCES.filter((one) => one.article === article).map(rowOf),
    ),
  ]);
  return `${[
    '# 办法逐句对照',
    '本页由 `npm run rules` 从 `data/measures/articles.json` 和 `domain/clock/limits.ts` 生成，请勿手工修改。办法指湘商改〔2016〕7号所附试行办法，全文见 `data/measures/measures.zh.txt`。“法定”是办法本身规定的数字和起算事件；“办理时限（非法定）”是办法只说“及时”时由省里设定的服务标准，可以在系统中更改。',
    `共${SENTENCES.length}句：${counts()}。`,
    ...parts,
  ].join('\n\n')}\n`;
}
