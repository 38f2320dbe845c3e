/** How to read the line, as on any technical drawing. */
import { homeText } from '#/app/_text/en.ts'
import { Glyph } from './Glyph.tsx'

export function Legend() {
  const { title, vessel, drop, boundary } = homeText.legend
  return (
    <aside
      aria-labelledby="legend"
      className="self-end border-t border-rule pt-4 text-sm text-muted lg:max-w-[19rem] lg:justify-self-end"
    >
      <h2 id="legend" className="caps">
        {title}
      </h2>
      <ul className="mt-3 space-y-3">
        <li className="grid grid-cols-[2.5rem_1fr] items-center gap-4">
          <Glyph stage="accept-queue" className="size-10 text-ink" />
          {vessel}
        </li>
        <li className="grid grid-cols-[2.5rem_1fr] items-center gap-4">
          <Glyph stage="ip" className="size-10 text-ink" />
          {drop}
        </li>
        <li className="grid grid-cols-[2.5rem_1fr] items-center gap-4">
          <span aria-hidden="true" className="border-t border-dashed border-track" />
          {boundary}
        </li>
      </ul>
    </aside>
  )
}
