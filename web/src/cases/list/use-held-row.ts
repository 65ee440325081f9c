/**
 * Keeps the row last acted on in its place: a claimed push has a later limit and would move down the list, and the button
 * of another case would stand under the cursor.
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
  // If the row has moved beyond the fetched pages, fetch its case alone.
  const apart = useCase(listed ? undefined : held);
  const own = listed ?? (apart.data?.status === 'open' && rowActions(apart.data).length > 0 ? apart.data : undefined);
  const hold = ({ caseId, caseType }: CaseView, index: number) => setHeld({ caseId, caseType, index });
  return { rows: held && own ? inPlace(cases, own, held.index) : cases, hold };
}
