/** Exit codes. Stable: docs/exit-codes.md. */
export const EXIT = { ok: 0, blocked: 1, failed: 2 } as const;
