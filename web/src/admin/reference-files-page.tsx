/** 基础数据文件: a file is judged row by row, compared and proposed; another administrator of the province decides. */
import { Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { Page } from '../components/page.tsx';
import { Proposals } from './reference-files/proposals.tsx';
import { SendFile } from './reference-files/send-file.tsx';

export function ReferenceFilesPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('基础数据文件')}>
      <Space orientation="vertical" size={16} style={{ width: '100%' }}>
        <SendFile />
        <Proposals />
      </Space>
    </Page>
  );
}
