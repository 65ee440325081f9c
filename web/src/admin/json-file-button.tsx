/** Reads a JSON file in the browser; the server judges its content. */
import { UploadOutlined } from '@ant-design/icons';
import { App, Button, Upload } from 'antd';
import { useTranslation } from 'react-i18next';

import { BarrableButton } from '../components/barrable-button.tsx';

interface Props {
  title: string;
  /** Why the button is barred; undefined if it is not. */
  why: string | undefined;
  onRead: (content: unknown) => void;
}

export function JsonFileButton({ title, why, onRead }: Props) {
  const { t } = useTranslation();
  const { notification } = App.useApp();
  async function read(file: File) {
    try {
      onRead(JSON.parse(await file.text()));
    } catch {
      notification.error({ title: t('文件不是合法的 JSON'), description: t('请检查引号、逗号和括号') });
    }
  }
  if (why) return <BarrableButton title={title} why={why} icon={<UploadOutlined />} />;
  return (
    <Upload
      accept=".json"
      showUploadList={false}
      beforeUpload={(file) => {
        void read(file);
        return false;
      }}
    >
      <Button icon={<UploadOutlined />}>{title}</Button>
    </Upload>
  );
}
