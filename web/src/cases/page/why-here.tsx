/** 为何推送: the clause, its keyword, the item with its law, and how the department was found. */
import { Descriptions, Table, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../../api/cases/detail.ts';
import {
  ENTERPRISE_STANDINGS,
  REGISTRATION_EVENTS,
  REGISTRATION_KINDS,
  type RegistrationEvent,
} from '../../../../domain/registration/words.ts';
import { useArticle } from '../../components/article.tsx';
import { ItemManner } from '../../components/item-manner.tsx';
import { Section } from '../../components/section.tsx';
import { LateTag, RegistrationDetails } from './registration-details.tsx';
import { OccasionItems } from './occasion.tsx';
import { ScopeText } from './scope-text.tsx';

const SECTIONS = { licensed: '许可项目', general: '一般项目' } as const;

export function WhyHere({ about }: { about: CaseDetail }) {
  const { t } = useTranslation();
  const article = useArticle();
  const { registration, hits } = about;
  if (!registration) return null;
  return (
    <Section title={t('为何推送')}>
      <Descriptions
        size="small"
        // Two columns: in three, labels and single words broke into lines.
        column={{ xs: 1, md: 2 }}
        items={[
          { key: 'event', label: t('登记事项'), children: t(REGISTRATION_EVENTS[registration.event]) },
          {
            key: 'kind',
            label: t('主体类型'),
            children: about.enterprise.kind && t(REGISTRATION_KINDS[about.enterprise.kind]),
          },
          {
            key: 'on',
            label: t('登记日期'),
            children: (
              <>
                <span className="numbers">{registration.registeredOn}</span> <LateTag late={registration.late} />
              </>
            ),
          },
          { key: 'standing', label: t('现在的状态'), children: t(ENTERPRISE_STANDINGS[registration.standing]) },
          { key: 'task', label: t('部门应办'), span: 'filled', children: t(registration.task) },
          ...(registration.rule
            ? [
                {
                  key: 'rule',
                  span: 'filled' as const,
                  label: t('登记的依据（后来的规定）'),
                  children: <EventRule rule={registration.rule} />,
                },
              ]
            : []),
        ]}
      />
      {about.supervising.length > 0 && (
        <Typography.Paragraph>
          {t('所在地监管部门：{{names}}。接收登记信息和办理结果，不必认领、反馈（第七条第二款）', {
            names: about.supervising.map(({ name }) => name).join('、'),
          })}
        </Typography.Paragraph>
      )}
      <RegistrationDetails registration={registration} />
      <OccasionItems facts={about.facts} />
      <Typography.Text type="secondary">{t('经营范围')}</Typography.Text>
      {registration.scope ? (
        <ScopeText scope={registration.scope} hits={hits} />
      ) : (
        <p className="scope">{t('（未填经营范围）')}</p>
      )}
      {hits.length > 0 ? (
        <Table
          size="small"
          pagination={false}
          rowKey={({ itemId, start }) => `${itemId} ${start}`}
          dataSource={hits}
          columns={[
            {
              title: t('命中的关键词'),
              width: '32%',
              render: (_, { keyword, section }) => (
                <>
                  <mark className="keyword">{keyword}</mark>
                  {section && t(SECTIONS[section])}
                </>
              ),
            },
            { title: t('后置审批事项'), dataIndex: 'itemName', width: '34%' },
            { title: t('办理方式'), render: (_, hit) => <ItemManner {...hit} /> },
            { title: t('依据'), render: (_, hit) => `${hit.law} ${article(hit.article)}` },
          ]}
        />
      ) : (
        <Unnamed about={about} event={registration.event} />
      )}
      {hits[0] && (
        <Typography.Paragraph type="secondary" className="small after-table">
          {t('目录版本：{{version}}', { version: hits[0].catalogueVersion })}
        </Typography.Paragraph>
      )}
      {hits.some(({ tried }) => tried.length > 0) && (
        <Typography.Text type="secondary">{t('同级没有该部门，已逐级上溯到上级部门')}</Typography.Text>
      )}
    </Section>
  );
}

type Rule = NonNullable<NonNullable<CaseDetail['registration']>['rule']>;

function EventRule({ rule: { source, article, from } }: { rule: Rule }) {
  const { t } = useTranslation();
  return t('{{source}}{{article}}，{{from}}起施行', { source, article, from });
}

/** Why a case is here although its scope names no item. */
function Unnamed({ about: { caseType, facts }, event }: { about: CaseDetail; event: RegistrationEvent }) {
  const { t } = useTranslation();
  if (caseType === 'poolEntry') {
    const why = t('经营范围没有指明审批部门，公示供各部门认领（第七条第二款）');
    return <Typography.Paragraph>{why}</Typography.Paragraph>;
  }
  if (facts['claimedFromPool'] === true) {
    return <Typography.Paragraph>{t('由本部门从公示的登记信息中认领（第七条第二款）')}</Typography.Paragraph>;
  }
  if (caseType !== 'registrationPush' || event === 'establish') return null;
  const why = t('此前的登记信息推送过本部门，故将登记的变化一并告知（第七条第一款、第二款）');
  return <Typography.Paragraph>{why}</Typography.Paragraph>;
}
