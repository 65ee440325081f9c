/** A failure that the person at the keyboard can put right: the message says what happened, the remedies say what to do. */
export class SetupError extends Error {
  readonly remedies: readonly string[];

  constructor(message: string, remedies: readonly string[] = [], cause?: unknown) {
    super(message, { cause });
    this.name = 'SetupError';
    this.remedies = remedies;
  }
}
