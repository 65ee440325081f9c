/** What a decision is about, shown in its dialog: nobody approves or rules from a list without seeing it. */
import type { CaseView } from '../../../../api/cases/view.ts';
import { Loaded } from '../../components/page.tsx';
import { CorrectionContent } from './correction-content.tsx';
import { ReturnedPush } from './returned-push.tsx';
import { useCase } from '../use-case.ts';

export const isDecidedInView = ({ caseType, returned }: CaseView) =>
  caseType === 'correction' || returned !== undefined;

export function DecidedAbout({ about }: { about: CaseView }) {
  if (about.returned) return <ReturnedPush returned={about.returned} />;
  return about.caseType === 'correction' ? <Correction about={about} /> : null;
}

function Correction({ about }: { about: CaseView }) {
  const query = useCase(about);
  return <Loaded query={query}>{({ correction }) => correction && <CorrectionContent content={correction} />}</Loaded>;
}
