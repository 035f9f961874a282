import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { UploadIcon } from "./icons.tsx";

interface Props {
  /** What goes here, as the name of the file field. */
  label: string;
  hint?: string;
  accept: string;
  multiple?: boolean;
  onFiles: (files: File[]) => void;
  /** Further ways to fill it: buttons. */
  actions?: ComponentChildren;
  /** What it shows once it is filled; then dropping replaces it. */
  children?: ComponentChildren;
}

/** A field for files: dropped, chosen, or taken by one of the actions. */
export function Drop({ label, hint, accept, multiple = false, onFiles, actions, children }: Props) {
  const [over, setOver] = useState(false);
  const take = (list: FileList | null | undefined) => {
    const files = [...(list ?? [])];
    if (files.length > 0) onFiles(multiple ? files : files.slice(0, 1));
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer?.files);
  };
  const drag = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  const chosen = (event: { currentTarget: HTMLInputElement }) => {
    take(event.currentTarget.files);
    event.currentTarget.value = ""; // so that the same file can be chosen again
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way of three; the field and the buttons are the others
    <div
      class={`drop ${children ? "filled" : "empty"} ${over ? "over" : ""}`}
      onDrop={drop}
      onDragOver={drag}
      onDragLeave={() => setOver(false)}
    >
      {children}
      <div class="drop-bar">
        <label class="drop-field">
          <input type="file" class="unseen" accept={accept} multiple={multiple} onChange={chosen} />
          {children ? null : (
            <span class="drop-sign">
              <UploadIcon />
            </span>
          )}
          <span class="drop-label">
            {children && !multiple ? <span class="unseen">{label}: </span> : null}
            {children && !multiple ? "Replace" : label}
          </span>
          {hint && !children ? <span class="drop-hint">{hint}</span> : null}
        </label>
        {actions ? <div class="drop-actions">{actions}</div> : null}
      </div>
    </div>
  );
}
