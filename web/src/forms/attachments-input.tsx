/** Written materials: each file is sent when it is chosen, its number goes with the form. */
import { UploadOutlined } from '@ant-design/icons';
import { App, Button, Upload, type UploadFile } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError, upload } from '../api/client.ts';

interface Props {
  id?: string;
  onChange?: (ids: string[]) => void;
}

const MOST = 10;

export function AttachmentsInput({ id, onChange }: Props) {
  const { t } = useTranslation();
  const { notification } = App.useApp();
  const [files, setFiles] = useState<UploadFile<{ id: string }>[]>([]);
  return (
    <Upload<{ id: string }>
      id={id}
      multiple
      maxCount={MOST}
      fileList={files}
      customRequest={({ file, onSuccess, onError }) => {
        upload<{ id: string }>('/attachments', file as File).then(
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
        onChange?.(fileList.flatMap(({ response }) => (response ? [response.id] : [])));
      }}
    >
      <Button icon={<UploadOutlined />}>{t('选择文件（PDF、图片或文档，每个不超过10MB）')}</Button>
    </Upload>
  );
}
