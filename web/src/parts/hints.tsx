import type { ComponentType } from "preact";

export interface Hint {
  Icon: ComponentType;
  title: string;
  text: string;
}

/** What a view has to give, shown until it does. */
export function Hints({ hints }: { hints: Hint[] }) {
  return (
    <ul class="hints">
      {hints.map(({ Icon, title, text }) => (
        <li key={title}>
          <Icon />
          <div>
            <h3>{title}</h3>
            <p>{text}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
