/** What went wrong, in the server's words: cause, remedy, article. */
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../api/client.ts';
import { useArticle } from './article.tsx';
import { useProblemWords } from './problem-words.ts';

interface Props {
  error: Error;
  onRetry?: () => void;
}

const TOO_MANY = 429;

/** Repeating helps if the server or the connection failed; a refusal stays a refusal. */
const mayPass = (status: number) => status === 0 || status >= 500 || status === TOO_MANY;

export function ProblemAlert({ error, onRetry }: Props) {
  const { t } = useTranslation();
  const article = useArticle();
  const wordsOf = useProblemWords();
  const problem = error instanceof ProblemError ? error.problem : undefined;
  const said = problem && wordsOf(problem);
  return (
    <Alert
      type="error"
      showIcon
      style={{ marginBottom: 16 }}
      title={said?.title ?? t('页面出错，请刷新后重试')}
      description={
        problem && (
          <>
            {said?.detail && <div lang="zh-CN">{said.detail}</div>}
            {said?.remedy && <div>{said.remedy}</div>}
            {problem.article && <div>{t('依据：{{article}}', { article: article(problem.article) })}</div>}
            {problem.status >= 500 && problem.instance && <div>{t('请求编号：{{id}}', { id: problem.instance })}</div>}
          </>
        )
      }
      action={onRetry && mayPass(problem?.status ?? 0) && <Button onClick={onRetry}>{t('重试')}</Button>}
    />
  );
}
