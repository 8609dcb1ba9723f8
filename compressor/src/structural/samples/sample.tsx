import React, { useState } from 'react';

// The panel is shown to those
// who are signed in.
export function Panel<T,>({ title, items = [] }: Props<T>): JSX.Element {
  const [open, setOpen] = useState<boolean>(false)
  /* toggles */
  const toggle = () => setOpen((value) => !value)

  return (
    <section
      className="panel"
      data-open={open} // for tests
      onClick={() => {
        toggle()
      }}
    >
      {/* the title */}
      <h1>{title}: {items.length} items,   spaced</h1>
      {open
        ? items.map((item, index) => (
            <Item key={index} {...item} style={{ width: 1 }} />
          ))
        : <>
            Nothing   here &nbsp; <b>yet</b>
            {' '}
          </>}
    </section>
  );
}
