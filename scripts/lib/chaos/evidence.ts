/** What a finding of the chaos test can be studied by once the system is gone: its logs, and the histories of the cases. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Client } from '@temporalio/client';
import type { RestoredCase } from '../../../outbox/restore-cases.ts';
import { recordedSteps } from '../../../workflows/messages.ts';
import { toJson } from '../histories/history-json.ts';

/** @returns the directory that holds the evidence; nobody removes it. */
export async function keepEvidence(
  dataDir: string,
  client: Client,
  differing: readonly RestoredCase[],
): Promise<string> {
  const kept = mkdtempSync(path.join(tmpdir(), 'xietong-chaos-found-'));
  for (const name of readdirSync(dataDir).filter((file) => file.endsWith('.log')))
    cpSync(path.join(dataDir, name), path.join(kept, name));
  for (const one of differing) {
    const handle = client.workflow.getHandle(one.caseId);
    const about = path.join(kept, one.caseId.replaceAll(/[^\w.-]/g, '_'));
    mkdirSync(about);
    const write = (name: string, what: unknown) =>
      writeFileSync(path.join(about, `${name}.json`), JSON.stringify(what, undefined, 2));
    write('found', one);
    write('description', (await handle.describe()).raw);
    writeFileSync(path.join(about, 'history.json'), toJson(await handle.fetchHistory()));
    write('answer', await handle.query(recordedSteps).catch(String));
  }
  return kept;
}
