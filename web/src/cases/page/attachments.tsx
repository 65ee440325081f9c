import { PaperClipOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { get } from '../../api/client.ts';
import { Loaded } from '../../components/page.tsx';
import { Section } from '../../components/section.tsx';

interface Attachment {
  id: string;
  filename: string;
  size: number;
  sha256: string;
}

const KILO = 1024;

const sizeOf = (bytes: number) =>
  bytes < KILO * KILO ? `${Math.ceil(bytes / KILO)} KB` : `${(bytes / KILO / KILO).toFixed(1)} MB`;

/** Always downloads, never shown by the browser: the files may come from strangers. */
export function Attachments({ caseId }: { caseId: string }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['case', caseId, 'attachments'],
    queryFn: ({ signal }) => get<{ items: Attachment[] }>('/attachments', { caseId }, signal),
  });
  if (query.data ? query.data.items.length === 0 : !query.error) return null;
  return (
    <Section title={t('附件')}>
      <Loaded query={query}>{({ items }) => <Files items={items} />}</Loaded>
    </Section>
  );
}

function Files({ items }: { items: Attachment[] }) {
  return (
    <ul className="plain-list">
      {items.map(({ id, filename, size, sha256 }) => (
        <li key={id}>
          <PaperClipOutlined />{' '}
          <a href={`/api/v1/attachments/${id}`} download>
            {filename}
          </a>{' '}
          <Typography.Text type="secondary" className="small" title={`SHA-256 ${sha256}`}>
            {sizeOf(size)}
          </Typography.Text>
        </li>
      ))}
    </ul>
  );
}
