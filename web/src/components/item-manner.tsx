/** How an item of the catalogue is dealt with, by whom, and what in the scope calls for less. */
import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { ITEM_MODES, QUALIFIER_EFFECTS, type ItemMode } from '../../../domain/scope/item-modes.ts';
import type { HitQualifier } from '../../../domain/scope/qualifiers.ts';
import { useArticle } from './article.tsx';

const APPROVING_LEVELS = { province: '省级', prefecture: '市级', county: '县级' } as const;

interface Manner {
  mode?: ItemMode | undefined;
  approvingLevel?: keyof typeof APPROVING_LEVELS | undefined;
  qualifier?: HitQualifier | undefined;
}

/** 备案（市级）, or what the law says instead. */
export function ItemManner({ mode, approvingLevel, qualifier }: Manner) {
  const { t } = useTranslation();
  return (
    <>
      {mode && t(ITEM_MODES[mode])}
      {mode && approvingLevel && t('（{{level}}）', { level: t(APPROVING_LEVELS[approvingLevel]) })}
      {qualifier && <QualifierNote {...qualifier} />}
    </>
  );
}

function QualifierNote({ phrase, effect, law, article }: HitQualifier) {
  const { t } = useTranslation();
  const inLanguage = useArticle();
  const why = { phrase, effect: t(QUALIFIER_EFFECTS[effect]), basis: `${law} ${inLanguage(article)}` };
  return (
    <Typography.Text type="secondary" className="small">
      {' '}
      {t('“{{phrase}}”{{effect}}（{{basis}}）', why)}
    </Typography.Text>
  );
}
