/** Reads a JSON file in the browser; what it must hold is the server's to judge. */
import { UploadOutlined } from '@ant-design/icons';
import { App, Button, Upload, type ButtonProps } from 'antd';
import { useTranslation } from 'react-i18next';

interface Props extends Pick<ButtonProps, 'disabled'> {
  title: string;
  onRead: (content: unknown) => void;
}

export function JsonFileButton({ title, disabled, onRead }: Props) {
  const { t } = useTranslation();
  const { notification } = App.useApp();
  async function read(file: File) {
    try {
      onRead(JSON.parse(await file.text()));
    } catch {
      notification.error({ title: t('文件不是合法的 JSON'), description: t('请检查引号、逗号和括号') });
    }
  }
  return (
    <Upload
      accept=".json"
      showUploadList={false}
      disabled={disabled}
      beforeUpload={(file) => {
        void read(file);
        return false;
      }}
    >
      <Button icon={<UploadOutlined />} disabled={disabled}>
        {title}
      </Button>
    </Upload>
  );
}
