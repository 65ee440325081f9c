/** An action that the server may refuse: whether it is running, and the refusal. */
import { useState } from 'react';
import { ProblemError } from './client.ts';

export function useAttempt() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemError>();

  async function attempt(deed: () => Promise<unknown>): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    try {
      await deed();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }

  return { busy, problem, attempt };
}
