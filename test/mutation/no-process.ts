/** Stands in for node:child_process: what a process of its own does, no mutant of ours can change. */
declare global {
  var __startsProcess__: boolean | undefined;
}

function refuse(): never {
  globalThis.__startsProcess__ = true;
  throw new Error('starts a process');
}

export { refuse as execFile, refuse as execFileSync, refuse as spawn, refuse as spawnSync };
