/** What the ways out have in common. */

/** Why a message did not arrive, in Chinese. Permanent: trying again is no use. */
export class DeliveryFailure extends Error {
  readonly permanent: boolean;

  constructor(message: string, permanent = false) {
    super(message);
    this.name = 'DeliveryFailure';
    this.permanent = permanent;
  }
}

/** What is posted. */
export interface Outgoing {
  url: URL;
  body: string;
  headers: Record<string, string>;
}
