import type { ComponentChildren } from "preact";

export type ViewName = "face" | "compare" | "search" | "liveness" | "server";

interface Props {
  name: ViewName;
  title: string;
  lead: string;
  hidden: boolean;
  children: ComponentChildren;
}

/** One of the console's views. All stay in the page, so that going to another loses nothing. */
export function View({ name, title, lead, hidden, children }: Props) {
  return (
    <section class="view" id={`view-${name}`} aria-labelledby={`title-${name}`} hidden={hidden}>
      <header class="view-head">
        <h2 id={`title-${name}`} tabIndex={-1}>
          {title}
        </h2>
        <p>{lead}</p>
      </header>
      {children}
    </section>
  );
}
