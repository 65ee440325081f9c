/** What an application under test needs: a database, and commands that reach nobody. */
import type { ApiContext } from '../../../api/context.ts';
import { createChangeFeed } from '../../../db/cases/change-feed.ts';
import { loadClock } from '../../../db/reference/clock-setting.ts';
import { loadReference } from '../../../db/reference/reference.ts';
import { testFiles } from '../../support/files.ts';
import { testSenders } from '../../support/senders.ts';

export async function bareApi(db: ApiContext['db'], temporal: ApiContext['temporal']): Promise<ApiContext> {
  return {
    db,
    temporal,
    reference: await loadReference(db),
    clock: await loadClock(db),
    commands: { send: () => Promise.reject(new Error('not used here')) },
    senders: testSenders(),
    files: testFiles(),
    changes: createChangeFeed(),
    temporalUiUrl: '',
    temporalNamespace: 'default',
  };
}
