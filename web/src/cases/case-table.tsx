/** Cases in a table: by remaining time, worked through by mouse or by keyboard. */
import { Table, Tag, Typography, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { CaseView } from '../../../api/case-view.ts';
import { CASE_TYPES } from '../../../domain/transitions.ts';
import { CommandButton, type CommandRequest } from './command-button.tsx';
import { CommandDialog } from './dialogs.tsx';
import { casePath } from './case-types.ts';
import { pressing } from './deadline.ts';
import { DeadlineTag } from './deadline-tag.tsx';
import { useMatter } from './matter.tsx';
import { useRowKeys } from './use-row-keys.ts';

interface Props {
  cases: CaseView[];
  loading: boolean;
  /** Cases of several types stand together. */
  mixed?: boolean;
  /** Whose they are is worth a column where they are not all one department's. */
  showDepartment?: boolean;
  selected?: string[];
  onSelect?: (caseIds: string[]) => void;
  empty: ReactNode;
  footer?: ReactNode;
}

/** In a row there is room for the deed that leads on, and one way out. */
const ROW_ACTIONS = 2;

/** What changes no stage is for the case's own page. */
const SIDEWAYS = new Set(['suspend', 'resume', 'requestExtension', 'criticise', 'appeal']);

const mainActions = ({ actions }: CaseView) =>
  actions.filter(({ action, allowed }) => allowed && !SIDEWAYS.has(action)).slice(0, ROW_ACTIONS);

export function CaseTable({ cases, loading, mixed, showDepartment, selected, onSelect, empty, footer }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const matter = useMatter();
  const [request, setRequest] = useState<CommandRequest>();
  const { rowRef, focused } = useRowKeys(cases, {
    open: (about) => void navigate(casePath(about)),
    select: (about) => onSelect?.(toggled(selected ?? [], about.caseId)),
  });
  const columns: TableColumnsType<CaseView> = [
    {
      title: t('剩余时间'),
      key: 'due',
      width: 210,
      render: (_, about) => {
        const deadline = pressing(about);
        return deadline ? <DeadlineTag deadline={deadline} /> : <Typography.Text type="secondary">—</Typography.Text>;
      },
    },
    {
      title: t('企业与编号'),
      key: 'enterprise',
      render: (_, about) => (
        <>
          <Link to={casePath(about)} className="case-name">
            {about.enterprise.name}
          </Link>
          <div className="case-no numbers">{about.caseNo}</div>
        </>
      ),
    },
    {
      title: t('内容'),
      key: 'matter',
      responsive: ['lg'],
      render: (_, about) => (
        <>
          {mixed && <div>{t(CASE_TYPES[about.caseType as keyof typeof CASE_TYPES])}</div>}
          <Typography.Text type="secondary">{matter(about)}</Typography.Text>
        </>
      ),
    },
    ...(showDepartment
      ? [{ title: t('承办部门'), key: 'department', responsive: ['xl' as const], dataIndex: 'departmentName' }]
      : []),
    {
      title: t('环节'),
      key: 'stage',
      width: 130,
      render: (_, { stageTitle, status }) => (
        <Tag color={status === 'open' ? 'processing' : 'default'}>{t(stageTitle)}</Tag>
      ),
    },
    {
      title: t('办理'),
      key: 'actions',
      width: 230,
      render: (_, about) => (
        <div className="row-actions">
          {mainActions(about).map((action, index) => (
            <CommandButton
              key={action.action}
              case={about}
              action={action}
              onAsk={setRequest}
              size="small"
              type={index === 0 ? 'primary' : 'default'}
            />
          ))}
        </div>
      ),
    },
  ];
  return (
    <>
      <Table<CaseView>
        rowKey="caseId"
        size="middle"
        columns={columns}
        dataSource={cases}
        loading={loading}
        pagination={false}
        locale={{ emptyText: empty }}
        footer={footer ? () => footer : undefined}
        className="wide-table"
        rowSelection={
          onSelect && {
            selectedRowKeys: selected,
            onChange: (keys) => onSelect(keys.map(String)),
            getTitleCheckboxProps: () => ({ 'aria-label': t('全选') }),
            getCheckboxProps: ({ enterprise, caseNo }) => ({
              'aria-label': t('选择{{name}}', { name: `${enterprise.name} ${caseNo}` }),
            }),
          }
        }
        onRow={(_, index) => ({ ref: rowRef(index ?? 0), tabIndex: index === focused ? 0 : -1 }) as object}
      />
      <CommandDialog request={request} onClose={() => setRequest(undefined)} />
    </>
  );
}

const toggled = (among: string[], one: string) =>
  among.includes(one) ? among.filter((other) => other !== one) : [...among, one];
