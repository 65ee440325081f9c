/** Uploads each file when it is chosen; the form sends the server's references. */
import { UploadOutlined } from '@ant-design/icons';
import { App, Button, Upload, type UploadFile } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError, upload } from '../api/client.ts';

interface Props<Answer, Value> {
  id?: string;
  path: string;
  /** What the form sends, from the server's answer. */
  valueOf: (answer: Answer) => Value;
  /** Null stands for a file that is not on the server (yet); the form cannot be sent with one (see schema-form.tsx). */
  onChange?: (values: (Value | null)[]) => void;
}

const MOST = 10;

export function AttachmentsInput<Answer, Value>({ id, path, valueOf, onChange }: Props<Answer, Value>) {
  const { t } = useTranslation();
  const { notification } = App.useApp();
  const [files, setFiles] = useState<UploadFile<Answer>[]>([]);
  return (
    <Upload<Answer>
      id={id}
      multiple
      maxCount={MOST}
      fileList={files}
      customRequest={({ file, onSuccess, onError }) => {
        upload<Answer>(path, file as File).then(
          (answer) => onSuccess?.(answer),
          (error: Error) => {
            if (error instanceof ProblemError) {
              notification.error({ title: error.problem.detail, description: error.problem.remedy });
            }
            onError?.(error);
          },
        );
      }}
      onChange={({ fileList }) => {
        setFiles(fileList);
        onChange?.(fileList.map(({ status, response }) => (status === 'done' && response ? valueOf(response) : null)));
      }}
    >
      <Button icon={<UploadOutlined />}>{t('选择文件')}</Button>
      <span className="small upload-hint">{t('PDF、图片或文档，每个不超过10MB，最多10个')}</span>
    </Upload>
  );
}
