/** 审计日志: append-only (第十九条). */
import { Card, Space, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ListedAuditEntry } from '../../../api/routes/audit.ts';
import { parseCaseId } from '../../../domain/case/id.ts';
import { STAGES } from '../../../domain/case-types/case-types.ts';
import { useEarlier } from '../api/use-earlier.ts';
import { useArticle } from '../components/article.tsx';
import { CaseReference } from '../cases/case-reference.tsx';
import { ChangeWords } from '../cases/page/change-words.tsx';
import { Page } from '../components/page.tsx';
import { ListTable } from '../components/list-table.tsx';
import { MoreButton } from '../components/more-button.tsx';
import { SearchInput } from '../components/search-input.tsx';
import { Instant } from '../components/time.tsx';
import { useActorName } from '../components/use-actor-name.ts';
import { useAddress } from '../components/use-address.ts';

export function AuditPage() {
  const { t } = useTranslation();
  const article = useArticle();
  const who = useActorName();
  const [address, change] = useAddress();
  const { pages, rows } = useEarlier<ListedAuditEntry>('audit', '/audit', address);
  const search = (name: string, label: string) => (
    <SearchInput label={t(label)} value={address[name]} onSearch={(typed) => change({ [name]: typed })} width={240} />
  );
  return (
    <Page title={t('审计日志')}>
      <Card size="small">
        <Space wrap className="filters">
          {search('caseNo', '登记编号或文书号')}
          {search('actor', '办理人账号')}
          {address['caseId'] && (
            <Tag closable={{ 'aria-label': t('列出全部事项') }} onClose={() => change({ caseId: undefined })}>
              {t('只列一个事项的记录')}
            </Tag>
          )}
        </Space>
        <ListTable<ListedAuditEntry>
          query={pages}
          rows={rows}
          empty={t('没有记录')}
          rowKey="id"
          expandable={{
            columnTitle: t('内容'),
            expandedRowRender: ({ before, after, caseId }) => (
              <ChangeWords before={before} after={after} caseType={parseCaseId(caseId)?.type} />
            ),
          }}
          columns={[
            { title: t('时间'), width: 150, render: (_, { at }) => <Instant at={at} /> },
            {
              title: t('办理人'),
              render: (_, entry) => who(entry),
            },
            { title: t('操作'), dataIndex: 'title', render: (title: string) => t(title) },
            { title: t('环节'), render: (_, entry) => <StageChange entry={entry} /> },
            { title: t('依据'), dataIndex: 'article', render: article },
            { title: t('事项'), render: (_, entry) => <CaseReference {...entry} /> },
          ]}
        />
        <MoreButton pages={pages} label="更早的记录" />
      </Card>
    </Page>
  );
}

const stageOf = (value: unknown): string | undefined => {
  const stage = typeof value === 'object' && value !== null && 'stage' in value ? value.stage : undefined;
  return typeof stage === 'string' ? stage : undefined;
};

/** The stages before and after; a reminder does not change the stage. */
function StageChange({ entry: { caseId, before, after } }: { entry: ListedAuditEntry }) {
  const { t } = useTranslation();
  const type = parseCaseId(caseId)?.type;
  const [from, to] = [stageOf(before), stageOf(after)];
  if (!type || !to || from === to) return null;
  const titleOf = (stage: string) => t(STAGES[type][stage] ?? stage);
  return from ? `${titleOf(from)} → ${titleOf(to)}` : titleOf(to);
}
