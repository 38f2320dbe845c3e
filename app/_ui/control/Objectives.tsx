/** What one will be able to do, one line each. */
import { contentLang } from '#/app/_text/language.ts'

export const Objectives = ({ list, className = '' }: { list: readonly string[]; className?: string }) => (
  <ul lang={contentLang} className={`list-none space-y-1 p-0 ${className}`}>
    {list.map((objective) => (
      <li key={objective} className="grid grid-cols-[1rem_1fr] gap-2">
        <span aria-hidden="true" className="mt-[0.75em] h-px w-3 bg-track" />
        {objective}
      </li>
    ))}
  </ul>
)
