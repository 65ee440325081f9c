/** Who runs lifecycles in the same run, in turns. */

export interface Contestant {
  readonly name: string;
  /** What of the lifecycle it cannot express, in Chinese, for the reader. */
  readonly lacks?: string;
  /** One whole lifecycle: opened, claimed, fed back, closed. @param n is given once. */
  lifecycle(n: number): Promise<void>;
  close(): Promise<void>;
}

export interface Round {
  lifecycles: number;
  seconds: number;
}

/** Lets so many users run one lifecycle after another until it is enough, and all of them have ended. */
export async function round(
  { lifecycle }: Pick<Contestant, 'lifecycle'>,
  users: number,
  enough: (begun: number) => boolean,
  next: () => number,
): Promise<Round> {
  const began = performance.now();
  let begun = 0;
  const user = async () => {
    while (!enough(begun)) {
      begun += 1;
      await lifecycle(next());
    }
  };
  await Promise.all(Array.from({ length: users }, user));
  return { lifecycles: begun, seconds: (performance.now() - began) / 1000 };
}
