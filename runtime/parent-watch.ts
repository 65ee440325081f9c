const GRACE_MS = 10_000;

/**
 * Ends the process with its parent. worker.ts and server.ts call it first if XIETONG_SUPERVISED=1. A launcher killed with
 * -9 cannot stop its children, but the channel between them closes: the child then ends as on SIGTERM, at the latest
 * after the grace period.
 */
export function exitWithParent(): void {
  const leave = () => {
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    process.kill(process.pid, 'SIGTERM');
  };
  if (!process.connected) {
    leave();
    return;
  }
  process.once('disconnect', leave);
  // The listener would otherwise keep a finished process alive.
  process.channel?.unref();
}
