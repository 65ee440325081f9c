import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DeterminismViolationError } from '@temporalio/workflow';
import { DefaultLogger, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';
import { fromJson, type History } from '../../scripts/lib/histories/history-json.ts';
import { bundleWorkflows } from '../../worker.ts';

Runtime.install({ logger: new DefaultLogger('ERROR') });

const HISTORIES = fileURLToPath(new URL('./histories/', import.meta.url));
const names = readdirSync(HISTORIES)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length));

const recorded = (name: string) => fromJson(readFileSync(`${HISTORIES}${name}.json`, 'utf8'));

describe('a case that runs today goes on under the code of tomorrow', () => {
  let workflowBundle: WorkflowBundle;
  beforeAll(async () => {
    workflowBundle = await bundleWorkflows({
      workflowsPath: fileURLToPath(new URL('./workflows.ts', import.meta.url)),
    });
  });

  /** @returns the errors, by the history's name. */
  async function replay(histories: Record<string, History>) {
    const runs = Object.entries(histories).map(([workflowId, history]) => ({ workflowId, history }));
    const failures: Record<string, Error> = {};
    for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, runs)) {
      if (error) failures[workflowId] = error;
    }
    return failures;
  }

  it('every recorded history replays', async () => {
    expect(names.length).toBeGreaterThan(0);
    expect(await replay(Object.fromEntries(names.map((name) => [name, recorded(name)])))).toEqual({});
  });

  const recordedAs = (workflow: string) => {
    const history = recorded('supervision-replied');
    history.events![0]!.workflowExecutionStartedEventAttributes!.workflowType!.name = workflow;
    return history;
  };

  it('a workflow that was changed does not replay', async () => {
    const changed = recordedAs('carelesslyEditedSupervision');
    expect((await replay({ changed })).changed).toBeInstanceOf(DeterminismViolationError);
  });

  it('a workflow that was changed by patched() does', async () => {
    expect(await replay({ changed: recordedAs('carefullyEditedSupervision') })).toEqual({});
  });

  it('a history whose event was tampered with does not replay', async () => {
    const history = recorded('registrationPush-returned');
    const child = history.events!.find((event) => event.startChildWorkflowExecutionInitiatedEventAttributes)!;
    child.startChildWorkflowExecutionInitiatedEventAttributes!.workflowId = 'rollback~another';
    expect((await replay({ tampered: history })).tampered).toBeInstanceOf(DeterminismViolationError);
  });
});
