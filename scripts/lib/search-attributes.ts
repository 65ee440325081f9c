import type { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { SEARCH_ATTRIBUTES } from '../../domain/case/search-attributes.ts';
import { errorCode } from '../../runtime/errno.ts';

const { IndexedValueType } = proto.temporal.api.enums.v1;
const TYPES = {
  Keyword: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  Datetime: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
} as const;

type Registered = Record<string, proto.temporal.api.enums.v1.IndexedValueType>;

/**
 * Registers missing search attributes; can be run again at any time. A name that has another type is refused, never
 * replaced.
 */
export async function ensureSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const wanted = wantedAttributes();
  const missing: Registered = {};
  for (const [name, type] of Object.entries(wanted)) {
    const present = customAttributes?.[name];
    if (present === undefined) missing[name] = type;
    else if (present !== type)
      throw new Error(`检索属性 ${name} 已以其他类型登记（${IndexedValueType[present]}），请换一个命名空间`);
  }
  if (Object.keys(missing).length === 0) return;
  try {
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: missing });
  } catch (error) {
    // 6 = ALREADY_EXISTS: another process was first.
    if (errorCode(error) !== 6) throw error;
  }
}

/** Every attribute with its type, as the operator service takes them. */
export function wantedAttributes(): Registered {
  return Object.fromEntries(Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) => [name, TYPES[type]]));
}
