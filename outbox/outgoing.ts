/** Shared by e-mail, webhooks and robots. */

/** Why a message did not arrive, in Chinese. Permanent: further tries are useless. */
export class DeliveryFailure extends Error {
  readonly permanent: boolean;

  constructor(message: string, permanent = false) {
    super(message);
    this.name = 'DeliveryFailure';
    this.permanent = permanent;
  }
}

/** A request to be posted. */
export interface Outgoing {
  url: URL;
  body: string;
  headers: Record<string, string>;
}
