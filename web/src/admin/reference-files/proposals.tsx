/** 提案: listed, read with all that they change, and decided on by somebody else. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Modal, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NOUNS } from '../../../../domain/reference-data/nouns.ts';
import { PROPOSAL_STATES, type ProposalDecision } from '../../../../domain/reference-data/proposal.ts';
import { get, post } from '../../api/client.ts';
import { useEarlier } from '../../api/use-earlier.ts';
import { BarrableButton } from '../../components/barrable-button.tsx';
import { ListTable } from '../../components/list-table.tsx';
import { MoreButton } from '../../components/more-button.tsx';
import { Loaded } from '../../components/page.tsx';
import { Section } from '../../components/section.tsx';
import { TableLinks } from '../../components/table-links.tsx';
import { Instant } from '../../components/time.tsx';
import { FormDialog } from '../../forms/form-dialog.tsx';
import type { Field } from '../../forms/schema-fields.ts';
import { useSession } from '../../session/session.ts';
import { useProvinceBarred } from '../use-barred.ts';
import type { Proposal, ProposalDetail } from './answers.ts';
import { ShownDifference } from './shown-difference.tsx';

const TITLES: Record<ProposalDecision, string> = { approve: '同意提案', refuse: '不予同意' };
const WHY: Field = { name: 'reason', label: '理由', required: true, control: 'paragraph', most: 500 };

export function Proposals() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<number>();
  const { pages, rows } = useEarlier<Proposal>('proposals', '/admin/proposals');
  return (
    <Section title={t('提案')}>
      <ListTable<Proposal>
        query={pages}
        rows={rows}
        empty={t('没有提案')}
        rowKey="id"
        columns={[
          { title: t('编号'), dataIndex: 'id', width: 80 },
          {
            title: t('内容'),
            render: (_, { noun, version }) => (
              <>
                {t(NOUNS[noun].title)} {version && <Tag>{t('版本：{{version}}', { version })}</Tag>}
              </>
            ),
          },
          {
            title: t('变更'),
            render: (_, { counts }) => t('新增{{added}}项，变更{{changed}}项，撤销{{retired}}项', { ...counts }),
          },
          { title: t('依据'), dataIndex: 'reason', className: 'prewrap' },
          {
            title: t('提案人'),
            render: (_, { proposedBy, proposedAt }) => (
              <>
                {proposedBy} <Instant at={proposedAt} />
              </>
            ),
          },
          {
            title: t('状态'),
            render: (_, { state, decidedBy, decisionReason }) => (
              <>
                {t(PROPOSAL_STATES[state])} {decidedBy}
                {decisionReason && <div className="small">{decisionReason}</div>}
              </>
            ),
          },
          {
            title: t('操作'),
            render: (_, { id }) => (
              <Button size="small" onClick={() => setOpened(id)}>
                {t('查看提案{{id}}', { id })}
              </Button>
            ),
          },
        ]}
      />
      <MoreButton pages={pages} />
      {opened !== undefined && <Detail id={opened} onClose={() => setOpened(undefined)} />}
    </Section>
  );
}

function Detail({ id, onClose }: { id: number; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [decision, setDecision] = useState<ProposalDecision>();
  const query = useQuery({
    queryKey: ['proposals', 'one', id],
    queryFn: ({ signal }) => get<ProposalDetail>(`/admin/proposals/${id}`, {}, signal),
  });
  async function decide(reason: unknown) {
    try {
      await post(`/admin/proposals/${id}/decision`, { decision, reason });
    } finally {
      // Also where it was refused: then somebody else was quicker.
      await queries.invalidateQueries({ queryKey: ['proposals'] });
    }
    // Names and lists of the other pages come from what is in force.
    for (const key of ['departments', 'regions', 'sectors', 'catalogue', 'changes']) {
      await queries.invalidateQueries({ queryKey: [key] });
    }
    onClose();
  }
  return (
    <Modal open width={960} title={t('提案{{id}}', { id })} footer={null} onCancel={onClose}>
      <Loaded query={query}>
        {(proposal) => (
          <>
            <p className="prewrap">{proposal.reason}</p>
            <ShownDifference of={proposal} />
            <Space wrap className="after-table">
              <TableLinks path={`/admin/proposals/${id}/difference`} of={t('全部差异')} />
              {proposal.state === 'proposed' && <Decisions of={proposal} onChoose={setDecision} />}
            </Space>
          </>
        )}
      </Loaded>
      {decision && (
        <FormDialog
          title={t(TITLES[decision])}
          hint={decision === 'approve' ? t('即时生效，不溯及既往') : undefined}
          fields={[WHY]}
          onSubmit={({ reason }) => decide(reason)}
          onClose={() => setDecision(undefined)}
        />
      )}
    </Modal>
  );
}

function Decisions({ of: { proposedBy }, onChoose }: { of: Proposal; onChoose: (decision: ProposalDecision) => void }) {
  const { t } = useTranslation();
  const { username } = useSession();
  const barred = useProvinceBarred();
  const why = barred ?? (proposedBy === username ? t('本人的提案须由另一名省级平台管理员决定') : undefined);
  return (
    <>
      <BarrableButton type="primary" title={t(TITLES.approve)} why={why} onClick={() => onChoose('approve')} />
      <BarrableButton title={t(TITLES.refuse)} why={why} onClick={() => onChoose('refuse')} />
    </>
  );
}
