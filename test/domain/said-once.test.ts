/** What is said to a case once: the signals that end it, and no signal that means something new each time. */
import { expect, it } from 'vitest';
import { SAID_ONCE } from '../../domain/case/effects.ts';
import { enterpriseCancelled, liftingConfirmed, withdrawNotice } from '../../workflows/messages.ts';

it('the signals that end a case, by the names under which they are sent', () => {
  expect([...SAID_ONCE].sort()).toEqual([enterpriseCancelled.name, withdrawNotice.name].sort());
  expect(SAID_ONCE.has(liftingConfirmed.name)).toBe(false);
});
