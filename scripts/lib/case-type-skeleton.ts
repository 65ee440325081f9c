/**
 * The skeleton of a case type: new files, and rows for the files that list case types. Gaps are marked FILL_IN, and the
 * generated tests fail while a mark is left. docs/adding-a-case-type.md tells the next steps.
 */

import { readFileSync } from 'node:fs';

/** Marks what the author of the case type has to decide. In Chinese, because some marks stand in texts that people read. */
const FILL_IN = '〔待填〕';

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

/** The templates in case-type-skeleton/, by the file that each becomes. */
const filesOf = (noun: string): Record<string, string> => ({
  [`domain/case-types/${noun}/table.ts`]: 'table.ts',
  [`domain/case-types/${noun}/commands.ts`]: 'commands.ts',
  [`domain/case-types/${noun}/opening.ts`]: 'opening.ts',
  [`workflows/${noun}.ts`]: 'workflow.ts',
  [`api/routes/${noun}s.ts`]: 'route.ts',
  [`scripts/lib/histories/${noun}-scenarios.ts`]: 'scenarios.ts',
  [`test/domain/${noun}.test.ts`]: 'domain.test.ts',
  [`test/workflows/${noun}.test.ts`]: 'workflow.test.ts',
});

/** New files by path. */
export function skeletonFiles({ noun, title }: CaseTypeNames): Record<string, string> {
  const names: Record<string, string> = {
    noun,
    title,
    type: camelOf(noun),
    Type: camelOf(`-${noun}`),
    CONSTANT: constantOf(noun),
  };
  const filled = ([file, template]: [string, string]) => {
    const source = readFileSync(new URL(`case-type-skeleton/${template}.txt`, import.meta.url), 'utf8');
    return [file, source.replaceAll(/\{\{(\w+)\}\}/g, (place, name: string) => names[name] ?? place)];
  };
  return Object.fromEntries(Object.entries(filesOf(noun)).map(filled));
}

const constantOf = (noun: string) => noun.replaceAll('-', '_').toUpperCase();

/** Rows for the files that list case types, each to be put at the end of its list. */
export function skeletonRows({ noun, title }: CaseTypeNames): RowToAdd[] {
  return [...idRows(noun), ...ruleRows(noun, title), ...listRows(noun)];
}

function idRows(noun: string): RowToAdd[] {
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
  ];
}

function ruleRows(noun: string, title: string): RowToAdd[] {
  const type = camelOf(noun);
  return [
    {
      file: 'domain/clock/limits.ts',
      before: '} as const satisfies Record<string, Limit>;\n\nexport type LimitId',
      row: `  '${type}.handling': {\n    title: '${FILL_IN}办结${title}',\n    workingDays: 5,\n    kind: 'norm',\n    article: '${FILL_IN}',\n    ladder: REMINDER_LADDER,\n  },\n`,
    },
    ...tableRows(noun),
    ...firstStepRows(noun),
    {
      file: 'domain/case-types/commands.ts',
      before: 'import { complaintBodies,',
      row: `import { ${type}Bodies } from './${noun}/commands.ts';\n`,
    },
    {
      file: 'domain/case-types/commands.ts',
      before: '  complaint: withTerms(',
      row: `  ${type}: withTerms('${type}', ${type}Bodies),\n`,
    },
  ];
}

function firstStepRows(noun: string): RowToAdd[] {
  const type = camelOf(noun);
  const Type = camelOf(`-${noun}`);
  const file = 'domain/case-types/first-steps.ts';
  return [
    {
      file,
      before: 'import type { SupervisionInput }',
      row: `import type { ${Type}Input } from './${noun}/opening.ts';\n`,
    },
    { file, before: '  supportMeasure: SupportMeasureInput;', row: `  ${type}: ${Type}Input;\n` },
    {
      file,
      before: '  supportMeasure: () => ({',
      row: `  ${type}: () => ({ article: '${FILL_IN}', limits: ['${type}.handling'] }),\n`,
    },
  ];
}

function listRows(noun: string): RowToAdd[] {
  const type = camelOf(noun);
  return [
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
