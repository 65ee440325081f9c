/** 变更、注销 and the like from the department's view: which items are new to it, and which it no longer supervises. */
import { Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../../../api/cases/view.ts';
import type { Occasion } from '../../../../domain/registration/changes.ts';
import { EVENTS } from '../../../../domain/registration/events.ts';
import { useItemNames } from '../../api/reference.ts';

export function OccasionItems({ facts }: Pick<CaseView, 'facts'>) {
  const { t } = useTranslation();
  const itemNames = useItemNames();
  const { event, addedItemIds = [], removedItemIds = [] }: Occasion = facts;
  if (event === undefined || event === 'establish') return null;
  const { items } = EVENTS[event];
  // Nothing is added or taken away where everyone keeps what he was told of.
  if (items === 'keeps' && addedItemIds.length === 0) return null;
  const isEnd = items === 'ends' || items === 'leaves';
  const none = t('无');
  const added = { key: 'added', label: t('新增的审批事项'), children: itemNames(addedItemIds) || none };
  const removed = {
    key: 'removed',
    label: t(isEnd ? '随之终止的审批事项' : '不再涉及的审批事项'),
    children: itemNames(removedItemIds) || none,
  };
  return <Descriptions size="small" column={1} items={isEnd ? [removed] : [added, removed]} />;
}
