/** Who reported: for those who handle and oversee the report. A government decides on departments and needs no reporter (第十九条). */
import type { Actor } from '../../domain/organs/actor.ts';

interface Reporter {
  reporterName: string | null;
  contact: string | null;
}

export const reporterFor = ({ role }: Actor, { reporterName, contact }: Reporter): Reporter =>
  role === 'government' ? { reporterName: null, contact: null } : { reporterName, contact };
