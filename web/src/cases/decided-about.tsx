/** What a decision is about, in the dialog that asks for it: nobody approves or rules from a list without having seen it. */
import { useQuery } from '@tanstack/react-query';
import type { CaseDetail } from '../../../api/case-detail.ts';
import type { CaseView } from '../../../api/case-view.ts';
import { get } from '../api/client.ts';
import { Loaded } from '../components/page.tsx';
import { nounOf } from './case-types.ts';
import { CorrectionContent } from './correction-content.tsx';
import { ReturnedPush } from './returned-push.tsx';

export const isDecidedInView = ({ caseType, returned }: CaseView) =>
  caseType === 'correction' || returned !== undefined;

export function DecidedAbout({ about }: { about: CaseView }) {
  if (about.returned) return <ReturnedPush returned={about.returned} />;
  return about.caseType === 'correction' ? <Correction about={about} /> : null;
}

function Correction({ about }: { about: CaseView }) {
  const query = useQuery({
    queryKey: ['case', about.caseId],
    queryFn: ({ signal }) =>
      get<CaseDetail>(`/${nounOf(about.caseType)}/${encodeURIComponent(about.caseId)}`, {}, signal),
  });
  return <Loaded query={query}>{({ correction }) => correction && <CorrectionContent content={correction} />}</Loaded>;
}
