/** A case as people refer to it: type, number, enterprise. */
import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { parseCaseId } from '../../../domain/case/id.ts';
import { CASE_TYPES } from '../../../domain/case-types/case-types.ts';
import { casePath } from './case-path.ts';

interface Props {
  caseId: string;
  caseNo: string;
  enterpriseName: string | null;
}

export function CaseReference({ caseId, caseNo, enterpriseName }: Props) {
  const { t } = useTranslation();
  const type = parseCaseId(caseId)?.type;
  // Before a case exists, the entry is about the registration.
  const name = `${t(type ? CASE_TYPES[type] : '登记信息')} ${caseNo}`;
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
