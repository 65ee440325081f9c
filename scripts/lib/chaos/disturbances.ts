/** What goes wrong while people work: processes are killed or halted, workflows terminated, calendars published, cases restored. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Pool } from 'pg';
import { legalDateOf } from '../../../domain/clock/calendar.ts';
import type { Clock } from '../../../domain/clock/clock.ts';
import type { Dice } from './dice.ts';
import type { People } from './people.ts';
import { isAlive } from '../processes.ts';
import type { Part, System } from '../system.ts';

/** Seconds between two disturbances. */
const PAUSE = { least: 5, most: 20 };
const HALT_MS = { least: 500, most: 5000 };
const AWAY_MS = { least: 0, most: 3000 };
const MOST_TERMINATED = 5;
/** Calendars are published as often as this of the disturbances, but each moves every running case: not more often. */
const CALENDARS = 4;

export interface Surroundings {
  system: System;
  people: People;
  pool: Pool;
  client: Client;
  clock: Clock;
  /** Starts what was terminated again. */
  restore: (caseIds: readonly string[]) => Promise<void>;
}

export class Disturbances {
  private readonly all: Surroundings;
  private readonly dice: Dice;
  private published = 0;
  private readonly restoring: Promise<void>[] = [];

  constructor(all: Surroundings, dice: Dice) {
    this.all = all;
    this.dice = dice;
  }

  /** Disturbs until it is told to stop. Afterwards every process runs. */
  async run(over: () => boolean): Promise<void> {
    while (!over()) {
      await sleep(this.dice.whole(PAUSE.least * 1000, PAUSE.most * 1000));
      // What it needs may be away just then.
      if (!over()) await this.disturb().catch(() => undefined);
      await this.revive();
    }
    await Promise.all(this.restoring);
    await this.revive();
  }

  /** A process that began while PostgreSQL was away has ended: whoever supervises it starts it again. */
  async revive(): Promise<void> {
    for (const part of this.all.system.parts) {
      if (part.pid !== undefined && isAlive(part.pid)) continue;
      this.all.people.journal.note(`重新启动 ${part.name}`);
      await this.started(part).catch(() => undefined);
    }
  }

  private async disturb(): Promise<void> {
    const { dice } = this;
    const { parts } = this.all.system;
    const thrown = dice.next();
    if (thrown < 0.5) return this.killed(dice.pick(parts.filter(({ name }) => /worker|API/.test(name))));
    if (thrown < 0.65) return this.halted(dice.pick(parts));
    if (thrown < 0.75) return this.killed(parts.find(({ name }) => name === 'Temporal')!);
    if (thrown < 0.85) return this.killed(parts.find(({ name }) => name === 'PostgreSQL')!);
    if (thrown < 0.95) return this.terminated();
    return this.calendar();
  }

  private async killed(part: Part): Promise<void> {
    this.all.people.journal.note(`杀死 ${part.name}`);
    this.all.system.kill(part);
    await sleep(this.dice.whole(AWAY_MS.least, AWAY_MS.most));
    await this.started(part);
  }

  private async started(part: Part, attempts = 5): Promise<void> {
    try {
      await part.start();
    } catch (error) {
      if (attempts === 1) throw error;
      await this.started(part, attempts - 1);
    }
  }

  private async halted(part: Part): Promise<void> {
    const ms = this.dice.whole(HALT_MS.least, HALT_MS.most);
    this.all.people.journal.note(`停住 ${part.name} ${ms} 毫秒`);
    await this.all.system.halt(part, ms);
  }

  /** Someone presses Terminate in the Temporal UI, and the operator restores. */
  private async terminated(): Promise<void> {
    const { pool, client, restore } = this.all;
    const { rows } = await pool.query<{ case_id: string }>(
      "select case_id from cases where status = 'open' and step > 0 order by md5(case_id || $1) limit $2",
      [String(this.dice.next()), this.dice.whole(1, MOST_TERMINATED)],
    );
    this.all.people.journal.note(`终止 ${rows.length} 件的流程并恢复`);
    // A case may have ended meanwhile, and Temporal may be away.
    await Promise.allSettled(rows.map((row) => client.workflow.getHandle(row.case_id).terminate('chaos')));
    this.restoring.push(restore(rows.map((row) => row.case_id)).catch(() => undefined));
  }

  /** 临时放假: a day in the future rests, and all running cases count again. */
  private async calendar(): Promise<void> {
    if (this.published >= CALENDARS) return;
    this.published += 1;
    const { pool, people, clock } = this.all;
    const today = legalDateOf(clock.toLegal(Date.now()));
    const { rows } = await pool.query<{ due_date: string }>(
      `select due_date::text from deadlines
       where settled_at is null and due_date > $1::date + 1 and due_date <= (select max(valid_through) from calendars)
       order by due_date limit 1`,
      [today],
    );
    const [next] = rows;
    if (!next) return;
    this.all.people.journal.note(`公布日历：${next.due_date} 放假`);
    await people.ask(this.dice, {
      as: 'admin',
      method: 'POST',
      path: '/api/v1/admin/calendars/closures',
      body: { restDays: [next.due_date], title: '临时放假', reason: `混沌测试第${this.published}号` },
    });
  }
}
