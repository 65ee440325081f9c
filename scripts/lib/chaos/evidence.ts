/** What a finding of the chaos test can be studied by once the system is gone: its logs, and the histories of the cases. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Client } from '@temporalio/client';
import type { RestoredCase } from '../../../outbox/restore-cases.ts';
import { recordedSteps } from '../../../workflows/messages.ts';
import { toJson } from '../histories/history-json.ts';

/** A server that has stopped answering must not keep the findings waiting. */
const PATIENCE_MS = 20_000;

export interface Evidence {
  /** The directory that holds it; nobody removes it. */
  directory: string;
  /** What could not be kept, and why. */
  missing: string[];
}

/** Keeps what there is: a part that cannot be had is named, and hides neither the others nor the findings. */
export async function keepEvidence(
  dataDir: string,
  client: Client,
  differing: readonly RestoredCase[],
): Promise<Evidence> {
  const directory = mkdtempSync(path.join(tmpdir(), 'xietong-chaos-found-'));
  const missing: string[] = [];
  const keep = async (name: string, made: () => unknown) => {
    try {
      const text = await made();
      writeFileSync(path.join(directory, name), typeof text === 'string' ? text : JSON.stringify(text, undefined, 2));
    } catch (error) {
      missing.push(`${name}: ${String(error)}`);
    }
  };
  await Promise.all(logsOf(dataDir).map((name) => keep(name, () => readFileSync(path.join(dataDir, name), 'utf8'))));
  for (const one of differing) {
    const handle = client.workflow.getHandle(one.caseId);
    const about = one.caseId.replaceAll(/[^\w.-]/g, '_');
    mkdirSync(path.join(directory, about), { recursive: true });
    const ask = <T>(question: () => Promise<T>) => client.withDeadline(Date.now() + PATIENCE_MS, question);
    await keep(`${about}/found.json`, () => one);
    await keep(`${about}/description.json`, async () => (await ask(() => handle.describe())).raw);
    await keep(`${about}/history.json`, async () => toJson(await ask(() => handle.fetchHistory())));
    await keep(`${about}/answer.json`, () => ask(() => handle.query(recordedSteps)));
  }
  return { directory, missing };
}

function logsOf(dataDir: string): string[] {
  try {
    return readdirSync(dataDir).filter((file) => file.endsWith('.log'));
  } catch {
    return [];
  }
}
