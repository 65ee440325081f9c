/** 企业查询: by name or credit code. */
import { Card, Empty, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { REGISTRATION_KINDS } from '../../../domain/registration/words.ts';
import { isSearchable } from '../../../domain/worklist/search-text.ts';
import { useEnterprises, type Enterprise } from '../api/enterprises.ts';
import { FirstOnly } from '../components/first-only.tsx';
import { CancelledTag } from '../components/cancelled-tag.tsx';
import { Loaded, Page } from '../components/page.tsx';
import { SearchInput } from '../components/search-input.tsx';
import { useAddress } from '../components/use-address.ts';

const MOST = 50;

export function HomePage() {
  const { t } = useTranslation();
  const [{ q = '' }, change] = useAddress();
  const found = useEnterprises(q, MOST);
  return (
    <Page title={t('企业查询')}>
      <Card>
        <SearchInput
          size="large"
          label={t('企业名称或统一社会信用代码')}
          enterButton={t('查询')}
          value={q}
          onSearch={(typed) => change({ q: typed })}
        />
        <Typography.Paragraph type="secondary" className="after-table">
          {t('至少输入两个字。可查看各部门依法公示的行政许可、行政处罚、抽查结果和名录信息')}
        </Typography.Paragraph>
      </Card>
      <section aria-live="polite" aria-label={t('查询结果')} className="results">
        {isSearchable(q) && (
          <Loaded query={found}>
            {({ items }) =>
              items.length === 0 ? (
                <Card>
                  <Empty description={t('没有找到，请核对名称或信用代码')} />
                </Card>
              ) : (
                <>
                  <Results items={items} />
                  <FirstOnly shown={items.length} most={MOST} />
                </>
              )
            }
          </Loaded>
        )}
      </section>
    </Page>
  );
}

function Results({ items }: { items: Enterprise[] }) {
  const { t } = useTranslation();
  return (
    <ul className="plain-list">
      {items.map(({ uscc, name, kind, cancelledOn, formerName }) => (
        <li key={uscc}>
          <Card size="small">
            <Link to={`/public/enterprises/${uscc}`} className="case-name">
              {name}
            </Link>{' '}
            <CancelledTag on={cancelledOn} />
            {formerName !== null && <div className="case-no">{t('曾用名：{{name}}', { name: formerName })}</div>}
            <div className="case-no">
              <span className="numbers">{uscc}</span> · {t(REGISTRATION_KINDS[kind])}
            </div>
          </Card>
        </li>
      ))}
    </ul>
  );
}
