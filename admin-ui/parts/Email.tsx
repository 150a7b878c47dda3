import { Fragment } from 'react';

/** An address that breaks, where it must, after the @ or before a dot, not inside a word. */
export function Email({ of }: { of: string }) {
  const parts = of.split(/(?<=@)|(?=\.)/);
  return (
    <bdi>
      {parts.map((part, no) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one address stay in their order
        <Fragment key={no}>
          {no > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </bdi>
  );
}
