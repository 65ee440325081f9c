/** Something the person at the keyboard can put right: the message says what happened, the remedies say what to do. */
export class SetupError extends Error {
  readonly remedies: readonly string[];

  constructor(message: string, remedies: readonly string[] = [], cause?: unknown) {
    super(message, { cause });
    this.name = 'SetupError';
    this.remedies = remedies;
  }
}

/** One message for a person: no stack for what they can put right, a stack for what only we can. */
export function describeFailure(error: unknown): string {
  if (error instanceof SetupError)
    return [error.message, ...error.remedies.map((remedy) => `  · ${remedy}`)].join('\n');
  if (error instanceof Error && error.name === 'Refusal') return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
