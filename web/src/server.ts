import { useCallback, useEffect, useState } from "preact/hooks";
import type { Facts, Health } from "./api/answers.ts";
import { type Exchange, send } from "./api/call.ts";
import { facts, livenessHealth, patternHealth, version } from "./api/methods.ts";

/** What is known of the server; null where it does not answer. */
export interface ServerState {
  facts: Facts | null;
  pattern: Health | null;
  liveness: Health | null;
  exchanges: Exchange[];
}

const retryMilliseconds = 2000;

const jsonOf = <T>(exchange: Exchange): T | null => (exchange.problem ? null : (exchange.answer?.json as T));

async function ask(): Promise<ServerState> {
  const [told, pattern, liveness, versions] = await Promise.all(
    [facts, patternHealth, livenessHealth, version].map(send),
  );
  if (!told || !pattern || !liveness || !versions) throw new Error("an exchange is missing");
  return {
    facts: jsonOf<Facts>(told),
    pattern: jsonOf<Health>(pattern),
    liveness: jsonOf<Health>(liveness),
    exchanges: [pattern, liveness, versions],
  };
}

/** Asks for health and facts, again until the server is ready, and whenever `refresh` is called. */
export function useServer(): { server: ServerState | null; refresh: () => void } {
  const [server, setServer] = useState<ServerState | null>(null);
  const [round, setRound] = useState(0);
  const refresh = useCallback(() => setRound((last) => last + 1), []);
  useEffect(() => {
    let timer = 0;
    let left = false;
    ask().then((answer) => {
      if (left) return;
      setServer(answer);
      if (answer.pattern?.status !== 0) timer = window.setTimeout(refresh, retryMilliseconds);
    });
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [round, refresh]);
  return { server, refresh };
}
