/** What a change changed, in words. Fields without a word are in the full entry, which can be opened. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { COMPLAINT_CATEGORIES } from '../../../../domain/case-types/complaint/rules.ts';
import { APPLICATION_STATES } from '../../../../domain/organs/accounts.ts';
import type { CaseType } from '../../../../domain/case/id.ts';
import { RUNGS } from '../../../../domain/clock/limits.ts';
import { isKeyOf } from '../../../../domain/keys.ts';
import { ROLES } from '../../../../domain/organs/roles.ts';
import { STAGES } from '../../../../domain/case-types/case-types.ts';
import { useDepartments, useRegions } from '../../api/reference.ts';
import { CODES, PARTS, STATEMENTS } from './statements.ts';
import { instant } from '../../components/time.tsx';
import { limitTitle } from '../../components/title-in.ts';

const TITLES: Record<string, string> = {
  ...STATEMENTS,
  stage: '环节',
  status: '状态',
  state: '状态',
  name: '名称',
  displayName: '姓名或岗位名称',
  username: '账号',
  role: '角色',
  regionCode: '行政区划',
  departmentCode: '部门',
  mustChangePassword: '须修改密码',
  disabled: '停用',
  retiredAt: '撤销',
  internalReview: '内部审核',
  workingDays: '工作日',
  ladder: '节点',
  version: '版本',
  items: '事项数',
  validThrough: '公布至',
  limitId: '期限',
  rung: '节点',
  dueAt: '届满时间',
  dueDate: '届满日',
  limits: '期限',
  category: '类别',
  late: '逾期',
  submissionDue: '归集期限届满日',
  added: '新增',
  changed: '变更',
  retired: '撤销',
  proposal: '提案编号',
  proposedBy: '提案人',
  filename: '文件',
  cases: '产生的事项',
  supervision: '产生的督办',
};

const WORDS: Record<string, Record<string, string>> = {
  role: ROLES,
  state: APPLICATION_STATES,
  category: Object.fromEntries(Object.entries(COMPLAINT_CATEGORIES).map(([code, { title }]) => [code, title])),
  status: { open: '在办', closed: '办结' },
};

/** Lists of ids are shown by their number. */
const COUNTED = new Set(['cases', 'supervision']);
const INSTANTS = new Set(['retiredAt', 'dueAt']);

/** A change of calendar names its dates by limit. */
const titleOf = (name: string): string | undefined => TITLES[name] ?? limitTitle(name);

type Fields = Record<string, unknown>;
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && !Array.isArray(value) ? { ...value } : {});
const isNothing = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

interface Props {
  before: unknown;
  after: unknown;
  /** The type of the case whose stages are shown. */
  caseType?: CaseType | undefined;
}

export function ChangeWords({ before, after, caseType }: Props) {
  const { t } = useTranslation();
  const [from, to] = [fieldsOf(before), fieldsOf(after)];
  const names = Object.keys({ ...from, ...to }).filter(
    (name) => titleOf(name) && !same(from[name], to[name]) && !(isNothing(from[name]) && isNothing(to[name])),
  );
  const isNew = isNothing(before);
  return (
    <>
      <ul className="change-words">
        {names.map((name) => (
          <li key={name}>
            {t(titleOf(name)!)}
            {t('：')}
            {!isNew && name in from && (
              <>
                <Value name={name} value={from[name]} caseType={caseType} /> →{' '}
              </>
            )}
            <Value name={name} value={to[name]} caseType={caseType} />
          </li>
        ))}
      </ul>
      <details className="small">
        <summary>{t('原始记录')}</summary>
        <pre>{JSON.stringify({ before, after }, null, 2)}</pre>
      </details>
    </>
  );
}

interface ValueProps {
  name: string;
  value: unknown;
  caseType?: CaseType | undefined;
  /** Words for codes inside a statement. */
  words?: Record<string, string>;
}

function Value({ name, value, caseType, words }: ValueProps): ReactNode {
  const { t } = useTranslation();
  const { fullNameOf } = useRegions();
  if (isNothing(value)) return t('无');
  if (typeof value === 'boolean') return t(value ? '是' : '否');
  if (Array.isArray(value)) {
    if (COUNTED.has(name)) return t('{{n}}个', { n: value.length });
    return value.map((one: unknown, index) => (
      <span key={index}>
        {index > 0 && '、'}
        <Value name={name} value={one} caseType={caseType} />
      </span>
    ));
  }
  if (typeof value === 'object') return <Statement said={fieldsOf(value)} />;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (name === 'departmentCode') return <DepartmentName code={text} />;
  if (name === 'regionCode') return fullNameOf(text);
  if (name === 'stage') return t((caseType && STAGES[caseType][text]) ?? text);
  if (name === 'limitId') return t(limitTitle(text) ?? text);
  if (name === 'rung' || name === 'ladder') return t(isKeyOf(RUNGS, text) ? RUNGS[text].title : text);
  if (INSTANTS.has(name)) return instant(text);
  return t((words ?? WORDS[name])?.[text] ?? text);
}

/** A limit with its last day, or what somebody stated. */
function Statement({ said }: { said: Fields }) {
  const { t } = useTranslation();
  const { limitId, dueDate, workingDays } = said;
  if (typeof limitId === 'string') {
    const title = t(limitTitle(limitId) ?? limitId);
    return t('{{title}}（{{n}}个工作日，至{{date}}）', { title, n: workingDays ?? '—', date: dueDate ?? '—' });
  }
  if (typeof dueDate === 'string') return dueDate;
  const parts = Object.entries(said).filter(([part, value]) => part in PARTS && !isNothing(value));
  return parts.map(([part, value], index) => (
    <span key={part}>
      {index > 0 && '；'}
      {t(PARTS[part]!)}
      {t('：')}
      <Value name={part} value={value} words={CODES} />
    </span>
  ));
}

function DepartmentName({ code }: { code: string }) {
  const departments = useDepartments(code.slice(0, 6));
  return departments.data?.find((one) => one.code === code)?.name ?? code;
}
