/** Cases of all types: the list behind a figure. */
import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { NATURES } from '../../../domain/clock/nature.ts';
import { NO_DEPARTMENT } from '../../../domain/worklist/case-filter.ts';
import { isKeyOf } from '../../../domain/keys.ts';
import { RETURN_REASONS } from '../../../domain/case-types/registration-push/answers.ts';
import { CASE_TYPES, STAGES } from '../../../domain/case-types/case-types.ts';
import { useDepartments, useRegions } from '../api/reference.ts';
import { FoundCases } from '../cases/list/found-cases.tsx';
import { Conditions } from '../components/conditions.tsx';
import { Page } from '../components/page.tsx';
import { titleIn } from '../components/title-in.ts';
import { useAddress, type Address } from '../components/use-address.ts';

const CONDITIONS: Record<string, string> = {
  caseType: '事项类型',
  department: '部门',
  region: '区域',
  onlyRegion: '区域',
  status: '状态',
  stage: '环节',
  overdue: '当前逾期',
  late: '发生过逾期',
  lateKind: '逾期的期限',
  own: '只计承办部门负责的逾期',
  returnReason: '回退理由',
  openedFrom: '立项自',
  openedTo: '立项至',
  closedFrom: '办结自',
  closedTo: '办结至',
  breachedFrom: '逾期自',
  breachedTo: '逾期至',
  q: '查找',
};

const VALUES: Record<string, string> = {
  true: '是',
  false: '否',
  open: '在办',
  closed: '办结',
  statutory: NATURES.statutory.tag,
  norm: NATURES.norm.tag,
  ...CASE_TYPES,
};

/** Stages of different types may share a code, so the words depend on the type asked for. */
function useWords({ caseType, department }: Address): (name: string, value: string) => string {
  const { t } = useTranslation();
  const { fullNameOf } = useRegions();
  const departments = useDepartments(department && department !== NO_DEPARTMENT ? department.slice(0, 6) : '');
  return (name, value) => {
    if (name === 'q') return value;
    if (name === 'region' || name === 'onlyRegion') return fullNameOf(value);
    if (name === 'department') {
      if (value === NO_DEPARTMENT) return t('没有承办部门（公示、裁定等）');
      return departments.data?.find(({ code }) => code === value)?.name ?? value;
    }
    if (name === 'stage') return t(titleIn(caseType && isKeyOf(STAGES, caseType) ? STAGES[caseType] : {}, value));
    if (name === 'returnReason') return t(titleIn(RETURN_REASONS, value));
    return t(VALUES[value] ?? value);
  };
}

export function AllCasesPage() {
  const { t } = useTranslation();
  const [address, change] = useAddress();
  const { status, ...rest } = address;
  const query: Address = status === 'all' ? rest : address;
  const words = useWords(query);
  return (
    <Page title={t('事项')}>
      <Card size="small">
        <Conditions query={query} titles={CONDITIONS} valueOf={words} onChange={change} />
        <FoundCases query={query} />
      </Card>
    </Page>
  );
}
