import React, { useState } from 'react'

/** A list that can be filtered. */
export default function List({ items, title = 'All', ...rest }) {
  const [query, setQuery] = useState('')
  // Only what is looked for.
  const shown = items.filter(item => item.name.includes(query))
  if (!shown.length)
    return null

  return (
    <>
      <h1 className="title" {...rest}>{title} ({shown.length})</h1>
      <input value={query} onChange={event => {
        setQuery(event.target.value)
      }} disabled />
      {/* the items */}
      <ul>
        {shown.map(item =>
          <li key={item.id}>
            Hello,   {item.name}!{' '}
            &nbsp;<Icon.Small name='x' />
          </li>
        )}
      </ul>
      {query ? <b>some</b> : (
        <i>none</i>
      )}
    </>
  )
}

List.Empty = () => <p
  // nothing here
  hidden
>
  text // not a comment
</p>
