/** Dialogs with their forms and schemas: a third of the bundle, so fetched when the first one opens. */
import { lazy, Suspense, type ComponentProps } from 'react';
import type { CommandRequest } from './command-button.tsx';

const Command = lazy(async () => ({ default: (await import('./command-dialog.tsx')).CommandDialog }));
const Batch = lazy(async () => ({ default: (await import('./batch-dialog.tsx')).BatchDialog }));

interface Props {
  request: CommandRequest | undefined;
  onClose: () => void;
}

export function CommandDialog({ request, onClose }: Props) {
  if (!request) return null;
  return (
    <Suspense fallback={null}>
      <Command request={request} onClose={onClose} />
    </Suspense>
  );
}

export function BatchDialog(props: ComponentProps<typeof Batch>) {
  return (
    <Suspense fallback={null}>
      <Batch {...props} />
    </Suspense>
  );
}
