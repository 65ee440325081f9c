/** The name of whoever did something, from an entry of the audit log. */
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../../api/cases/detail.ts';
import { ROLES } from '../../../domain/organs/roles.ts';

export function useActorName(): (entry: Pick<AuditEntry, 'actor' | 'actorRole'>) => string {
  const { t } = useTranslation();
  return ({ actor, actorRole }) => {
    if (actorRole === 'public') return t('公众');
    if (actorRole === 'system') return t('系统');
    return `${t(ROLES[actorRole])} ${actor}`;
  };
}
