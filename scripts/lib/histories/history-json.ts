/**
 * A history as JSON and back. The SDK's own historyToJSON (1.24) fails with "type must be a Type" where npm installs
 * protobufjs more than once, as it does here; protobufjs' conversion of the same message needs one copy only.
 */
import proto from '@temporalio/proto';

const { History } = proto.temporal.api.history.v1;

export type History = proto.temporal.api.history.v1.IHistory;

export function toJson(history: History): string {
  const plain = History.toObject(History.fromObject(history), { longs: String, enums: String, bytes: String });
  return `${JSON.stringify(plain, null, 1)}\n`;
}

export function fromJson(json: string): History {
  return History.fromObject(JSON.parse(json) as Record<string, unknown>);
}
