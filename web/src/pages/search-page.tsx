/** What a name, a credit code or a number finds. */
import { Card, Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { isSearchable } from '../../../domain/worklist/search-text.ts';
import { useEnterprises } from '../api/enterprises.ts';
import { FoundCases } from '../cases/list/found-cases.tsx';
import { FirstOnly } from '../components/first-only.tsx';
import { CancelledTag } from '../components/cancelled-tag.tsx';
import { Loaded, Page } from '../components/page.tsx';
import { useAddress } from '../components/use-address.ts';

const MOST = 50;

export function SearchPage() {
  const { t } = useTranslation();
  const [{ q = '' }] = useAddress();
  const enterprises = useEnterprises(q, MOST);
  return (
    <Page title={t('查找“{{q}}”', { q })}>
      {isSearchable(q) && (
        <Card size="small" title={<h2 className="section-title">{t('企业')}</h2>} className="public-section">
          <Loaded query={enterprises}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty description={t('没有找到，请核对名称或信用代码')} />
              ) : (
                <>
                  <ul className="plain-list">
                    {items.map(({ uscc, name, cancelledOn }) => (
                      <li key={uscc}>
                        <Link to={`/enterprises/${uscc}`}>{name}</Link> <span className="case-no numbers">{uscc}</span>{' '}
                        <CancelledTag on={cancelledOn} />
                      </li>
                    ))}
                  </ul>
                  <FirstOnly shown={items.length} most={MOST} />
                </>
              )
            }
          </Loaded>
        </Card>
      )}
      <Card size="small" title={<h2 className="section-title">{t('事项')}</h2>}>
        <FoundCases query={{ q }} />
      </Card>
    </Page>
  );
}
