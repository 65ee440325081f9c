/**
 * The skeleton of a case type: new files, and rows for the files that list case types. Gaps are marked FILL_IN, and the
 * generated tests fail while a mark is left. docs/adding-a-case-type.md tells the next steps.
 */

/** Marks what the author of the case type has to decide. In Chinese, because some marks stand in texts that people read. */
export const FILL_IN = '〔待填〕';

export interface CaseTypeNames {
  /** E.g. `support-measure`: the name of folder and file; with an s, the address. */
  noun: string;
  /** E.g. 小微企业扶持. */
  title: string;
}

/** A row to be added to an existing file. */
export interface RowToAdd {
  file: string;
  /** Text that occurs once in the file; the row is put before it. */
  before: string;
  row: string;
}

const camelOf = (noun: string) => noun.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
const pascalOf = (noun: string) => camelOf(`-${noun}`);

/** New files by path. */
export function skeletonFiles({ noun, title }: CaseTypeNames): Record<string, string> {
  const type = camelOf(noun);
  const Type = pascalOf(noun);
  const table = `domain/case-types/${noun}`;
  return {
    [`${table}/table.ts`]: `/** ${title} (${FILL_IN}第…条) */
import { DEPARTMENT } from '../../organs/roles.ts';
import type { CaseTable } from '../table.ts';

export const ${type}Table = {
  title: '${title}',
  noun: '${noun}s',
  stages: { opened: '${FILL_IN}待办理', handled: '${FILL_IN}已办结' },
  transitions: {
    handle: {
      title: '${FILL_IN}办结',
      from: ['opened'],
      to: 'handled',
      performer: 'holder',
      roles: DEPARTMENT,
      article: '${FILL_IN}',
      settles: ['${type}.handling'],
    },
  },
} as const satisfies CaseTable;
`,
    [`${table}/commands.ts`]: `/** ${title} (${FILL_IN}第…条): what each command asks for. */
import { z } from 'zod';
import { bodies } from '../../case/bodies.ts';
import { requiredText } from '../../fields.ts';

export const ${type}Bodies = bodies({
  handle: () => z.object({ opinion: requiredText('办结意见', 2000) }).describe('${FILL_IN}办结'),
});
`,
    [`${table}/opening.ts`]: `/** ${title}: what its workflow is started with, and how its row looks at the opening. */
import { ${type}Id } from '../../case/id.ts';
import type { NewCase } from '../../case/case.ts';

/** What the workflow is started with. Codes only: texts and names stay in PostgreSQL (第十九条). */
export interface ${Type}Input {
  /** The business key, from which the case's id is made. */
  number: string;
  uscc: string;
  departmentCode: string;
  regionCode: string;
  /** Engine time, epoch ms. */
  openedAt: number;
}

export function opened${Type}(input: ${Type}Input): NewCase {
  const { number, uscc, departmentCode, regionCode, openedAt } = input;
  return {
    caseId: ${type}Id(number),
    caseType: '${type}',
    caseNo: number,
    uscc,
    round: 1,
    departmentCode,
    regionCode,
    parentCaseId: null,
    stage: 'opened',
    openedAt,
    facts: {},
  };
}
`,
    [`workflows/${noun}.ts`]: `/** ${title} (${FILL_IN}第…条). */
import { ${type}Bodies } from '../domain/case-types/${noun}/commands.ts';
import { opened${Type}, type ${Type}Input } from '../domain/case-types/${noun}/opening.ts';
import { CaseFile } from './lib/case-file.ts';

/** ${FILL_IN}Reads as the article does. */
export async function ${type}(input: ${Type}Input): Promise<string> {
  const file = new CaseFile(opened${Type}(input), input);
  file.handle(${type}Bodies, 'handle', (handling) => ({ facts: { handling } }));
  return file.live('${FILL_IN}', [], ['${type}.handling']);
}
`,
    [`api/routes/${noun}s.ts`]: `import { registerCaseCommands } from '../cases/commands.ts';
import { registerCaseQueries } from '../cases/routes.ts';
import type { ApiContext, App } from '../context.ts';

/** ${title} (${FILL_IN}第…条) */
export default async function ${type}Routes(app: App, api: ApiContext) {
  registerCaseQueries(app, api, '${type}');
  registerCaseCommands(app, api, '${type}');
}
`,
    [`scripts/lib/histories/${noun}-scenarios.ts`]: scenarios({ noun, title }),
    [`test/domain/${noun}.test.ts`]: domainTest({ noun, title }),
    [`test/workflows/${noun}.test.ts`]: workflowTest({ noun, title }),
  };
}

function scenarios({ noun, title }: CaseTypeNames): string {
  const type = camelOf(noun);
  return `/** Paths of ${title}. */
import { ${type}Bodies } from '../../../domain/case-types/${noun}/commands.ts';
import { opened${pascalOf(noun)} } from '../../../domain/case-types/${noun}/opening.ts';
import { updateOf } from '../../../workflows/lib/updates.ts';
import { COUNTY, OFFICER, USCC, type Scenario } from './player.ts';

const handle = updateOf(${type}Bodies, 'handle');

export const ${constantOf(noun)}_SCENARIOS: Scenario[] = [
  {
    name: '${type}-handled',
    async play(player, number) {
      const input = {
        number,
        uscc: USCC,
        departmentCode: \`\${COUNTY}-agriculture\`,
        regionCode: COUNTY,
        openedAt: Date.now(),
      };
      const caseId = await player.start('${type}', opened${pascalOf(noun)}(input), input);
      await player.command(caseId, handle, OFFICER, { opinion: '已办结' });
      return player.ended(caseId);
    },
  },
];
`;
}

