/** 变更、延续、注销、撤销、撤回、修复 of a published record: which decision, and what it changes. */
import { Alert, Button, Form, Select, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FITTING, IDENTITY, RECORD_EVENTS, type RecordEvent } from '../../../domain/publicity/record-events.ts';
import { recordEventSchema } from '../../../domain/publicity/record-event-body.ts';
import type { RecordKind, ShownField } from '../../../domain/publicity/record-fields.ts';
import type { RecordEventView } from '../../../api/views/record.ts';
import { filled, type ProblemError } from '../api/client.ts';
import { useArticle } from '../components/article.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { recordFields } from '../forms/record-fields.ts';
import { schemaField, type Field } from '../forms/schema-fields.ts';
import { checked, SchemaForm, type Values } from '../forms/schema-form.tsx';

interface Props {
  kind: RecordKind;
  /** What is shown now: a 变更 says what is different from it. */
  shown: readonly ShownField[];
  /** The events that may be chosen; one, where it was chosen before. */
  events: readonly RecordEvent[];
  initial?: Values;
  busy: boolean;
  problem: ProblemError | undefined;
  onSubmit: (event: Values) => void;
}

const ofEvent = (name: string, more: Partial<Field> = {}) => schemaField(recordEventSchema, name, more);
const DECISION = [
  ofEvent('documentNo'),
  ofEvent('decidedOn', { control: 'day' }),
  ofEvent('authority'),
  ofEvent('reason'),
];
const TERM = [ofEvent('validFrom', { control: 'day' }), ofEvent('validUntil', { control: 'day', required: true })];
/** Fields of the record stand beside those of the decision, some under the same name. */
const PREFIX = 'changed:';

/** `changes.content` is asked as a field of the record. */
const nameOf = ([outermost, changed]: readonly string[]) =>
  outermost === 'changes' && changed !== undefined ? PREFIX + changed : outermost;

const changeable = (kind: RecordKind): Field[] =>
  recordFields(kind)
    .filter(({ name }) => !IDENTITY.has(name))
    .map((field) => ({ ...field, name: PREFIX + field.name, required: false }));

export function RecordEventForm({ kind, shown: shownNow, events, initial, busy, problem, onSubmit }: Props) {
  const { t } = useTranslation();
  const article = useArticle();
  const [form] = Form.useForm<Values>();
  const [chosen, setChosen] = useState<RecordEvent | undefined>(events[0]);
  // A change is what differs from what the form began with, whatever is published meanwhile.
  const [shown] = useState(shownNow);
  const [isUnchanged, setUnchanged] = useState(false);
  const fit = chosen && FITTING[kind][chosen];
  if (!chosen || !fit) return <Alert type="info" showIcon title={t('该信息没有可以归集的变动')} />;

  function finish(values: Values) {
    const changes = changesOf(values, shown);
    const isNothing = chosen === 'change' && Object.keys(changes).length === 0;
    setUnchanged(isNothing);
    if (isNothing) return;
    const decision = Object.fromEntries(Object.entries(values).filter(([name]) => !name.startsWith(PREFIX)));
    const body = { event: chosen, ...filled(decision), ...(chosen === 'change' && { changes }) };
    if (checked(recordEventSchema, form, body, nameOf)) onSubmit(body);
  }

  return (
    <>
      <Select
        aria-label={t('变动')}
        value={chosen}
        disabled={events.length === 1}
        onChange={setChosen}
        style={{ width: 200 }}
        className="filters"
        options={events.map((event) => ({ value: event, label: t(RECORD_EVENTS[event]) }))}
      />
      <Typography.Paragraph type="secondary">
        {article(fit.article)}
        {fit.withdrawsDecision && (
          <> · {t('自决定之日起3个工作日内撤回原处罚决定信息并公开说明理由，事由即公开的理由')}</>
        )}
      </Typography.Paragraph>
      <SchemaForm
        key={chosen}
        form={form}
        fields={[...DECISION, ...(chosen === 'renew' ? TERM : []), ...(chosen === 'change' ? changeable(kind) : [])]}
        initial={{ ...Object.fromEntries(shown.map(({ field, value }) => [PREFIX + field, value])), ...initial }}
        onFinish={finish}
        refused={problem}
        nameOf={nameOf}
      >
        {isUnchanged && <Alert type="error" showIcon title={t('没有填写变更的内容，请填写')} />}
        {problem && <ProblemAlert error={problem} />}
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('提交')}
        </Button>
      </SchemaForm>
    </>
  );
}

/** What differs from what is shown; null for a field that was emptied. */
function changesOf(values: Values, shown: readonly ShownField[]): Record<string, unknown> {
  const before = new Map(shown.map(({ field, value }) => [field, value]));
  const isBlank = (value: unknown) => value === undefined || value === null || value === '';
  const typed = Object.entries(values).flatMap(([name, value]): [string, unknown][] =>
    name.startsWith(PREFIX) ? [[name.slice(PREFIX.length), value]] : [],
  );
  return Object.fromEntries(
    typed.flatMap(([field, value]): [string, unknown][] => {
      if (isBlank(value)) return before.has(field) ? [[field, null]] : [];
      return before.get(field) === value ? [] : [[field, value]];
    }),
  );
}

/** The form's values for an event that was handed in before. */
export const valuesOfEvent = ({ changes, title: _, event, ...decision }: RecordEventView): Values => ({
  ...decision,
  ...(event === 'renew'
    ? changes
    : Object.fromEntries(Object.entries(changes).map(([field, value]) => [PREFIX + field, value ?? undefined]))),
});
