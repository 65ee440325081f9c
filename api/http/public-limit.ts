/** How often one address may use what is open to all: as a person does, not a program. */

/** What is sent in, and what a receipt's number tells. */
export const PUBLIC_LIMIT = { max: 20, timeWindow: '1 minute' };

/** What is published: searched letter by letter, by officials, too, whose whole office may have one address. */
export const PUBLIC_READ_LIMIT = { max: 300, timeWindow: '1 minute' };
