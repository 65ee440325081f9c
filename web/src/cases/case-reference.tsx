/** A case as people refer to it: type, number, enterprise. */
import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { parseCaseId } from '../../../domain/case/id.ts';
import { CASE_TYPES } from '../../../domain/case-types/case-types.ts';
import { ACCEPTED } from './accepted-matters.ts';
import { casePath } from '../../../domain/case-types/case-path.ts';

interface Props {
  caseId: string;
  caseNo: string;
  enterpriseName: string | null;
}

/** What was reported has its case's id after the beginning; the others open several cases, or one that the number names. */
const caseIn = (id: string): string => (id.startsWith('report~') ? id.slice('report~'.length) : id);

export function CaseReference({ caseId: id, caseNo, enterpriseName }: Props) {
  const { t } = useTranslation();
  const caseId = caseIn(id);
  const type = parseCaseId(caseId)?.type;
  const name = `${t(type ? CASE_TYPES[type] : (ACCEPTED[id.split('~')[0] ?? ''] ?? ''))} ${caseNo}`;
  return (
    <>
      {type ? <Link to={casePath({ caseType: type, caseId })}>{name}</Link> : name}
      {enterpriseName && (
        <div>
          <Typography.Text type="secondary" className="small">
            {enterpriseName}
          </Typography.Text>
        </div>
      )}
    </>
  );
}
