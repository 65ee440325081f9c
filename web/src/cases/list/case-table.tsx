/** A table of cases by remaining time, operated by mouse or keyboard. */
import { Grid, Table, Tag, Typography, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { CaseView } from '../../../../api/cases/view.ts';
import { CASE_TYPES } from '../../../../domain/case-types/case-types.ts';
import { MoreButton } from '../../components/more-button.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useSession } from '../../session/session.ts';
import { CommandButton, type CommandRequest } from '../commands/command-button.tsx';
import { CommandDialog } from '../commands/dialogs.tsx';
import { casePath } from '../../../../domain/case-types/case-path.ts';
import { actsOn, mainAction, rowActions } from '../commands/acts.ts';
import type { usePages } from '../../api/use-pages.ts';
import { DeadlineTags } from './deadline-tag.tsx';
import { useMatter } from '../matter.tsx';
import { useHeldRow } from './use-held-row.ts';
import { useRowKeys } from './use-row-keys.ts';

export interface CasesAnswer {
  items: CaseView[];
  nextCursor: string | null;
}

interface Props {
  list: Pick<ReturnType<typeof usePages<CasesAnswer>>, 'pages' | 'items'>;
  /** Cases of several types are mixed. */
  mixed?: boolean;
  /** Whether the department has a column: useful if the cases are not all one department's. */
  showDepartment?: boolean;
  selected?: string[];
  onSelect?: (caseIds: string[]) => void;
  /** Shown if the server has answered that there are no cases. */
  empty: ReactNode;
}

export function CaseTable({ list, ...parts }: Props) {
  const { pages } = list;
  return (
    <>
      {pages.error && <ProblemAlert error={pages.error} onRetry={() => void pages.refetch()} />}
      {/* If the list could not be read, do not say that it is empty. */}
      {(pages.data ?? !pages.error) && <Rows list={list} {...parts} />}
    </>
  );
}

function Rows({ list: { pages, items: cases }, mixed, showDepartment, selected, onSelect, empty }: Props) {
  const { t } = useTranslation();
  const { role } = useSession();
  const navigate = useNavigate();
  const roomy = Grid.useBreakpoint().md ?? true;
  const [request, setRequest] = useState<CommandRequest>();
  const { rows, hold } = useHeldRow(cases);
  // Readers who cannot act have nothing to select and no buttons.
  const acts = cases.some(({ caseType }) => actsOn(role, caseType));
  const select = acts ? onSelect : undefined;
  const rowKeys = useRowKeys(rows, {
    open: (about) => void navigate(casePath(about)),
    select: (about) => select?.(toggled(selected ?? [], about.caseId)),
  });
  const buttons = (about: CaseView, index: number) => (
    <RowActions about={about} onAsk={setRequest} onBegin={() => hold(about, index)} />
  );
  const pressable = select !== undefined || (acts && rows.some((about) => rowActions(about).length > 0));
  const parts = { mixed, showDepartment, buttons: pressable ? buttons : undefined };
  const columns = useColumns(parts);
  const stacked = useStacked(parts);
  return (
    <>
      <Table<CaseView>
        rowKey="caseId"
        size="middle"
        columns={roomy ? columns : stacked}
        dataSource={rows}
        // Rows of the previous filter stay until those of the new one arrive.
        loading={pages.isPending || pages.isPlaceholderData}
        pagination={false}
        locale={{ emptyText: pages.isPending ? ' ' : empty }}
        footer={pages.hasNextPage ? () => <MoreButton pages={pages} /> : undefined}
        className={roomy ? 'wide-table' : 'stacked-table'}
        rowSelection={
          select && {
            selectedRowKeys: selected,
            onChange: (keys) => select(keys.map(String)),
            getTitleCheckboxProps: () => ({ 'aria-label': t('全选') }),
            getCheckboxProps: ({ enterprise, caseNo }) => ({
              'aria-label': t('选择{{name}}', { name: `${enterprise.name} ${caseNo}` }),
            }),
          }
        }
        onRow={(_, index = 0) => rowKeys(index)}
      />
      <CommandDialog request={request} onClose={() => setRequest(undefined)} />
    </>
  );
}

interface ColumnsOf extends Pick<Props, 'mixed' | 'showDepartment'> {
  buttons: ((about: CaseView, index: number) => ReactNode) | undefined;
}

function useColumns({ mixed, showDepartment, buttons }: ColumnsOf): TableColumnsType<CaseView> {
  const { t } = useTranslation();
  return [
    { title: t('剩余时间'), key: 'due', width: 210, render: (_, about) => <DeadlineTags about={about} /> },
    { title: t('企业与编号'), key: 'enterprise', minWidth: 220, render: (_, about) => <Named about={about} /> },
    {
      title: t('内容'),
      key: 'matter',
      responsive: ['lg'],
      render: (_, about) => <Matter about={about} mixed={mixed} />,
    },
    ...(showDepartment
      ? [{ title: t('承办部门'), key: 'department', responsive: ['xl' as const], dataIndex: 'departmentName' }]
      : []),
    { title: t('环节'), key: 'stage', width: 130, render: (_, about) => <Stage about={about} /> },
    ...(buttons
      ? [
          {
            title: t('办理'),
            key: 'actions',
            width: 230,
            render: (_: unknown, about: CaseView, index: number) => buttons(about, index),
          },
        ]
      : []),
  ];
}

/** On a phone, the parts of a row stand below each other, so that nothing needs sideways scrolling. */
function useStacked({ mixed, showDepartment, buttons }: ColumnsOf): TableColumnsType<CaseView> {
  const { t } = useTranslation();
  return [
    {
      title: t('事项'),
      key: 'all',
      render: (_, about, index) => (
        <div className="stacked">
          <Named about={about} />
          <div>
            <DeadlineTags about={about} /> <Stage about={about} />
          </div>
          <Matter about={about} mixed={mixed} />
          {showDepartment && about.departmentName && <div>{about.departmentName}</div>}
          {buttons?.(about, index)}
        </div>
      ),
    },
  ];
}

function Named({ about }: { about: CaseView }) {
  return (
    <div>
      <Link to={casePath(about)} className="case-name">
        {about.enterprise.name}
      </Link>
      <div className="case-no numbers">{about.caseNo}</div>
    </div>
  );
}

function Matter({ about, mixed }: { about: CaseView; mixed: boolean | undefined }) {
  const { t } = useTranslation();
  const matter = useMatter();
  return (
    <div>
      {mixed && <div>{t(CASE_TYPES[about.caseType])}</div>}
      <Typography.Text type="secondary">{matter(about)}</Typography.Text>
    </div>
  );
}

function Stage({ about: { status, stageTitle } }: { about: CaseView }) {
  const { t } = useTranslation();
  return <Tag color={status === 'open' ? 'processing' : 'default'}>{t(stageTitle)}</Tag>;
}

interface RowActionsProps {
  about: CaseView;
  onAsk: (request: CommandRequest) => void;
  onBegin: () => void;
}

function RowActions({ about, onAsk, onBegin }: RowActionsProps) {
  const main = mainAction(about)?.action;
  return (
    <div className="row-actions">
      {rowActions(about).map((action) => (
        <CommandButton
          key={action.action}
          case={about}
          action={action}
          onAsk={onAsk}
          onBegin={onBegin}
          size="small"
          type={action.action === main ? 'primary' : 'default'}
        />
      ))}
    </div>
  );
}

const toggled = (among: string[], one: string) =>
  among.includes(one) ? among.filter((other) => other !== one) : [...among, one];
