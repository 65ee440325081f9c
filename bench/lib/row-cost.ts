/** What one row of a file costs by its kind: bytes of the database and ms of the import. */
import type { Client as PgClient } from 'pg';
import { withCheckDigit } from '../../domain/uscc.ts';
import { importFile } from './import-file.ts';
import type { Office } from './office.ts';

/** One scope of each kind (第七条第二款). The first is what most registrations are. */
const KINDS = {
  不涉及审批: '一般项目：日用百货销售；信息技术咨询服务；会议及展览服务；办公用品销售；企业管理咨询。',
  部门不明确: '许可项目：星际航行服务；深空采矿服务；轨道清扫服务；行星改造服务；曲率引擎维修服务。',
  推送一个部门: '许可项目：农药零售。一般项目：日用百货销售；信息技术咨询服务；会议及展览服务；办公用品。',
} as const;

export type RowKind = keyof typeof KINDS;

export interface RowCost {
  bytes: number;
  ms: number;
}

/**
 * Imports a file of each kind, with scopes of one length. Sizes are those of tables and indexes as PostgreSQL allocates
 * them, so the more rows, the truer.
 */
export async function costOfRows(
  client: PgClient,
  { api, office, rows }: { api: string; office: Office; rows: number },
): Promise<Record<RowKind, RowCost>> {
  const costs: Partial<Record<RowKind, RowCost>> = {};
  for (const [index, [kind, scope]] of Object.entries(KINDS).entries()) {
    const before = await sizeOf(client);
    const { seconds, accepted } = await importFile({ api, office, rows: fileOf(index, scope, rows) });
    const bytes = (await sizeOf(client)) - before;
    costs[kind as RowKind] = { bytes: bytes / accepted, ms: (seconds * 1000) / accepted };
  }
  return costs as Record<RowKind, RowCost>;
}

function fileOf(index: number, scope: string, rows: number): object[] {
  return Array.from({ length: rows }, (_, n) => ({
    registrationNo: `费用-${index}-${n}`,
    uscc: withCheckDigit(`91430103MA${index}${String(n).padStart(6, '0')}`),
    name: `费用测量${index}号第${n}家有限公司`,
    regionCode: '430103',
    scope,
  }));
}

async function sizeOf(client: PgClient): Promise<number> {
  // Pending entries of the indexes of pairs belong to the rows that wrote them.
  await client.query('vacuum');
  const { rows } = await client.query<{ size: string }>('select pg_database_size(current_database()) as size');
  return Number(rows[0]!.size);
}
