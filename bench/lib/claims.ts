/** Claims at a steady pace, each sent once, as an official would meet them. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { HOLDER, openedPush, pathOf } from '../contestants/product.ts';
import { percentile, rounded } from './figures.ts';
import type { Office } from './office.ts';

export interface Claim {
  /** 0: no answer at all. */
  status: number;
  ms: number;
}

/** Opens so many pushes side by side. @returns their cases. */
export async function openPushes(office: Office, from: number, count: number, atOnce = 20): Promise<string[]> {
  const cases: string[] = [];
  let given = 0;
  const one = async () => {
    while (given < count) {
      given += 1;
      cases.push(await openedPush(office, from + given));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return cases;
}

async function claimOnce(office: Office, caseId: string): Promise<Claim> {
  const began = performance.now();
  try {
    const { status, ms } = await office.send(HOLDER, 'POST', pathOf(caseId, 'claim'), {}, randomUUID());
    return { status, ms };
  } catch {
    return { status: 0, ms: performance.now() - began };
  }
}

/**
 * Claims what `take` gives, one each `everyMs` whether or not the one before is answered, until it is over.
 * @param take gives undefined where nothing can be claimed just then.
 */
export async function claimSteadily(
  office: Office,
  take: () => string | undefined,
  { everyMs, over }: { everyMs: number; over: () => boolean },
): Promise<Claim[]> {
  const sent: Promise<Claim>[] = [];
  const began = performance.now();
  for (let tick = 1; !over(); tick += 1) {
    const caseId = take();
    if (caseId !== undefined) sent.push(claimOnce(office, caseId));
    await sleep(Math.max(0, began + tick * everyMs - performance.now()));
  }
  return Promise.all(sent);
}

/** Times in ms, of all claims however they were answered. */
export function figuresOf(claims: readonly Claim[]) {
  const times = claims.map(({ ms }) => ms);
  return {
    claims: claims.length,
    /** 503, and what was not answered. */
    putOff: claims.filter(({ status }) => status === 0 || status >= 500).length,
    refused: claims.filter(({ status }) => status >= 400 && status < 500).length,
    p50: rounded(percentile(times, 0.5)),
    p99: rounded(percentile(times, 0.99)),
    most: rounded(percentile(times, 1)),
  };
}

export const toldOf = ({ claims, putOff, refused, p50, p99, most }: ReturnType<typeof figuresOf>): string =>
  `${claims} 次，p50 ${p50} ms，p99 ${p99} ms，最长 ${most} ms，503 ${putOff} 次${refused > 0 ? `，拒绝 ${refused} 次` : ''}`;
