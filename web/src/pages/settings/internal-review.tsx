/** 内部审核: the department's lead asks that a second person reviews what the department hands over (第十九条第一款). */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Space, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, submit } from '../../api/client.ts';
import { useArticle } from '../../components/article.tsx';
import { Loaded } from '../../components/page.tsx';
import { FormDialog, REASON } from '../../forms/form-dialog.tsx';
import { useSession } from '../../session/session.ts';

const PATH = '/department-settings';
const KEY = ['department-settings'];

export function InternalReview() {
  const { t } = useTranslation();
  const article = useArticle();
  const queries = useQueryClient();
  const { role } = useSession();
  const [isAsking, setAsking] = useState(false);
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => get<{ internalReview: boolean }>(PATH, {}, signal),
  });
  return (
    <Loaded query={query}>
      {({ internalReview }) => {
        const title = t(internalReview ? '不再要求内部审核' : '要求内部审核');
        return (
          <Space orientation="vertical">
            <Typography.Text>
              {t(
                internalReview
                  ? '本部门归集的信息和变动，须由提交人以外的本部门人员审核同意后才归集'
                  : '本部门归集的信息和变动，提交后即归集',
              )}
            </Typography.Text>
            <Typography.Text type="secondary">
              {article('第十九条第一款')} · {t('归集以审核同意之时为准，7个工作日的期限在审核期间继续计算')}
            </Typography.Text>
            {role === 'department-lead' && <Button onClick={() => setAsking(true)}>{title}</Button>}
            {isAsking && (
              <FormDialog
                title={title}
                fields={[REASON]}
                onSubmit={async ({ reason }) => {
                  await submit('PUT', PATH, { internalReview: !internalReview, reason });
                  await queries.invalidateQueries({ queryKey: KEY });
                }}
                onClose={() => setAsking(false)}
              />
            )}
          </Space>
        );
      }}
    </Loaded>
  );
}
