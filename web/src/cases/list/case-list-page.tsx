/** All cases of a type that the account may see. */
import { PlusOutlined } from '@ant-design/icons';
import { Card, Empty, Segmented, Select, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CASE_TYPES, NOUNS, STAGES } from '../../../../domain/case-types/case-types.ts';
import { counted } from '../../../../domain/worklist/counting.ts';
import type { CaseType } from '../../../../domain/case/id.ts';
import { usePages } from '../../api/use-pages.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { Page } from '../../components/page.tsx';
import { SearchInput } from '../../components/search-input.tsx';
import { useAddress } from '../../components/use-address.ts';
import { TableLinks } from '../../components/table-links.tsx';
import { beginningOf } from '../../../../domain/worklist/beginnings.ts';
import { isOfDepartment } from '../../../../domain/organs/roles.ts';
import { useSession } from '../../session/session.ts';
import { BatchBar } from '../commands/batch-bar.tsx';
import { CaseTable, type CasesAnswer } from './case-table.tsx';

type Answer = CasesAnswer & { counts: Record<string, number> };

export function CaseListPage({ caseType }: { caseType: CaseType }) {
  const { t } = useTranslation();
  const session = useSession();
  const [address, change] = useAddress();
  const [selected, setSelected] = useState<string[]>([]);
  const query = { status: 'open', ...address };
  const asked = { ...query, status: query.status === 'all' ? undefined : query.status };
  const list = usePages<Answer>('cases', `/${NOUNS[caseType]}`, asked);
  const beginning = beginningOf(caseType, session.role);
  return (
    <Page
      title={t(CASE_TYPES[caseType])}
      extra={
        <Space wrap>
          {caseType === 'poolEntry' && <TableLinks path="/pool-entries/download" query={asked} />}
          {beginning && (
            <LinkButton to={beginning.to} type="primary" icon={<PlusOutlined />}>
              {t(beginning.title)}
            </LinkButton>
          )}
        </Space>
      }
    >
      <Card size="small">
        <Filters caseType={caseType} counts={list.first?.counts ?? {}} address={query} onChange={change} />
        <BatchBar
          selected={list.items.filter(({ caseId }) => selected.includes(caseId))}
          onDone={() => setSelected([])}
        />
        <CaseTable
          key={new URLSearchParams(address).toString()}
          list={list}
          showDepartment={!isOfDepartment(session)}
          selected={selected}
          onSelect={setSelected}
          empty={<Empty description={t('没有符合条件的事项')} />}
        />
      </Card>
    </Page>
  );
}

interface FilterProps {
  caseType: keyof typeof STAGES;
  counts: Record<string, number>;
  address: Record<string, string>;
  onChange: (change: Record<string, string | undefined>) => void;
}

function Filters({ caseType, counts, address, onChange }: FilterProps) {
  const { t } = useTranslation();
  const session = useSession();
  const { supervised } = address;
  const stages = Object.entries(STAGES[caseType]).map(([value, title]) => ({
    value,
    // What is counted is what the account works on.
    label: supervised ? t(title) : `${t(title)} ${counted(counts[value] ?? 0)}`,
  }));
  return (
    <Space wrap className="filters">
      <Segmented
        aria-label={t('状态')}
        value={address['status']}
        onChange={(status) => onChange({ status, stage: undefined })}
        options={[
          { value: 'open', label: t('在办') },
          { value: 'closed', label: t('办结') },
          { value: 'all', label: t('全部') },
        ]}
      />
      <Select
        allowClear
        aria-label={t('环节')}
        placeholder={t('全部环节')}
        style={{ width: 180 }}
        value={address['stage']}
        options={stages}
        onChange={(stage?: string) => onChange({ stage, status: stage ? 'all' : undefined })}
      />
      {caseType === 'registrationPush' && isOfDepartment(session) && (
        <Segmented
          aria-label={t('办理或者监管')}
          value={supervised ?? ''}
          onChange={(chosen) => onChange({ supervised: chosen || undefined })}
          options={[
            { value: '', label: t('本部门办理') },
            { value: 'true', label: t('本部门监管') },
          ]}
        />
      )}
      <Select
        allowClear
        aria-label={t('是否逾期')}
        placeholder={t('逾期与否')}
        style={{ width: 130 }}
        value={address['overdue']}
        options={[
          { value: 'true', label: t('已逾期') },
          { value: 'false', label: t('未逾期') },
        ]}
        onChange={(overdue?: string) => onChange({ overdue })}
      />
      <SearchInput
        label={t('查找企业或编号')}
        placeholder={t('企业名称、信用代码或编号')}
        width={260}
        value={address['q']}
        onSearch={(q) => onChange({ q })}
      />
    </Space>
  );
}
