/** Stands in for node:child_process: what a process of its own does, no mutant of ours can change. */
declare global {
  var startsProcess: boolean | undefined;
}

function refuse(): never {
  globalThis.startsProcess = true;
  throw new Error('starts a process');
}

export { refuse as execFile, refuse as execFileSync, refuse as spawn, refuse as spawnSync };