function domainTest({ noun, title }: CaseTypeNames): string {
  const type = camelOf(noun);
  return `/** ${title}: its table. */
import { expect, test } from 'vitest';
import { ${type}Table } from '../../domain/case-types/${noun}/table.ts';
import { FILES, text } from '../support/repository.ts';

test('the table names its stages, deeds and articles', () => {
  expect(JSON.stringify(${type}Table)).not.toContain('待填');
});

test('nothing of the skeleton is left to fill in', () => {
  const own = FILES.filter((file) => file.includes('/${noun}') && !file.startsWith('test/domain/'));
  expect(own.filter((file) => text(file).includes('待填'))).toEqual([]);
});
`;
}

function workflowTest({ noun, title }: CaseTypeNames): string {
  const type = camelOf(noun);
  return `/** ${title} (${FILL_IN}第…条). */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ${type}Bodies } from '../../domain/case-types/${noun}/commands.ts';
import { opened${pascalOf(noun)} } from '../../domain/case-types/${noun}/opening.ts';
import { updateOf } from '../../workflows/lib/updates.ts';
import { CaseWorld, COUNTY, OFFICER } from '../support/case-world.ts';

const handle = updateOf(${type}Bodies, 'handle');

describe.skipIf(!inject('testServerPath'))('${title}', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  async function begin() {
    const input = {
      number: randomUUID(),
      uscc: '91350100M000100Y43',
      departmentCode: \`\${COUNTY}-agriculture\`,
      regionCode: COUNTY,
      openedAt: await world.now(),
    };
    const { workflowId } = await world.start('${type}', opened${pascalOf(noun)}(input), input);
    await world.begun(workflowId);
    return workflowId;
  }

  it('is handled within its limit and closed', async () => {
    const caseId = await begin();
    await world.command(caseId, handle, OFFICER, { opinion: '已办结' });
    expect(await world.case(caseId)).toMatchObject({ stage: 'handled', status: 'closed' });
    expect((await world.deadline(caseId, '${type}.handling')).settledAt).not.toBeNull();
  });
});
`;
}

const constantOf = (noun: string) => noun.replaceAll('-', '_').toUpperCase();

/** Rows for the files that list case types, each to be put at the end of its list. */
export function skeletonRows({ noun, title }: CaseTypeNames): RowToAdd[] {
  const type = camelOf(noun);
  const idFile = 'domain/case/id.ts';
  return [
    { file: idFile, before: '} as const;\n\nexport type CaseType =', row: `  ${type}: '${noun}',\n` },
    {
      file: idFile,
      before: 'interface ParsedCorrection {',
      row: `/** \`${noun}~${FILL_IN}\` */\nexport const ${type}Id = (number: string): string => [PREFIX.${type}, number].join(SEPARATOR);\n\n`,
    },
    { file: idFile, before: '  | SupervisionKey;', row: `  | { type: '${type}'; number: string }\n` },
    {
      file: idFile,
      before: '  const ofListing = parseListing(prefix, rest);',
      row: `  if (prefix === PREFIX.${type}) {\n    const [number, ...more] = rest;\n    return number && more.length === 0 ? { type: '${type}', number } : undefined;\n  }\n`,
    },
    {
      file: 'domain/clock/limits.ts',
      before: '} as const satisfies Record<string, Limit>;\n\nexport type LimitId',
      row: `  '${type}.handling': {\n    title: '${FILL_IN}办结${title}',\n    workingDays: 5,\n    kind: 'norm',\n    article: '${FILL_IN}',\n    ladder: REMINDER_LADDER,\n  },\n`,
    },
    ...tableRows(noun),
    {
      file: 'domain/case-types/commands.ts',
      before: 'import { complaintBodies }',
      row: `import { ${type}Bodies } from './${noun}/commands.ts';\n`,
    },
    {
      file: 'domain/case-types/commands.ts',
      before: '  complaint: withTerms(',
      row: `  ${type}: withTerms('${type}', ${type}Bodies),\n`,
    },
    {
      file: 'workflows/index.ts',
      before: "export { supervision } from './supervision.ts';",
      row: `export { ${type} } from './${noun}.ts';\n`,
    },
    {
      file: 'api/app.ts',
      before: "import taskRoutes from './routes/tasks.ts';",
      row: `import ${type}Routes from './routes/${noun}s.ts';\n`,
    },
    { file: 'api/app.ts', before: '  enterpriseRoutes,\n', row: `  ${type}Routes,\n` },
    {
      file: 'scripts/lib/histories/scenarios.ts',
      before: "import { TERM_SCENARIOS } from './term-scenarios.ts';",
      row: `import { ${constantOf(noun)}_SCENARIOS } from './${noun}-scenarios.ts';\n`,
    },
    {
      file: 'scripts/lib/histories/scenarios.ts',
      before: '  ...TERM_SCENARIOS,\n',
      row: `  ...${constantOf(noun)}_SCENARIOS,\n`,
    },
    {
      file: 'web/src/layout/navigation.ts',
      before: "  caseList('listing'",
      row: `  caseList('${type}', PUBLICITY),\n`,
    },
    { file: 'test/domain/transitions.test.ts', before: '  };\n})();', row: `    ${type}: ['opened'],\n` },
  ];
}

function tableRows(noun: string): RowToAdd[] {
  const type = camelOf(noun);
  const file = 'domain/case-types/case-types.ts';
  return [
    { file, before: 'import type { CaseTable,', row: `import { ${type}Table } from './${noun}/table.ts';\n` },
    { file, before: '} as const satisfies Record<CaseType, CaseTable>;', row: `  ${type}: ${type}Table,\n` },
  ];
}
