import { type Call, type Exchange, send } from "./call.ts";
import { isUnknownMethod } from "./problem.ts";

const absent = new Set<string>();

/** Sends a call to a method that not every server has: null where this one does not know it. */
export async function sendIfKnown(call: Call): Promise<Exchange | null> {
  if (absent.has(call.path)) return null;
  const exchange = await send(call);
  if (!isUnknownMethod(exchange.problem)) return exchange;
  absent.add(call.path);
  return null;
}
