import { type PartLabels, type Problem, reasonIn } from "../api/problem.ts";
import { AlertIcon } from "./icons.tsx";

/** What went wrong, what to do about it, and below what an operator would want to know. */
export function ProblemNote({ problem, labels = {} }: { problem: Problem; labels?: PartLabels }) {
  const reason = reasonIn(problem.message, labels);
  return (
    <div class="note bad" role="alert">
      <AlertIcon />
      <div>
        <h3>{problem.title}</h3>
        {reason ? <p class="reason">{reason}.</p> : null}
        <p>{problem.advice}</p>
        {problem.code ? (
          <p class="fine">
            <code>{problem.code}</code> {problem.requestId ? <>request {problem.requestId}</> : null}
          </p>
        ) : null}
      </div>
    </div>
  );
}
