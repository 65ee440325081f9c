/** The button of one command of one case. A barred command is shown with its reason and article. */
import { DownOutlined } from '@ant-design/icons';
import { Button, Dropdown, type ButtonProps } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ActionView, CaseView } from '../../../../api/cases/view.ts';
import { useArticle } from '../../components/article.tsx';
import { BarrableButton } from '../../components/barrable-button.tsx';
import type { Values } from '../../forms/schema-form.tsx';
import { whyBarred } from './barred.ts';
import { commandForm, type CommandForm } from './commands.ts';
import { useCommand } from './use-command.ts';

export interface CommandRequest {
  case: CaseView;
  action: ActionView;
  form: CommandForm;
  initial?: Values;
}

interface Props {
  case: CaseView;
  action: ActionView;
  /** Opens the dialog for what the command needs. */
  onAsk: (request: CommandRequest) => void;
  /** Called when the button is pressed. */
  onBegin?: () => void;
  type?: ButtonProps['type'];
  size?: ButtonProps['size'];
}

export function CommandButton({ case: about, action, onAsk, onBegin, ...look }: Props) {
  const { t } = useTranslation();
  const article = useArticle();
  const { busy, attempt } = useCommand();
  const form = commandForm(about.caseType, action.action);
  const title = t(action.title);
  const deed = (body: unknown) => ({ case: about, action: action.action, title: action.title, body });
  const begin = (body: unknown) => {
    onBegin?.();
    void attempt(deed(body));
  };
  const ask = (initial?: Values) => {
    onBegin?.();
    onAsk({ case: about, action, form, initial });
  };
  if (form.quick && action.allowed) {
    return <QuickChoice {...look} title={title} busy={busy} quick={form.quick} onChoose={begin} onAsk={ask} />;
  }
  const why = action.allowed ? undefined : `${whyBarred(action, t)}（${article(action.article)}）`;
  return (
    <BarrableButton
      {...look}
      title={title}
      why={why}
      loading={busy}
      onClick={() => (form.atOnce ? begin({}) : ask())}
    />
  );
}

interface QuickProps {
  title: string;
  busy: boolean;
  quick: NonNullable<CommandForm['quick']>;
  onChoose: (values: Values) => void;
  onAsk: (initial?: Values) => void;
}

const FULL_FORM = '';

/** Each choice is an answer, given with the button itself. There is no default: officials must state facts themselves. */
function QuickChoice({ title, busy, quick, onChoose, onAsk, ...look }: QuickProps & Pick<Props, 'type' | 'size'>) {
  const { t } = useTranslation();
  const { field, labels, fuller } = quick;
  const items = Object.entries(labels).map(([value, label]) => ({
    key: value,
    label: fuller.includes(value) ? `${t(label)}…` : t(label),
  }));
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [...items, { type: 'divider' as const }, { key: FULL_FORM, label: t('填写说明…') }],
        onClick({ key }) {
          if (key === FULL_FORM) onAsk();
          else if (fuller.includes(key)) onAsk({ [field]: key });
          else onChoose({ [field]: key });
        },
      }}
    >
      <Button {...look} loading={busy} icon={<DownOutlined />} iconPlacement="end">
        {title}
      </Button>
    </Dropdown>
  );
}
