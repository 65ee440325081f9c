/** Asks what a claim needs. Fetched when the first one opens: forms are a third of the bundle. */
import { lazy, Suspense, type ComponentProps } from 'react';

const Form = lazy(async () => ({ default: (await import('./claim-form.tsx')).ClaimForm }));

interface Props extends Omit<ComponentProps<typeof Form>, 'name'> {
  /** The enterprise; undefined while nothing is claimed. */
  name: string | undefined;
}

export function ClaimDialog({ name, ...props }: Props) {
  if (name === undefined) return null;
  return (
    <Suspense fallback={null}>
      <Form name={name} {...props} />
    </Suspense>
  );
}
