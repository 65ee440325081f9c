/**
 * The row that was acted on keeps its place until another is acted on: a claimed push has a later limit and would sort
 * away, and a different case's button would stand under the cursor.
 */
import { useState } from 'react';
import type { CaseType } from '../../../../domain/case/id.ts';
import type { CaseView } from '../../../../api/cases/view.ts';
import { rowActions } from '../commands/acts.ts';
import { inPlace } from './in-place.ts';
import { useCase } from '../use-case.ts';

interface Held {
  caseId: string;
  caseType: CaseType;
  index: number;
}

export function useHeldRow(cases: CaseView[]) {
  const [held, setHeld] = useState<Held>();
  const listed = cases.find(({ caseId }) => caseId === held?.caseId);
  // Sorted beyond what has been fetched: it is read by itself.
  const apart = useCase(listed ? undefined : held);
  const own = listed ?? (apart.data?.status === 'open' && rowActions(apart.data).length > 0 ? apart.data : undefined);
  const hold = ({ caseId, caseType }: CaseView, index: number) => setHeld({ caseId, caseType, index });
  return { rows: held && own ? inPlace(cases, own, held.index) : cases, hold };
}
